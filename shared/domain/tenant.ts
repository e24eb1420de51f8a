import * as z from "zod";
import { tenantId } from "./id.ts";

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
  /** Publish verdicts whose action is `allow`: someone subscribed to them. */
  publishAllowed: z.boolean(),
  /**
   * Whether the text of private items may be sent to Amazon Comprehend, where the deployment asks it at all. Settings that
   * were stored before say nothing of it: no.
   */
  privateTextToComprehend: z.boolean().default(false),
  /** How many times the usual odds of a rule or label make a flood, which the breaker then holds at "flag". */
  breakerFactor: z.number().min(2).max(1_000).default(5),
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
});

/** A caller whose credential was verified. */
export interface Caller {
  readonly tenant: string;
  readonly keyId: string;
  readonly role: Role;
  /** Of a brand: whose things it may read. */
  readonly brands?: readonly string[];
}

/** The name under which a caller acts: a pseudonym that the tenant can resolve, no person's name. */
export const actorOf = ({ keyId }: Pick<Caller, "keyId">): string => `key:${keyId}`;

/** May it take over from others, arrange queues, and undo what others decided? */
export const isLead = ({ role }: Pick<Caller, "role">): boolean => role === "lead" || role === "admin";

/** May it work escalated cases and reopen decided ones? */
export const isSenior = (caller: Pick<Caller, "role">): boolean => caller.role === "senior" || isLead(caller);

/** Why a credential was not accepted. */
export const REFUSALS = ["missing_key", "malformed_key", "unknown_key", "revoked_key", "expired_key"] as const;
export type Refusal = (typeof REFUSALS)[number];

/** May it see what concerns these brands? All but a brand may; a brand only its own. */
export const seesBrands = ({ role: its, brands = [] }: Caller, concerned: readonly string[]): boolean =>
  its !== "brand" || concerned.some((brand) => brands.includes(brand));
