import type { AnswerOf } from "../../api/route-types.ts";
import { labelTitles } from "../../facts/desk.ts";

export type Undo = AnswerOf<"get-undo">;
export type Cause = Undo["cause"];
type Outcome = NonNullable<Undo["result"]>["sample"][number]["outcome"];

/** What a cause is called in a sentence. */
export function causeWords({ rule, policy, label, model }: Cause): string {
  const where = policy ? `${policy.id}${policy.version === undefined ? "" : ` version ${policy.version}`}` : undefined;
  if (rule !== undefined) return `the rule ${rule}${where === undefined ? "" : ` of ${where}`}`;
  if (where !== undefined) return `the policy ${where}`;
  if (label === undefined) return `what ${model} found`;
  const title = labelTitles[label] ?? label;
  return model === undefined ? `the label “${title}”` : `the label “${title}” as found by ${model}`;
}

/** What becomes of a verdict, as a dry run says it and as a run says it. */
const OUTCOMES: Readonly<Record<Outcome, readonly [would: string, did: string]>> = {
  close: ["its open case would be closed as overturned", "its open case was closed as overturned"],
  lower: ["its case would stay open with a milder action", "its case stays open with a milder action"],
  publish: ["it has no case, and its platform would be told", "it had no case, and its platform was told"],
  kept_human: ["a person decided it: it would stay so", "a person decided it: it stays so"],
  kept_superseded: ["its account has a later verdict: it would stay", "its account has a later verdict: it stays"],
  kept_undone: ["another undo took it back before", "another undo took it back before"],
  gone: ["it is not kept any more", "it is not kept any more"],
};

export const outcomeWords = (outcome: string, dryRun: boolean): string =>
  OUTCOMES[outcome as Outcome]?.[dryRun ? 0 : 1] ?? outcome;

const REVERSED: readonly string[] = ["close", "lower", "publish"];

/** How many verdicts are taken back by these outcomes, or would be. */
export const reversedIn = (outcomes: Readonly<Record<string, number>>): number =>
  REVERSED.reduce((sum, outcome) => sum + (outcomes[outcome] ?? 0), 0);
