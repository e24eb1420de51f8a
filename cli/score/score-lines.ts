import { item as itemSchema } from "../../shared/domain/item.ts";
import { FOR_FAULTS, faultsOf } from "../../shared/runtime/faults.ts";
import type { Line } from "../items/read-items.ts";
import type { OfflineVerdict } from "./offline-judge.ts";

export interface ScoreLines {
  readonly judge: (item: ReturnType<typeof itemSchema.parse>) => Promise<OfflineVerdict>;
  /** Takes one line of output, with its line end; resolves when it may be given more. */
  readonly write: (line: string) => Promise<void> | undefined;
  /** What each line of output says beside the verdict; nothing unless given. */
  readonly beside?: (item: ReturnType<typeof itemSchema.parse>) => object;
  /** Called for each line that could not be read, with where in it and why: never its words. */
  readonly bad: (line: number, why: string) => void;
}

export interface Scored {
  readonly scored: number;
  readonly bad: number;
}

/** Scores items line by line: one verdict for each good line, in their order. */
export async function scoreLines(
  lines: AsyncIterable<Line>,
  { judge, write, beside, bad }: ScoreLines,
): Promise<Scored> {
  let scored = 0;
  let refused = 0;
  const refuse = (line: number, why: string): void => {
    refused += 1;
    bad(line, why);
  };
  for await (const one of lines) {
    if ("fault" in one) {
      refuse(one.line, one.fault);
      continue;
    }
    const parsed = itemSchema.safeParse(one.value, FOR_FAULTS);
    if (!parsed.success) {
      const faults = faultsOf(parsed.error, "").map(
        ({ pointer, detail, fix }) => `${pointer}: ${detail}${fix ? ` (${fix})` : ""}`,
      );
      refuse(one.line, faults.join("; "));
      continue;
    }
    scored += 1;
    const line = { ...(await judge(parsed.data)), ...beside?.(parsed.data) };
    const full = write(`${JSON.stringify(line)}\n`);
    if (full) await full;
  }
  return { scored, bad: refused };
}
