/** A part of a text: `[start, end)` in UTF-16 units, and its words as they can be sent. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const bytesOf = (codePoint: number): number => {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
};

const isSpace = (unit: number): boolean => unit === 32 || (unit >= 9 && unit <= 13) || unit === 0xa0 || unit === 0x3000;

/** Full stop, exclamation and question marks, ellipsis, their ideographic and full-width forms, and line ends. */
const ENDS_SENTENCE = new Set([0x2e, 0x21, 0x3f, 0x2026, 0x3002, 0xff01, 0xff1f, 0x0a]);

/**
 * Cuts a text into parts of at most `limit` bytes of UTF-8 (4 or more): after a sentence where one ends in the second half of the
 * part, else between words, else between code points. Parts of white space are left out; the others together hold every
 * other character. A lone surrogate becomes U+FFFD, of the same length, since no UTF-8 can carry it. Linear.
 */
export function segmentText(original: string, limit: number): Segment[] {
  const text = original.toWellFormed();
  const segments: Segment[] = [];
  let start = 0;
  while (start < text.length) {
    const end = endOfSegment(text, start, limit);
    const words = text.slice(start, end);
    if (words.trim() !== "") segments.push({ start, end, text: words });
    start = end;
  }
  return segments;
}

/** Only cuts in the second half count: the part is then at least half full, and no character is read more than twice. */
function endOfSegment(text: string, start: number, limit: number): number {
  let bytes = 0;
  let sentence = 0;
  let word = 0;
  let afterSentence = false;
  for (let at = start; at < text.length; ) {
    const codePoint = text.codePointAt(at) ?? 0;
    bytes += bytesOf(codePoint);
    if (bytes > limit) return sentence || word || at;
    at += codePoint > 0xffff ? 2 : 1;
    const space = isSpace(codePoint);
    if (bytes * 2 > limit) {
      if (space) word = at;
      if (codePoint === 0x0a || (space && afterSentence) || codePoint === 0x3002) sentence = at;
    }
    afterSentence = ENDS_SENTENCE.has(codePoint) || (afterSentence && space);
  }
  return text.length;
}
