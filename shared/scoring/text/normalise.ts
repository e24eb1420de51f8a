import type { Span } from "../../domain/label.ts";
import { foldCodePoint } from "./confusables.ts";

/** A text as it reads, with the way back: `starts[i]` and `ends[i]` bound the original code point of unit `i`. */
export interface Normalised {
  readonly text: string;
  /** Undefined when every unit stands where it stood. */
  readonly starts: Int32Array | undefined;
  readonly ends: Int32Array | undefined;
}

const PLAIN = /^[\t\n\r\x20-\x7e]*$/;

/** Folds a text for matching. Linear; any string of UTF-16 units is allowed, lone surrogates included. */
export function normalise(original: string): Normalised {
  if (PLAIN.test(original)) return { text: original.toLowerCase(), starts: undefined, ends: undefined };
  const pieces: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (let index = 0; index < original.length; ) {
    const codePoint = original.codePointAt(index) ?? 0;
    const next = index + (codePoint > 0xffff ? 2 : 1);
    const folded = foldCodePoint(codePoint);
    if (folded !== "") {
      pieces.push(folded);
      for (let unit = 0; unit < folded.length; unit++) {
        starts.push(index);
        ends.push(next);
      }
    }
    index = next;
  }
  return { text: pieces.join(""), starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
}

/** The original `[start, end)` in UTF-16 units of the non-empty normalised range `[from, to)`. */
export function originalSpan(normalised: Normalised, from: number, to: number): Span {
  return [normalised.starts?.[from] ?? from, normalised.ends?.[to - 1] ?? to];
}
