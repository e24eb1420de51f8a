import type { DECISION_REASONS, OUTCOMES } from "./case.ts";

export type DecisionReason = (typeof DECISION_REASONS)[number];
export type Outcome = (typeof OUTCOMES)[number];

/** A reason as a moderator chooses it. */
export interface DecisionReasonText {
  readonly reason: DecisionReason;
  readonly title: string;
  /** When it is the right one, in a sentence. */
  readonly sentence: string;
  /** Outcomes that it usually explains; the API takes it with any. */
  readonly outcomes: readonly Outcome[];
}

const TEXTS: Readonly<Record<DecisionReason, Omit<DecisionReasonText, "reason">>> = {
  violates_policy: {
    title: "Breaks the policy",
    sentence: "It is what the policy means, and what was done fits.",
    outcomes: ["uphold", "correct"],
  },
  severe_harm: {
    title: "Severe harm",
    sentence: "Somebody may come to harm: somebody more senior should see it, or it must stay down whatever the rule.",
    outcomes: ["uphold", "correct", "escalate"],
  },
  context_acceptable: {
    title: "Fine in its context",
    sentence: "The words are those that the rule means; where, to whom and how they are said makes them acceptable.",
    outcomes: ["overturn"],
  },
  wrongly_detected: {
    title: "Wrongly detected",
    sentence: "What was found is not there: another meaning, another language, a name, a machine's mistake.",
    outcomes: ["overturn", "correct"],
  },
  honest_criticism: {
    title: "Honest criticism",
    sentence: "It is hard on a thing, a service, a work or an office, and attacks nobody.",
    outcomes: ["overturn"],
  },
  counter_speech: {
    title: "Counter-speech",
    sentence: "It answers or stands up against what the rule is about.",
    outcomes: ["overturn"],
  },
  quoted_or_reported: {
    title: "Quoted or reported",
    sentence: "It repeats what somebody else said, to report, to document or to ask for help.",
    outcomes: ["overturn"],
  },
  other: {
    title: "Another reason",
    sentence: "None of these: say in a note why.",
    outcomes: ["uphold", "overturn", "correct", "escalate"],
  },
};

/** The reasons in the order in which they are shown, which is that of their number keys: it does not depend on the outcome. */
export const DECISION_REASON_TEXTS: readonly DecisionReasonText[] = Object.entries(TEXTS).map(([reason, text]) => ({
  reason: reason as DecisionReason,
  ...text,
}));
