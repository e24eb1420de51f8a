import { LABELS } from "./label.ts";
import { lawsOf } from "./law.ts";
import { explain } from "./reason.ts";
import type { Verdict } from "./verdict.ts";

const QUARANTINED = {
  label: "policy",
  title: "held by the flood breaker",
  why: [
    "The rule that decided asks for more than a look, and only flags while it, or a label that it speaks of, applies to far more items than usual.",
  ],
  laws: [],
};

/**
 * Why, label by label, in words that a moderator and an author can read, and the rules of law to look at; then, where the
 * flood breaker held the rule that decided, that it did.
 */
export const explainVerdict = ({ labels, policy }: Pick<Verdict, "labels" | "policy">) => [
  ...labels.map(({ label, reasons }) => ({
    label,
    title: LABELS[label],
    why: reasons.map((reason) => explain(label, reason)),
    laws: [...lawsOf(label)],
  })),
  ...(policy.quarantined ? [QUARANTINED] : []),
];
