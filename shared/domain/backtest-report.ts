import * as z from "zod";
import { changedItem, jobUsage } from "./backtest.ts";
import { action } from "./verdict.ts";

const count = z.int().min(0);
const share = z.number().min(0).max(1);
/** Cases a day more or fewer, with the 95% interval and what that rests on. */
const change = z.strictObject({
  perDay: z.number(),
  low: z.number(),
  high: z.number(),
  from: z.enum(["days", "counts"]),
});
const views = z.strictObject({ before: count, active: count, candidate: count });
const group = z.strictObject({
  name: z.string(),
  items: count,
  changed: count,
  /** Share of the items that a person has to look at. */
  review: z.strictObject({ before: share, active: share, candidate: share }),
});
/** Of items that a person decided: how many this view has a person look at, and of those the share that was upheld. */
const precision = z.strictObject({
  items: count,
  upheld: count,
  share,
  low: share,
  high: share,
});

/** What a backtest found. Shares are of the items in the window; intervals are 95%. */
export const backtestReport = z
  .strictObject({
    items: count,
    /** Of these the candidate itself was asked, or a policy that inherits from it: others have the rest, by their scopes. */
    asked: count.optional(),
    /** Days of the window in which there were any, parts of a day too. */
    days: z.number(),
    /** Items that the candidate treats otherwise than the active policies, with Wilson's interval of their share. */
    changed: z.strictObject({ items: count, share, low: share, high: share }),
    /** Items that the active policies treat otherwise than what was done then: 0 where `before` and `active` say the same. */
    drifted: count,
    actions: z.array(z.strictObject({ action, ...views.shape })),
    moves: z.array(z.strictObject({ base: z.enum(["before", "active"]), from: action, to: action, items: count })),
    queues: z.array(
      z.strictObject({
        queue: z.string(),
        ...views.shape,
        change: z.strictObject({ before: change, active: change }),
      }),
    ),
    load: z.array(z.strictObject({ day: z.string(), ...views.shape })),
    cost: z.strictObject({
      minutesPerCase: z.number(),
      /** Minutes of moderators more (or fewer) a day against the active policies. */
      minutesPerDay: z.number(),
      low: z.number(),
      high: z.number(),
      /** What the backtest itself used of AWS: DynamoDB requests, SQS messages, Lambda's time. */
      used: jobUsage,
    }),
    groups: z.strictObject({ kind: z.array(group), language: z.array(group), surface: z.array(group) }),
    rules: z.array(z.strictObject({ rule: z.string(), ...views.shape })),
    precision: z.strictObject({
      decided: count,
      upheld: count,
      before: precision,
      active: precision,
      candidate: precision,
    }),
    /** The most severe of the changed items, then a sample of the others by a hash of their identity. */
    changes: z.array(changedItem),
  })
  .meta({ id: "BacktestReport" });
export type BacktestReport = z.infer<typeof backtestReport>;
