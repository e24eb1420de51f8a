import { expect, it } from "vitest";
import { type AudienceNews, audienceStates } from "../../../shared/store/audience-states.ts";
import { countedStates } from "../../../shared/store/counted-states.ts";
import { sharedCohorts } from "../../../shared/store/shared-cohorts.ts";
import { exampleFollow, exampleSnapshot } from "../../unit/domain/example-items.ts";
import { NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

const news = (id: string, followers: number): AudienceNews => ({
  id,
  item: exampleFollow(id, followers),
  since: NOW,
});

/** What every store of audience states promises. `tenant` gives a name that no other test uses. */
export function audienceStatesSuite(tables: () => Tables, tenant: () => string): void {
  const open = () => ({
    store: audienceStates(countedStates(tables().signals)),
    // Of another execution environment: only the table keeps the two apart.
    other: audienceStates(countedStates(tables().signals)),
    name: tenant(),
  });

  it("knows nothing of an account that nobody spoke of, and reads back what was said of others", async () => {
    const { store, other, name } = open();
    expect(await store.read(name, "shop-1", NOW)).toBeUndefined();
    await store.add(name, "shop-1", [news("m1", 3), news("m2", 4)], NOW);
    const state = await other.read(name, "shop-1", NOW);
    expect(state?.counts.follows).toBe(7);
    expect(state?.sample.followers.hashes).toHaveLength(7);
    expect(await store.read(name, "shop-2", NOW)).toBeUndefined();
    expect(await store.read(tenant(), "shop-1", NOW)).toBeUndefined();
  });

  it("counts each message once, however many environments bring it at the same time", async () => {
    const { store, other, name } = open();
    const messages = Array.from({ length: 12 }, (_, index) => news(`m${index}`, 5));
    await Promise.all([
      ...messages.map((one) => store.add(name, "shop-1", [one], NOW)),
      other.add(name, "shop-1", messages.slice(0, 6), NOW),
      other.add(name, "shop-1", messages.slice(6).toReversed(), NOW),
    ]);
    const state = await store.read(name, "shop-1", NOW);
    expect(state?.counts.follows).toBe(60);
    expect(state?.sample.followers.hashes).toHaveLength(60);
  });

  it("takes a snapshot of an account of which no follow was sent", async () => {
    const { store, name } = open();
    const item = exampleSnapshot("s1", 1_000);
    for (let round = 0; round < 2; round++) await store.add(name, "shop-1", [{ id: "s1", item, since: NOW }], NOW);
    const state = await store.read(name, "shop-1", NOW);
    expect([state?.counts.follows, state?.sample.snapshots.map(({ followers }) => followers)]).toEqual([0, [1_000]]);
  });

  it("tells who else stands under the same followers, until they leave or their time is over", async () => {
    const { name } = open();
    const [cohorts, other] = [sharedCohorts(tables().signals), sharedCohorts(tables().signals)];
    const later = new Date(NOW.getTime() + 15 * 86_400_000);
    expect(await cohorts.meet(name, "shop-1", [1, 2, 3, 4], NOW)).toBe(0);
    expect(await cohorts.meet(name, "shop-1", [1, 2, 3, 4], NOW)).toBe(0);
    expect(await other.meet(name, "shop-2", [2, 3, 4, 5], NOW)).toBe(3);
    // The one with most in common, not all others together.
    expect(await other.meet(name, "shop-3", [1, 5, 9], NOW)).toBe(1);
    expect(await other.meet(tenant(), "shop-2", [1, 2, 3], NOW)).toBe(0);
    await cohorts.leave(name, "shop-1", [1, 2, 3, 4]);
    expect(await other.meet(name, "shop-2", [2, 3, 4, 5], NOW)).toBe(1);
    expect(await other.meet(name, "shop-4", [2, 3, 4, 5], later)).toBe(0);
  });

  it("notes what an account shares with another, the most that was seen", async () => {
    const { store, other, name } = open();
    await store.add(name, "shop-1", [news("m1", 500)], NOW);
    const [day] = (await store.read(name, "shop-1", NOW))?.sample.cohorts ?? [];
    for (const count of [3, 4, 2]) await other.share(name, "shop-1", day?.day ?? 0, count, NOW);
    expect((await store.read(name, "shop-1", NOW))?.sample.cohorts).toMatchObject([{ day: day?.day, shared: 4 }]);
  });

  it("forgets an account, its logs included, and nobody else", async () => {
    const { store, name } = open();
    for (const account of ["shop-1", "shop-2"]) await store.add(name, account, [news(account, 2)], NOW);
    // More messages than one row takes part in optimistic writes for: the next ones go through logs.
    await store.add(
      name,
      "shop-1",
      Array.from({ length: 300 }, (_, index) => news(`flood-${index}`, 1)),
      NOW,
    );
    await store.add(name, "shop-1", [news("logged", 1)], NOW);
    expect((await store.read(name, "shop-1", NOW))?.counts.follows).toBe(303);
    for (let round = 0; round < 2; round++) await store.forget(name, "shop-1");
    expect(await store.read(name, "shop-1", NOW)).toBeUndefined();
    expect((await store.read(name, "shop-2", NOW))?.counts.follows).toBe(2);
    await store.add(name, "shop-1", [news("logged", 1)], NOW);
    expect((await store.read(name, "shop-1", NOW))?.counts.follows).toBe(1);
  });
}
