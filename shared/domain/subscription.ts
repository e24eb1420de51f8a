import * as z from "zod";
import { subscriptionId } from "./alert.ts";
import { place } from "./alert-event.ts";
import { FLOW_KINDS } from "./breaker.ts";
import { opaqueId, tenantId, timestamp } from "./id.ts";
import { languageTag } from "./item.ts";
import { labelName } from "./label.ts";
import { type Role, role } from "./tenant.ts";
import { action } from "./verdict.ts";

/** Most subscriptions of a tenant: matching all of them against an event takes under a millisecond. */
export const MOST_SUBSCRIPTIONS = 1_000;

const several = <Of extends z.ZodType>(of: Of, most = 50) =>
  z.array(of).min(1, "at least one, or leave it out").max(most, `at most ${most}`);
const words = (most: number) =>
  z
    .string()
    .trim()
    .min(1, "not empty")
    .max(most, `at most ${most} characters`)
    .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, "no control characters");

/** An IANA time zone that this machine knows: `Europe/Zurich`. */
export const timeZone = z
  .string()
  .max(60)
  .refine((name) => {
    // An offset is no zone: it knows no summer, and one of odd minutes meets no quarter of an hour.
    if (/^[+-]/.test(name)) return false;
    try {
      return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone.length > 0;
    } catch {
      return false;
    }
  }, "an IANA time zone such as Europe/Zurich");

/** A wall clock's time. */
export const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:MM, from 00:00 to 23:59");

/** Which events: all that is named must fit; of one list any. */
export const alertFilter = z.strictObject({
  kinds: several(z.enum(FLOW_KINDS)).optional(),
  brands: several(opaqueId, 20).optional(),
  targets: several(opaqueId).optional(),
  accounts: several(opaqueId).optional(),
  labels: several(labelName).optional(),
  /** Of one of `labels` where they are named, else of the whole. */
  minSeverity: z.int().min(0).max(7).optional(),
  /** Left out: all but `allow`. */
  actions: several(action).optional(),
  /** `en` is also for en-GB. */
  languages: several(languageTag).optional(),
});
export type AlertFilter = z.infer<typeof alertFilter>;

const url = z
  .string()
  .max(2_000, "at most 2,000 characters")
  .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ""), "an address that begins with https://")
  .refine((text) => {
    const { username = "", password = "", hash = "" } = URL.parse(text) ?? {};
    return username === "" && password === "" && hash === "";
  }, "no user name, password or # in it");

/** Where it goes. Addresses of chat rooms are secrets and are sealed where they are stored. */
export const channel = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("inbox") }),
  z.strictObject({
    type: z.literal("webhook"),
    url,
    /** Every event by itself, as it happens: for platforms. No grouping, no rate, no quiet hours. */
    stream: z.boolean().default(false),
  }),
  z.strictObject({ type: z.literal("slack"), url }),
  z.strictObject({ type: z.literal("teams"), url }),
  z.strictObject({ type: z.literal("email"), to: z.email("an e-mail address").max(254) }),
]);
export type Channel = z.infer<typeof channel>;

export const timing = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("immediate") }),
  z.strictObject({
    kind: z.literal("digest"),
    every: z.enum(["hour", "day"]),
    /** Of a daily one, in its time zone. */
    at: wallTime.default("08:00"),
    timeZone,
  }),
]);
export type Timing = z.infer<typeof timing>;

/** From `from` to before `to`, over midnight where `to` is the earlier; severe safety passes. */
export const quietHours = z
  .strictObject({ from: wallTime, to: wallTime, timeZone })
  .refine(({ from, to }) => from !== to, "from and to are the same");
export type QuietHours = z.infer<typeof quietHours>;

export const duty = z.strictObject({
  /** Minutes in which somebody must acknowledge what must be acknowledged. */
  ackMinutes: z.int().min(1).max(1_440),
  /** Told where nobody did; its own duty holds from then on. */
  escalateTo: subscriptionId,
});

