import { beforeAll, describe, expect, test } from "vitest";
import { offlineJudge } from "../../../cli/score/offline-judge.ts";
import { campaignsIn } from "../../../eval/campaigns/campaigns.ts";
import { honestWorld } from "../../../eval/campaigns/honest-world.ts";
import { type Outcome, replay } from "../../../eval/campaigns/replay.ts";
import { campaignReport } from "../../../eval/campaigns/report.ts";
import { item } from "../../../shared/domain/item.ts";

const world = honestWorld(7, 2_400);
const campaigns = campaignsIn(world, 7);
const told = [...world.told, ...campaigns.flatMap((campaign) => campaign.told)];

describe("made-up campaigns", () => {
  let outcomes: readonly Outcome[] = [];
  beforeAll(async () => {
    let now = new Date(0);
    outcomes = await replay(
      told,
      offlineJudge(() => now),
      (time) => {
        now = time;
      },
      () => undefined,
    );
  }, 120_000);

  const of = (name: string) => outcomes.filter(({ campaign }) => campaign === name);
  const share = (some: readonly Outcome[], is: (one: Outcome) => boolean) => some.filter(is).length / some.length;
  const suspected = (one: Outcome) => one.suspected;

  test("are the same for the same seed, of valid reviews with ids of their own", () => {
    expect(honestWorld(7, 2_400).told).toEqual(world.told);
    for (const { review } of told.slice(0, 200)) expect(item.parse(review)).toEqual(review);
    expect(new Set(told.map(({ review }) => review.id)).size).toBe(told.length);
  });

  test("on the owner's own device are all found", () => {
    const linked = of("investors").filter(({ codes }) => codes.includes("review.owner_device"));
    expect(linked).toHaveLength(16);
    expect(share(linked, suspected)).toBe(1);
  });

  test("of one text, respelled each time, are found from the third copy on", () => {
    expect(share(of("copies").slice(2), suspected)).toBeGreaterThan(0.8);
  });

  test("of accounts in lockstep are found, once they were seen together", () => {
    expect(share(of("brigade").slice(-400), suspected)).toBeGreaterThan(0.5);
  });

  test("of bombing are named within ten reviews, and held without suspecting those who wrote", () => {
    const bombs = of("bombing");
    expect(bombs.findIndex(({ labels }) => labels.includes("rating_storm"))).toBeLessThan(10);
    expect(share(bombs, ({ labels }) => labels.includes("rating_storm"))).toBeGreaterThan(0.9);
    expect(share(bombs, suspected)).toBeLessThan(0.05);
  });

  test("leave honest reviews alone, those of a true scandal too", () => {
    const honest = outcomes.filter(({ campaign }) => campaign === undefined);
    expect(share(honest, suspected)).toBeLessThan(0.01);
    expect(
      share(
        honest.filter(({ first }) => first),
        suspected,
      ),
    ).toBeLessThan(0.01);
    expect(outcomes.filter(({ review, suspected: one }) => review.target.id === world.scandal.id && one)).toEqual([]);
  });

  test("are reported with their numbers", () => {
    const report = campaignReport(world, campaigns, outcomes).join("\n");
    for (const { name } of campaigns) expect(report).toContain(`${name}: `);
    expect(report).toMatch(/bombed-restaurant: .*storm named from review (?:[1-9]|10) of 600 on/);
    expect(report).not.toMatch(/NaN|undefined/);
  });
});
