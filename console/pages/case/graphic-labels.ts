import type { CaseRecord } from "./case-record.ts";

/** Labels whose words are blurred until they are asked for, whatever their severity. */
const GRAPHIC = new Set<string>(["graphic", "child_safety", "self_harm", "sexual_adult", "extremism"]);
/** From this severity on words of any label are. */
const SEVERE = 6;

/** What is hard to read in a case, in words; undefined where nothing is. */
export function hardToRead({ verdict: { labels, explanation } }: CaseRecord): string | undefined {
  const hard = labels
    .filter(({ label, severity }) => GRAPHIC.has(label) || severity >= SEVERE)
    .map(({ label }) => label);
  const titles = explanation.filter(({ label }) => hard.some((one) => one === label)).map(({ title }) => title);
  return hard.length === 0 ? undefined : titles.join(", ") || "graphic content";
}
