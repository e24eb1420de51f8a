import { describe, expect, it } from "vitest";
import type { Subscription } from "../../../shared/domain/subscription.ts";
import { exampleSubscription, later, subscriptionNo } from "../alerts/alert-examples.ts";
import { NOW } from "../domain/examples.ts";
import { ADMIN, BRAND, codeOf, editor, ID, pointersOf } from "./subscription-editor.ts";

const NIGHT = subscriptionNo(40);
const passing = (to: string) => ({ duty: { ackMinutes: 15, escalateTo: to } });
const named = (result: object): string[] =>
  (result as { problem?: { errors?: { detail: string }[] } }).problem?.errors?.map(({ detail }) => detail) ?? [];
const brands = (...names: string[]): Partial<Subscription> => ({
  owner: { actor: "bea", role: "brand", brands: names },
});
const wrong = ["/document/duty/escalateTo"];

describe("a subscription that others pass their duties on to", () => {
  const day = exampleSubscription(passing(ID), { id: NIGHT });
  const needed = (more: Partial<Subscription> = {}) => editor(exampleSubscription({}, { id: ID, ...more }), day);

  it("is neither deleted nor disabled, and says for whom", async () => {
    const desk = needed();
    for (const refused of [await desk.remove(ADMIN, 1), await desk.turn("disabled", ADMIN, 1)]) {
      expect(codeOf(refused)).toBe("subscription_needed");
      expect(named(refused)).toEqual([`${NIGHT} names it`]);
    }
    expect(desk.rows.get(ID)).toMatchObject({ version: 1 });
    // Once nobody names it.
    desk.rows.delete(NIGHT);
    expect((await desk.turn("disabled", ADMIN, 1)).ok).toBe(true);
    expect((await desk.remove(ADMIN, 2)).ok).toBe(true);
  });

  it("tells somebody who may not see those only how many they are", async () => {
    const desk = needed(brands("shoes"));
    const refused = await desk.remove(BRAND, 1);
    expect(codeOf(refused)).toBe("subscription_needed");
    expect(named(refused)).toEqual(["1 more name it"]);
  });

  it("does not become a stream, nor one of fewer brands; what cuts nobody off it may become", async () => {
    const stream = { channel: { type: "webhook", url: "https://platform.example/x", stream: true } };
    for (const more of [stream, { filter: { brands: ["hats"] } }]) {
      const desk = needed();
      expect(codeOf(await desk.save(ADMIN, 1, more))).toBe("subscription_needed");
      expect(desk.rows.get(ID)?.version).toBe(1);
    }
    expect((await needed().save(ADMIN, 1, { name: "Other", channel: { type: "inbox" } })).ok).toBe(true);
  });

  it("may name one that names it", async () => {
    expect((await needed().save(ADMIN, 1, passing(NIGHT))).ok).toBe(true);
  });
});

describe("to whom a duty is passed on", () => {
  it.each(["by_hand", "gone", "failing", "unsubscribed", "unconfirmed", "owner_gone"] as const)(
    "is not one that stands still: %s",
    async (why) => {
      const still = exampleSubscription({}, { id: NIGHT, paused: { why, at: NOW.toISOString() } });
      expect(pointersOf(await editor(still).save(ADMIN, 0, passing(NIGHT)))).toEqual(wrong);
      // It came to stand still later: other things are changed all the same.
      const desk = editor(still, exampleSubscription(passing(NIGHT), { id: ID }));
      expect((await desk.save(ADMIN, 1, { ...passing(NIGHT), name: "Renamed" })).ok).toBe(true);
    },
  );

  it("hears of every brand that the one who passes it on hears of", async () => {
    const ofHats = exampleSubscription({ filter: { brands: ["hats"] } }, { id: NIGHT });
    const save = (filter: object) => editor(ofHats).save(ADMIN, 0, { ...passing(NIGHT), filter });
    expect(pointersOf(await save({}))).toEqual(wrong);
    expect(pointersOf(await save({ brands: ["hats", "shoes"] }))).toEqual(wrong);
    expect((await save({ brands: ["hats"] })).ok).toBe(true);
  });
});

describe("a change whose answer was lost", () => {
  it("is told to the topics by its repeat, where it died before it was", async () => {
    const it = editor();
    await it.save(ADMIN, 0);
    const [before] = it.wants;
    it.wants.length = 0;
    await it.save(ADMIN, 0);
    expect(it.wants).toEqual([before]);
    it.wants.length = 0;
    await it.turn("enabled", ADMIN, 1, later(1));
    expect(it.wants).toEqual([before]);
  });
});
