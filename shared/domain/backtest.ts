import * as z from "zod";
import { itemRef, timestamp } from "./id.ts";
import { action, verdict } from "./verdict.ts";

/**
 * Whose answer to the same item: the policy that decided it `before`, the policies `active` when the backtest was asked for,
 * and the same with the `candidate` in its place among them.
 */
export const VIEWS = ["before", "active", "candidate"] as const;
export type View = (typeof VIEWS)[number];

const count = z.int().min(0);
/** Items by action, in the order of ACTIONS: allow, flag, hold, block. */
const byAction = z.tuple([count, count, count, count]);
export type ByAction = z.infer<typeof byAction>;
const ofViews = <S extends z.ZodType>(of: S) => z.strictObject({ before: of, active: of, candidate: of });
const split = z.strictObject({ ...ofViews(byAction).shape, changed: count });
export type Split = z.infer<typeof split>;

/** Cases of one queue and day: how many each view opens, and how many the candidate opens that another does not, and the reverse. */
const load = z.strictObject({
  ...ofViews(count).shape,
  gained: z.strictObject({ before: count, active: count }),
  lost: z.strictObject({ before: count, active: count }),
});
export type Load = z.infer<typeof load>;

const value = z.union([z.number(), z.string(), z.boolean()]);
/** One view's answer to one item; `values` are those that its deciding rule looked at. */
const opinion = z.strictObject({
  action,
  queue: verdict.shape.queue,
  policy: z.string(),
  version: z.int().min(0),
  rule: z.string(),
  values: z.record(z.string(), value).optional(),
});
export type Opinion = z.infer<typeof opinion>;

/** An item that the candidate treats otherwise than the active policies; no words and no author of it. */
export const changedItem = z.strictObject({
  ref: itemRef,
  scoredAt: timestamp,
  surface: z.string(),
  language: z.string(),
  severity: z.int().min(0).max(7),
  /** Of the item's identity: a sample by rank is the same sample whatever the order in which items came. */
  rank: count,
  labels: z.array(z.strictObject({ label: z.string(), probability: z.number() })).max(3),
  ...ofViews(opinion).shape,
});
export type ChangedItem = z.infer<typeof changedItem>;

/** Items that a person decided: how many there are and how many were upheld. */
const judged = z.strictObject({ items: count, upheld: count });
export type Judged = z.infer<typeof judged>;

/** What was counted of some of the items; counts of two parts add up to the count of both. */
export const backtestTally = z.strictObject({
  items: count,
  /** Items of which the candidate itself was asked, or a policy that inherits from it. Absent: counted before that was told apart. */
  asked: count.optional(),
  /** Items that the candidate treats otherwise than the active policies: another action or another queue. */
  changed: count,
  /** Items that the active policies treat otherwise than what was done then. */
  drifted: count,
  actions: ofViews(byAction),
  /** From each action (row) to each of the candidate's (column), 4 × 4. */
  moves: z.strictObject({ before: z.array(count).length(16), active: z.array(count).length(16) }),
  by: z.strictObject({
    kind: z.record(z.string(), split),
    language: z.record(z.string(), split),
    surface: z.record(z.string(), split),
  }),
  /** By `policy/rule`: how many items it decided. */
  rules: z.record(z.string(), ofViews(count)),
  /** Items by day (UTC). */
  days: z.record(z.string(), count),
  /** Cases by day, then by queue. */
  load: z.record(z.string(), z.record(z.string(), load)),
  /** Decisions made in the window, on whatever the views would have had a person look at. */
  decided: z.strictObject({ all: judged, ...ofViews(judged).shape }),
  sample: z.array(changedItem),
  severest: z.array(changedItem),
});
export type BacktestTally = z.infer<typeof backtestTally>;

/** What the run itself used; a repeat may add to it, so it is kept apart from what was counted. */
export const jobUsage = z.strictObject({
  reads: count,
  writes: count,
  messages: count,
  milliseconds: count,
});
export type JobUsage = z.infer<typeof jobUsage>;
