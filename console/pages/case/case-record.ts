import type { AnswerOf, InputOf } from "../../api/route-types.ts";

/** One case in full, as the API answers it. */
export type CaseRecord = AnswerOf<"get-case">;

export type MediaReference = NonNullable<NonNullable<CaseRecord["content"]>["media"]>[number];

export type Claim = NonNullable<CaseRecord["claim"]>;
export type Judgement = NonNullable<InputOf<"decide">["body"]>;
export type Outcome = Judgement["outcome"];
export type Reason = Judgement["reason"];
export type Label = NonNullable<Judgement["labels"]>[number];
export type Exception = NonNullable<Judgement["exceptions"]>[number];

/** What a moderator does, as on its button. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  uphold: "Uphold",
  overturn: "Overturn",
  correct: "Correct",
  escalate: "Escalate",
};

/** What was done, as in a history. */
export const DECIDED_WORDS: Readonly<Record<Outcome, string>> = {
  uphold: "Upheld",
  overturn: "Overturned",
  correct: "Labels corrected",
  escalate: "Escalated",
};

/** What each outcome says of the item. */
export const OUTCOME_MEANINGS: Readonly<Record<Outcome, string>> = {
  uphold: "What the policy did is right.",
  overturn: "It is wrong and is taken back.",
  correct: "What was done is right, the labels are not.",
  escalate: "Somebody more senior should look.",
};
