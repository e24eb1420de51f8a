import { LABELS } from "./label.ts";
import { lawsOf } from "./law.ts";
import { explain } from "./reason.ts";
import type { Verdict } from "./verdict.ts";

/** Why, label by label, in words that a moderator and an author can read, and the rules of law to look at. */
export const explainVerdict = (made: Pick<Verdict, "labels">) =>
  made.labels.map(({ label, reasons }) => ({
    label,
    title: LABELS[label],
    why: reasons.map((reason) => explain(label, reason)),
    laws: [...lawsOf(label)],
  }));
