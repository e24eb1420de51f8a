/** A stretch that evidence points at: `[start, end)` in UTF-16 units. */
export interface Marked {
  readonly start: number;
  readonly end: number;
  /** What it is evidence of, in words. */
  readonly title: string;
  /** Ties it to its reason elsewhere on the page. */
  readonly id?: string;
}

export interface Piece {
  readonly text: string;
  /** The evidence over it; empty for most. */
  readonly marks: readonly Marked[];
}

/** Moves a boundary out of the middle of a surrogate pair, to its begin, and into the text. */
function whole(text: string, at: number): number {
  const inside = Math.max(0, Math.min(at, text.length));
  const unit = text.charCodeAt(inside);
  const before = text.charCodeAt(inside - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff ? inside - 1 : inside;
}

/** Cuts a text where evidence begins or ends; the pieces in order make up the text. */
export function cutAtMarks(text: string, marks: readonly Marked[]): readonly Piece[] {
  const inside = marks
    .map((mark) => ({ mark, start: whole(text, mark.start), end: whole(text, mark.end) }))
    .filter(({ start, end }) => start < end);
  const edges = new Set([0, text.length, ...inside.flatMap(({ start, end }) => [start, end])]);
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0;
    const over = inside.filter((one) => one.start <= start && one.end >= end).map(({ mark }) => mark);
    return { text: text.slice(start, end), marks: over };
  });
}

/** Lines joined to blocks of about so many characters: a browser lays out only the blocks that are in sight. */
const BLOCK = 1_500;

/** Cuts pieces into blocks at line ends, which are left out at the end of each block but the last. */
export function blocksOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const blocks: Piece[][] = [[]];
  let length = 0;
  for (const { text, marks } of pieces) {
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
      if (length + at - from < BLOCK) continue;
      blocks.at(-1)?.push({ text: text.slice(from, at), marks });
      blocks.push([]);
      from = at + 1;
      length = 0;
    }
    blocks.at(-1)?.push({ text: text.slice(from), marks });
    length += text.length - from;
  }
  return blocks;
}
