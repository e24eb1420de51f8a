import type { Marked } from "../../parts/marked-text.ts";

/** A stretch of a text with the evidence in it, whose places are counted from its beginning. */
export interface TextChunk {
  readonly text: string;
  readonly marks: readonly Marked[];
}

/** Letters that a browser lays out at once without anybody noticing. */
const MOST = 4_000;
/** A cut may be so many letters earlier, to fall behind a space. */
const EARLIER = 500;

/**
 * Cuts a text that has no line ends for long, behind spaces where there are some: a browser lays out a line as a whole,
 * which takes a third of a second for one of 100 KB. The chunks in order make up the text; evidence over a cut is in both.
 */
export function chunksOf(text: string, marks: readonly Marked[]): readonly TextChunk[] {
  const cuts = [0];
  for (let from = 0; text.length - from > MOST; from = cuts.at(-1) ?? text.length) cuts.push(cutAfter(text, from));
  return cuts.map((from, index) => {
    const to = cuts[index + 1] ?? text.length;
    const inside = marks.filter(({ start, end }) => start < to && end > from);
    return {
      text: text.slice(from, to),
      marks: inside.map((mark) => ({
        ...mark,
        start: Math.max(0, mark.start - from),
        end: Math.min(to, mark.end) - from,
      })),
    };
  });
}

function cutAfter(text: string, from: number): number {
  const latest = from + MOST;
  for (const end of ["\n", " "]) {
    const at = text.lastIndexOf(end, latest - 1);
    if (at >= latest - EARLIER) return at + 1;
  }
  const unit = text.charCodeAt(latest);
  // Not between the halves of a pair.
  return unit >= 0xdc00 && unit <= 0xdfff ? latest - 1 : latest;
}