/** What a subscriber writes. */
export const subscriptionDocument = z
  .strictObject({
    name: words(80),
    places: several(place, 6),
    filter: alertFilter.default({}),
    /** CEL as in policies, about the item. */
    when: z.string().min(1, "not empty").max(2_000, "at most 2,000 characters").optional(),
    channel,
    timing: timing.default({ kind: "immediate" }),
    quiet: quietHours.optional(),
    /** Most messages an hour; what is beyond is told in one summary. */
    perHour: z.int().min(1).max(600).default(60),
    duty: duty.optional(),
  })
  .meta({ id: "SubscriptionDocument" });
export type SubscriptionDocument = z.infer<typeof subscriptionDocument>;

/**
 * Why nothing is sent: its owner's wish, an endpoint that said it is gone, one that failed for long, an unsubscription, an
 * address that nobody confirmed, one that mails come back from, an owner that has no right to it any more.
 */
export const PAUSES = ["by_hand", "gone", "failing", "unsubscribed", "unconfirmed", "bounced", "owner_gone"] as const;
export const paused = z.strictObject({ why: z.enum(PAUSES), at: timestamp, by: z.string().max(64).optional() });

export const subscription = z
  .strictObject({
    id: subscriptionId,
    tenant: tenantId,
    /** Grows with every change. */
    version: z.int().min(1),
    document: subscriptionDocument,
    /** Who made it, and as what: one made for a brand hears of that brand's items only, whoever changes it. */
    owner: z.strictObject({
      actor: z.string().max(64),
      role,
      brands: z.array(opaqueId).max(20).optional(),
      /** When its right to this ends or ended: a key's end, or the removal of a member. Somebody else can take it over. */
      until: timestamp.optional(),
    }),
    createdAt: timestamp,
    /**
     * What was made to be sent before is neither sent, nor sent again, nor listed: its limits were wider then, and who reads
     * it now may not have heard of that. Left out: since it was made.
     */
    hearsSince: timestamp.optional(),
    changedAt: timestamp,
    changedBy: z.string().max(64),
    paused: paused.optional(),
  })
  .meta({ id: "Subscription" });
export type Subscription = z.infer<typeof subscription>;

/** From when on what was made to be sent to it is its own. */
export const hearsSince = (of: Pick<Subscription, "createdAt" | "hearsSince">): Date =>
  new Date(of.hearsSince ?? of.createdAt);

/** Has whoever made it no right to it any more? */
export const isOrphaned = ({ owner: { until } }: Pick<Subscription, "owner">, now: Date): boolean =>
  until !== undefined && Date.parse(until) <= now.getTime();

/** The subscription as it stands at a time. One whose owner is gone stands still, whatever is written of it. */
export const asOf = (of: Subscription, now: Date): Subscription =>
  of.paused || !isOrphaned(of, now) ? of : { ...of, paused: { why: "owner_gone", at: of.owner.until ?? of.changedAt } };

/** Who asks: under which name, as what, and of a brand's member for which brands. */
export interface Asker {
  readonly actor: string;
  readonly role: Role;
  readonly brands?: readonly string[];
}

/** Is all that it may hear of a matter of these brands? */
const isOfBrands = ({ owner }: Pick<Subscription, "owner">, brands: readonly string[] = []): boolean =>
  owner.role === "brand" && !!owner.brands?.length && owner.brands.every((brand) => brands.includes(brand));

/** A brand's members see what their brands' members made, a platform's keys their own, all others see all. */
export function mayRead(asker: Asker, subscription: Pick<Subscription, "owner">): boolean {
  if (asker.role === "brand") return isOfBrands(subscription, asker.brands);
  return asker.role !== "platform" || subscription.owner.actor === asker.actor;
}

/** Whoever made it may change it, those of the same brands, and who manages the tenant or its desk. */
export function mayChange(asker: Asker, subscription: Pick<Subscription, "owner">): boolean {
  if (asker.role === "brand") return isOfBrands(subscription, asker.brands);
  return ["admin", "lead"].includes(asker.role) || subscription.owner.actor === asker.actor;
}
