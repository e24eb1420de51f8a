import { createHash } from "node:crypto";
import type { Alert } from "../domain/alert.ts";
import type { Subscription } from "../domain/subscription.ts";
import { alertIdOf } from "./alert-life.ts";
import { brandsOf } from "./match-subscriptions.ts";
import { tallyOf } from "./tally.ts";

export interface NotePaused {
  readonly alerts: { add(made: Alert): Promise<boolean> };
}

/**
 * Puts into the inbox that a subscription stands still, so that its failures do not go unseen. `now` is when it was
 * paused: the same pause noted again is the same alert.
 */
export const notePaused =
  ({ alerts }: NotePaused) =>
  async (subscription: Subscription, why: string, now: Date): Promise<void> => {
    const { id, tenant, document } = subscription;
    const at = now.toISOString();
    const digest = createHash("sha256")
      .update(JSON.stringify([tenant, id, why, at]))
      .digest("base64url");
    const facts = {
      id: `evt_${digest.slice(0, 22)}`,
      type: "subscription.paused",
      tenant,
      place: "subscription",
      at,
      paused: { id, name: document.name, why },
    } as const;
    const subject = { by: "subscription", id } as const;
    const brands = brandsOf(subscription);
    await alerts.add({
      id: alertIdOf(id, subject, facts.id, now),
      tenant,
      subscription: id,
      place: "subscription",
      subject,
      ...(brands ? { brands: [...brands].slice(0, 20) } : {}),
      state: "ended",
      openedAt: at,
      first: facts,
      tally: tallyOf({ facts }),
      samples: [],
      told: { at, count: 1, sequence: 0 },
      notice: { kind: "inbox" },
      record: [{ at, what: "opened", count: 1 }],
      version: 1,
    });
  };
