import type { Refused } from "../api/answered.ts";

/** A refusal on one line, with how to mend it: for messages, where there is no room for a list. */
export const refusalWords = ({ problem: { title, detail, errors = [] } }: Refused): string =>
  [`${title}: ${detail}`, ...errors.map(({ detail: what, fix }) => (fix ? `${what} – ${fix}.` : `${what}.`))].join(" ");
