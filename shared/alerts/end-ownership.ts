import type { AuditFact } from "../domain/audit.ts";
import { isOrphaned, type Subscription } from "../domain/subscription.ts";
import type { Caller, Role } from "../domain/tenant.ts";
import type { Subscriptions } from "../store/subscriptions.ts";
import { brandsOf } from "./match-subscriptions.ts";

/** What somebody may do from now on; undefined where they are out. */
export type Rights = { readonly role: Role; readonly brands?: readonly string[] | undefined } | undefined;

export interface EndOwnership {
  readonly subscriptions: Pick<Subscriptions, "list" | "own">;
  readonly audit: { append(tenant: string, facts: readonly AuditFact[], now: Date): Promise<void> };
  /** Puts into the inbox that it stands still, once for each time. */
  readonly notePaused: (subscription: Subscription, why: string, now: Date) => Promise<void>;
}

type Owner = Subscription["owner"];

const MOST_TRIES = 5;
/** Whoever matches events knows of new limits by then: what is handed over until then may be of the wider ones. */
const KNOWN_AFTER_MS = 60_000;

/** The owner of a subscription once its owner's rights are others; undefined where that changes nothing. */
export function ownerAfter(of: Pick<Subscription, "owner" | "document">, rights: Rights, now: Date): Owner | undefined {
  const { owner, document } = of;
  if (isOrphaned(of, now)) return undefined;
  const ended: Owner = { ...owner, until: now.toISOString() };
  // An auditor has none, and what was made for the whole desk is nothing to leave to a brand.
  if (!rights || rights.role === "auditor") return ended;
  if (rights.role !== "brand") return undefined;
  if (owner.role !== "brand") return ended;
  const { brands = [] } = owner;
  const left = brands.filter((brand) => rights.brands?.includes(brand));
  if (left.length === brands.length) return undefined;
  const narrowed: Owner = { ...owner, brands: left };
  return brandsOf({ document, owner: narrowed })?.size ? narrowed : ended;
}

/**
 * Lets nobody's subscriptions go on telling what they may no longer hear, after their rights have changed. Done again
 * after a crash it does what is left: each is written over the version that was seen, and noted under its own time.
 */
export const endOwnership =
  ({ subscriptions, audit, notePaused }: EndOwnership) =>
  async ({ tenant, actor: by, role }: Caller, actor: string, rights: Rights, now: Date): Promise<void> => {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const owned = (await subscriptions.list(tenant)).filter(({ owner }) => owner.actor === actor);
      for (const one of owned)
        if (one.owner.until !== undefined && isOrphaned(one, now))
          await notePaused(one, "owner_gone", new Date(one.owner.until));
      const changes = owned.flatMap((one) => {
        const owner = ownerAfter(one, rights, now);
        return owner ? [{ one, owner }] : [];
      });
      if (changes.length === 0) return;
      // Logged first: nothing changes that nobody heard of.
      const facts = changes.map(({ one: { id }, owner: { until } }): AuditFact => {
        const action = until === now.toISOString() ? "subscription.orphaned" : "subscription.narrowed";
        return { actor: by, role, action, facts: { subscription: id, owner: actor } };
      });
      await audit.append(tenant, facts, now);
      // What somebody else changed meanwhile is looked at again, and so is whether all of it is noted.
      for (const { one, owner } of changes) {
        const isNarrowed = owner.until !== now.toISOString();
        const since = isNarrowed ? new Date(now.getTime() + KNOWN_AFTER_MS).toISOString() : undefined;
        await subscriptions.own(tenant, one.id, one.version, owner, since);
      }
    }
    throw new Error("subscriptions were always changed by somebody else");
  };
