/** How far a file has been dealt with: up to which line, and what became of the items so far. */
export interface Mark {
  readonly line: number;
  readonly accepted: number;
  readonly refused: number;
}

export const NO_MARK: Mark = { line: 0, accepted: 0, refused: 0 };

interface Entry {
  readonly line: number;
  /** Undefined while there is no answer; null where it was accepted; else why it was refused. */
  why?: string | null;
}

/**
 * Answers come in any order; this tells up to which line everything was answered. Lines are begun in ascending order,
 * and each is settled once.
 */
export class Watermark {
  private readonly open = new Map<number, Entry>();
  private readonly order: Entry[] = [];
  private head = 0;
  private readonly onRefused: (line: number, why: string) => void;
  private reached: Mark;

  /** @param onRefused called for each refused line in the order of lines, once all lines before it are settled. */
  constructor(from: Mark, onRefused: (line: number, why: string) => void) {
    this.reached = from;
    this.onRefused = onRefused;
  }

  begin(line: number): void {
    const entry: Entry = { line };
    this.open.set(line, entry);
    this.order.push(entry);
  }

  accepted(line: number): void {
    this.settle(line, null);
  }

  refused(line: number, why: string): void {
    this.settle(line, why);
  }

  get mark(): Mark {
    return this.reached;
  }

  private settle(line: number, why: string | null): void {
    const entry = this.open.get(line);
    if (!entry) return;
    entry.why = why;
    this.open.delete(line);
    let { accepted, refused, line: reached } = this.reached;
    for (let next = this.order[this.head]; next && next.why !== undefined; next = this.order[this.head]) {
      this.head += 1;
      reached = next.line;
      if (next.why === null) accepted += 1;
      else {
        refused += 1;
        this.onRefused(next.line, next.why);
      }
    }
    this.reached = { line: reached, accepted, refused };
    // What lies behind the head is done with; dropped in pieces, so that it costs nothing.
    if (this.head > 1_000) {
      this.order.splice(0, this.head);
      this.head = 0;
    }
  }
}
