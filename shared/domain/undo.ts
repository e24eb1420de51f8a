import * as z from "zod";
import { itemRef } from "./id.ts";
import { labelName } from "./label.ts";
import { action, policyReference } from "./verdict.ts";

/**
 * What verdicts are undone for: a rule (of one policy or version, where said), a policy version as such, a label, one
 * analyzer's version, or a label as given by it.
 */
export const undoCause = z
  .strictObject({
    rule: z.string().min(1).max(60).optional(),
    policy: z
      .strictObject({ id: z.string().regex(/^[a-z0-9-]{1,40}$/), version: policyReference.shape.version.optional() })
      .optional(),
    label: labelName.optional(),
    model: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,40}@[A-Za-z0-9._-]{1,20}$/, "an analyzer and its version, such as text-model@3")
      .optional(),
  })
  .refine(({ rule, policy, label, model }) => [rule, policy, label, model].some((one) => one !== undefined), {
    error: "say a rule, a policy, a label or a model",
  })
  .refine(({ rule, policy, label, model }) => (rule ?? policy) === undefined || (label ?? model) === undefined, {
    error: "a rule or policy, or a label or model: not both",
  });
export type UndoCause = z.infer<typeof undoCause>;

/**
 * What becomes of a verdict that rests on the cause. `close`: its open case is closed as overturned;
 * that of a cluster once no other of its items waits. `lower`: a milder
 * action still asks for a person, so its open case stays, with that action. `publish`: it has no open case, so only the
 * platform is told. `kept_human`: a person decided it. `kept_superseded`: the account has a later verdict.
 * `kept_undone`: another undo took it back before. `gone`: it is not kept any more.
 */
export const UNDO_OUTCOMES = [
  "close",
  "lower",
  "publish",
  "kept_human",
  "kept_superseded",
  "kept_undone",
  "gone",
] as const;
export type UndoOutcome = (typeof UNDO_OUTCOMES)[number];
export const isReversed = (outcome: UndoOutcome): boolean => ["close", "lower", "publish"].includes(outcome);

const count = z.int().min(0);

/** One verdict that rests on the cause. */
export const undoItem = z.strictObject({
  ref: itemRef,
  scoredAt: z.string(),
  rule: z.string(),
  from: action,
  to: action,
  outcome: z.enum(UNDO_OUTCOMES),
  /** What the person decided, where one did. */
  decided: z.enum(["uphold", "overturn"]).optional(),
  rank: count,
});
export type UndoItem = z.infer<typeof undoItem>;

/** What was counted of some verdicts; two parts' counts add up. */
export const undoTally = z.strictObject({
  /** Verdicts in the window. */
  items: count,
  /** Verdicts that the rule or policy decided, or that carry the label or model, and whose action another finding asks for as well. */
  stands: count,
  outcomes: z.record(z.enum(UNDO_OUTCOMES), count),
  /** Of the reversed, by `from>to`. */
  moves: z.record(z.string(), count),
  kinds: z.record(z.string(), count),
  rules: z.record(z.string(), count),
  /** A sample by a hash of the items' identities. */
  sample: z.array(undoItem),
  /** The first exceptions of each kind by the same hash. */
  exceptions: z.array(undoItem),
});
export type UndoTally = z.infer<typeof undoTally>;

/** One batch as it was done, for good: who asks later finds every item that an undo touched. */
export const undoAudit = z.strictObject({
  at: z.string(),
  items: z.array(undoItem.omit({ rank: true })),
});
