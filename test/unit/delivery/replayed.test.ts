import { expect, it } from "vitest";
import { concluded, type Delivery, lookAfter, postponed, replayed } from "../../../shared/domain/delivery.ts";

const NOW = new Date("2026-11-23T00:00:00Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

const made = (minutes = 0): Delivery => ({
  id: "msg_AAAAAAAAAAAAAAAAAAAAAA",
  tenant: "acme",
  subscription: "sub_aaaaaaaaaaaa",
  type: "alert.opened",
  about: "alr_1",
  createdAt: later(minutes).toISOString(),
  state: "waiting",
  attempts: [],
  round: { since: later(minutes).toISOString(), attempts: 0 },
  version: 1,
});

it("replays whatever has ended, as if it were new", () => {
  for (const state of ["delivered", "failed", "cancelled"] as const)
    expect(replayed(concluded(made(), state, "test"), later(5))).toEqual({
      ...made(),
      nextAt: later(5).toISOString(),
      round: { since: later(5).toISOString(), attempts: 0 },
      version: 3,
    });
});

it("replays what waits where no queue is about to bring it: it was lost, or waits for hours", () => {
  const isReplayed = (waiting: Delivery, minutes: number) => replayed(waiting, later(minutes)) !== undefined;
  expect([0, 14, 16, 999].map((minutes) => isReplayed(made(), minutes))).toEqual([false, false, true, true]);
  const next = postponed(made(), later(600));
  expect([1, 584, 586, 614, 616].map((minutes) => isReplayed(next, minutes))).toEqual([true, true, false, false, true]);
});

it("replays nothing that was made over 30 days ago, however often it was replayed since", () => {
  const old = concluded(made(-30 * 1440 - 1), "failed", "test");
  expect(replayed(old, NOW)).toBeUndefined();
  const young = concluded(made(-30 * 1440 + 1), "failed", "test");
  const again = replayed(young, NOW);
  if (!again) throw new Error("it cannot be replayed");
  expect(replayed(concluded(again, "failed", "test"), later(2))).toBeUndefined();
});

it("is looked after a quarter of an hour after its time", () => {
  expect(lookAfter(made())).toEqual(later(15));
  expect(lookAfter(postponed(made(), later(600)))).toEqual(later(615));
});
