import { expect, it } from "vitest";
import { allowanceStore } from "../../../shared/store/allowances.ts";
import { subscriptionStore } from "../../../shared/store/subscriptions.ts";
import { exampleSubscription, later } from "../../unit/alerts/alert-examples.ts";
import { NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

/** Owners of subscriptions, and how often something may be done, on any DynamoDB. */
export function subscriptionStoreSuite(tables: () => Tables, tenant: () => string): void {
  it("says who owns a subscription, and reads one whose owner is gone as one that stands still", async () => {
    const name = tenant();
    let now = NOW;
    const subscriptions = subscriptionStore(tables().directory, () => now);
    const until = later(60).toISOString();
    const one = exampleSubscription({}, { tenant: name, owner: { actor: "key:1", role: "platform", until } });
    await subscriptions.save(one);
    expect(await subscriptions.get(name, one.id)).toEqual(one);
    now = later(60);
    const gone = { ...one, paused: { why: "owner_gone", at: until } };
    expect(await subscriptions.get(name, one.id)).toEqual(gone);
    expect(await subscriptions.list(name)).toEqual([gone]);
    const owner = { actor: "ada", role: "admin" } as const;
    expect(await subscriptions.own(name, one.id, 2, owner)).toBe(false);
    expect(await subscriptions.own(name, one.id, 1, owner)).toBe(true);
    expect(await subscriptions.get(name, one.id)).toEqual({ ...one, owner, version: 2 });
    expect(await subscriptions.own(name, "sub_zzzzzzzzzzzz", 1, owner)).toBe(false);
  });

  it("lets nobody do more often what may be done so often, however many try", async () => {
    const name = tenant();
    const allowances = allowanceStore(tables().deliveries);
    const limits = [
      { most: 3, seconds: 3_600 },
      { most: 5, seconds: 86_400 },
    ];
    const take = (id: string, minute: number) =>
      allowances.take(name, "mail", { id, by: "sub" }, limits, later(minute));
    const first = await Promise.all(["a", "b", "c", "d", "e"].map((id) => take(id, 0)));
    expect(first.filter((taken) => taken)).toHaveLength(3);
    const used = await allowances.used(name, "mail", 3_600, later(59));
    expect(used).toHaveLength(3);
    // What was used for the same is not counted again.
    expect(await take(used[0]?.id ?? "", 1)).toBe(true);
    expect(await allowances.used(name, "mail", 3_600, later(61))).toEqual([]);
    expect([await take("f", 61), await take("g", 61), await take("h", 61)]).toEqual([true, true, false]);
    expect(await take("h", 24 * 60 + 1)).toBe(true);
    expect(await allowances.used(name, "other", 3_600, NOW)).toEqual([]);
  });
}
