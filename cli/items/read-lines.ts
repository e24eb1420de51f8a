import { readUtf8 } from "../../shared/runtime/read-json.ts";

/** A line of a file, counted from 1, without its line end; or what is wrong with it. */
export type TextLine =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly fault: string };

/** Longest line in bytes. No request and no item may be longer, and a file without line ends must not fill the memory. */
export const MAX_LINE_BYTES = 5_000_000;

const LINE_FEED = 10;
const BYTE_ORDER_MARK = "\ufeff";
const TOO_LONG = `longer than ${MAX_LINE_BYTES} bytes`;

/** The lines of whole bytes: decoded at once, or one by one to find the one that is not UTF-8. */
function* linesOf(bytes: Buffer, first: number): Generator<TextLine> {
  const text = readUtf8(bytes);
  let line = first;
  if (text !== undefined) {
    for (const one of text.split("\n")) yield { line: line++, text: one };
    return;
  }
  for (let start = 0; start <= bytes.length; line++) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    const own = readUtf8(bytes.subarray(start, end));
    yield own === undefined ? { line, fault: "not UTF-8" } : { line, text: own };
    start = end + 1;
  }
}

const withoutEnds = (one: TextLine): TextLine => {
  if (!("text" in one)) return one;
  const text = one.line === 1 && one.text.startsWith(BYTE_ORDER_MARK) ? one.text.slice(1) : one.text;
  return { line: one.line, text: text.endsWith("\r") ? text.slice(0, -1) : text };
};

/** Cuts chunks of bytes into lines, in constant memory. A byte order mark at the beginning is dropped. */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<TextLine> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let line = 1;
  let skipping = false;
  for await (const chunk of chunks) {
    let start = 0;
    const end = chunk.indexOf(LINE_FEED);
    if (end >= 0 && restBytes + end > MAX_LINE_BYTES) {
      rest = [];
      restBytes = 0;
      skipping = true;
    }
    if (skipping) {
      if (end < 0) continue;
      yield { line: line++, fault: TOO_LONG };
      skipping = false;
      start = end + 1;
    }
    const last = chunk.lastIndexOf(LINE_FEED);
    if (last >= start) {
      const whole = chunk.subarray(start, last);
      for (const one of linesOf(rest.length === 0 ? whole : Buffer.concat([...rest, whole]), line)) {
        yield withoutEnds(one);
        line = one.line + 1;
      }
      rest = [];
      restBytes = 0;
      start = last + 1;
    }
    rest.push(chunk.subarray(start));
    restBytes += chunk.length - start;
    if (restBytes > MAX_LINE_BYTES) {
      rest = [];
      restBytes = 0;
      skipping = true;
    }
  }
  if (skipping) yield { line, fault: TOO_LONG };
  else if (restBytes > 0) for (const one of linesOf(Buffer.concat(rest), line)) yield withoutEnds(one);
}
