import * as z from "zod";
import { alertWants, kindsAllowed, NO_ALERTS } from "./alert-wants.ts";
import { tenantId } from "./id.ts";
import { linkTemplate } from "./link-template.ts";

/**
 * Who calls: `platform` sends items and asks for scores; `moderator` works cases, `senior` escalated ones too, `lead` also
 * arranges queues and takes over; `brand` reads what concerns it; `auditor` reads who did what, never people's words;
 * `admin` manages the tenant.
 */
export const ROLES = ["platform", "moderator", "senior", "lead", "brand", "auditor", "admin"] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/** The policy of a tenant on volume and retention; a directory row, so that changing it needs no deployment. */
export const tenantSettings = z.strictObject({
  tenant: tenantId,
  /** Items accepted a minute; the rest are refused with 429 and the seconds to wait. */
  itemsPerMinute: z.int().min(1).max(10_000_000),
  /** Days that the sealed text of a flagged public item is kept. */
  contentDays: z.int().min(1).max(3650),
  /** Days that a verdict (no text) is kept. */
  verdictDays: z.int().min(1).max(3650),
  /** Keep the sealed text of items that were allowed, too. */
  keepAllowedContent: z.boolean(),
  /** Keep a short sealed excerpt of flagged private items, so that a moderator can see it. */
  keepPrivateExcerpt: z.boolean(),
  /** Publish every verdict whose action is `allow`: something of the tenant's own listens to the topic. */
  publishAllowed: z.boolean(),
  /**
   * Whether the text of private items may be sent to Amazon Comprehend, where the deployment asks it at all. Settings that
   * were stored before say nothing of it: no.
   */
  privateTextToComprehend: z.boolean().default(false),
  /** How many times the usual odds of a rule or label make a flood, which the breaker then holds at "flag". */
  breakerFactor: z.number().min(2).max(1_000).default(5),
  /** Where the platform shows an item, and a picture, sound or film of one: moderators go there from a case. */
  itemUrl: linkTemplate(["kind", "id", "channel"]).optional(),
  mediaUrl: linkTemplate(["kind", "id", "item", "channel"]).optional(),
  /** What somebody subscribed to: kept by whoever changes subscriptions. What nobody wants leaves no topic for it. */
  alerts: alertWants.default(NO_ALERTS),
  /** Every event goes into the feed of `GET /v1/events`, too. */
  eventFeed: z.boolean().default(false),
  /** Kinds of which the feed also holds verdicts that allowed; those of other kinds do not leave the topic for it. */
  feedAllowed: kindsAllowed.default([]),
});
export type TenantSettings = z.infer<typeof tenantSettings>;

/** What a new tenant starts with. */
export const defaultSettings = (tenant: string): TenantSettings => ({
  tenant,
  itemsPerMinute: 60_000,
  contentDays: 90,
  verdictDays: 400,
  keepAllowedContent: false,
  keepPrivateExcerpt: false,
  publishAllowed: false,
  privateTextToComprehend: false,
  breakerFactor: 5,
  alerts: NO_ALERTS,
  eventFeed: false,
  feedAllowed: [],
});

/** A caller whose credential was verified. */
export interface Caller {
  readonly tenant: string;
  /** The name under which it acts: a member's id, or `key:ID`. A pseudonym that the tenant can resolve, no person's name. */
  readonly actor: string;
  readonly role: Role;
  /** Of a brand: whose things it may read. */
  readonly brands?: readonly string[];
}

/** May it take over from others, arrange queues, and undo what others decided? */
export const isLead = ({ role }: Pick<Caller, "role">): boolean => role === "lead" || role === "admin";

/** May it work escalated cases and reopen decided ones? */
export const isSenior = (caller: Pick<Caller, "role">): boolean => caller.role === "senior" || isLead(caller);

/** Why a credential was not accepted. */
export const REFUSALS = [
  "wrong_origin",
  "missing_key",
  "malformed_key",
  "unknown_key",
  "revoked_key",
  "expired_key",
  "invalid_token",
  "expired_token",
  "not_a_member",
  "member_suspended",
  "sign_in_unavailable",
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** A credential that was not accepted. `subject`: whose it is, where somebody signed in and is no member. */
export interface Refused {
  readonly refusal: Refusal;
  readonly subject?: string;
}

/** May it see what concerns these brands? All but a brand may; a brand only its own. */
export const seesBrands = ({ role: its, brands = [] }: Caller, concerned: readonly string[]): boolean =>
  its !== "brand" || concerned.some((brand) => brands.includes(brand));
