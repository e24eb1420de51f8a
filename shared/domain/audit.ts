import * as z from "zod";
import { timestamp } from "./id.ts";
import { role } from "./tenant.ts";

/** What can be done at the desk. `case.read` is written before the case is shown. */
export const AUDIT_ACTIONS = [
  "case.read",
  "case.members_read",
  "case.claimed",
  "case.released",
  "case.transferred",
  "case.noted",
  "case.decided",
  "case.escalated",
  "case.undone",
  "case.reopened",
  "queues.set",
  "member.set",
  "member.removed",
  "key.created",
  "key.revoked",
  "subscription.saved",
  "subscription.enabled",
  "subscription.disabled",
  "subscription.deleted",
  "subscription.confirmed",
  "subscription.unsubscribed",
  "subscription.orphaned",
  "subscription.narrowed",
  "secret.rotated",
  "deliveries.replayed",
  "alert.acknowledged",
  "feed.set",
  "audit.read",
  "author.read",
  "author.erased",
  "search.made",
] as const;

/** One line of the log: who did what to which case, in codes. No words, no author, no item. */
export const auditEntry = z
  .strictObject({
    at: timestamp,
    /** Unique, and later ones are greater. */
    id: z.string().max(60),
    actor: z.string().max(64),
    /** As what the actor called; left out where the sweep completed the entry after a crash. */
    role: role.optional(),
    action: z.enum(AUDIT_ACTIONS),
    case: z.string().max(22).optional(),
    /** Codes and pseudonyms that say more, such as `{ "outcome": "uphold" }` or `{ "turn": "jumped" }`. */
    facts: z.record(z.string().regex(/^[a-z][a-zA-Z]{0,19}$/), z.string().max(64)).optional(),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof auditEntry>;
export type AuditFact = Omit<AuditEntry, "at" | "id">;
