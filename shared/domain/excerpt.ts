import type { LabelScore } from "./label.ts";

/** UTF-16 units of an excerpt: enough to judge the finding, too little to re-publish a conversation. */
const LENGTH = 200;

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** The words around the first finding of a text, with an ellipsis where it was cut. */
export function excerptOf(text: string, labels: readonly LabelScore[]): string {
  const first = Math.min(...labels.flatMap(({ spans }) => spans.map(([start]) => start)), text.length);
  const middle = first === text.length ? 0 : first;
  let start = Math.max(0, Math.min(middle - LENGTH / 4, text.length - LENGTH));
  let end = Math.min(text.length, start + LENGTH);
  if (isLowSurrogate(text.charCodeAt(start))) start += 1;
  if (isLowSurrogate(text.charCodeAt(end))) end -= 1;
  return `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
}
