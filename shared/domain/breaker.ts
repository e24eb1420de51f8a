import * as z from "zod";
import { timestamp } from "./id.ts";
import type { LabelName } from "./label.ts";

/** Items whose flows are watched, each by itself: what is usual among reviews says nothing of posts. */
export const FLOW_KINDS = ["post", "review", "audience"] as const;
export type FlowKind = (typeof FLOW_KINDS)[number];

/**
 * Whoever can post can make a flood on purpose, and must not be able to switch off what protects lives by it: floods of
 * these are announced, and rules that can rest on them go on as before.
 */
export const SPARED_LABELS: readonly LabelName[] = ["child_safety", "self_harm", "threat"];

const subject = z.enum(["rule", "label"]);
const share = z.number().min(0).max(1);
const by = z.string().max(80);

/** A rule (by its name) or a label whose share of a kind's items left its usual band. */
export const quarantine = z
  .strictObject({
    id: z.string().max(40),
    subject,
    name: z.string().max(60),
    /** The items among which it was seen. */
    kind: z.enum(FLOW_KINDS),
    /** `flag`: it flags at most. `announced`: it goes on as before, since it stands for harm to life; people are told. */
    effect: z.enum(["flag", "announced"]),
    at: timestamp,
    /** It ends by itself then. */
    until: timestamp,
    /** The upper end of its usual band, and how many times its odds count as leaving it. */
    usual: share,
    factor: z.number(),
    /** Its share when it was seen, of how many items of ten minutes. */
    seen: share,
    hits: z.int(),
    items: z.int(),
  })
  .meta({ id: "Quarantine" });
export type Quarantine = z.infer<typeof quarantine>;

/** What happened to a quarantine: codes and numbers, so that it may be sent anywhere. */
export const breakerEvent = z
  .strictObject({
    id: z.string().max(50),
    type: z.enum(["breaker.opened", "breaker.closed"]),
    at: timestamp,
    quarantine,
    /** Of one that was closed: `time`, or the key of the person who did it. */
    by: by.optional(),
  })
  .meta({ id: "BreakerEvent" });
export type BreakerEvent = z.infer<typeof breakerEvent>;

/** Everything that the flood breaker of a tenant remembers: one row, changed as a whole. */
export const breakerState = z.strictObject({
  version: z.int().min(0),
  quarantines: z.array(quarantine),
  /** Events that nobody is known to have published. */
  owed: z.array(breakerEvent),
  /** Subjects whose usual band is learned anew since then, because a person said that what is now is right. */
  relearning: z.array(z.strictObject({ subject, name: z.string().max(60), since: timestamp })),
  /** Newest first; `note` is what the person wrote. */
  history: z.array(breakerEvent.extend({ note: z.string().max(500).optional() })),
});
export type BreakerState = z.infer<typeof breakerState>;

export const CALM: BreakerState = { version: 0, quarantines: [], owed: [], relearning: [], history: [] };

/** Those that hold at a time. */
export const standing = ({ quarantines }: Pick<BreakerState, "quarantines">, now: Date): Quarantine[] =>
  quarantines.filter(({ until }) => Date.parse(until) > now.getTime());
