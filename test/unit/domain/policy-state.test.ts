import { describe, expect, it } from "vitest";
import {
  activate,
  type Change,
  deactivate,
  MOST_ACTIVE,
  MOST_SHADOWS,
  NO_POLICIES,
  type PolicyState,
  policyState,
  rollBack,
  startShadow,
  stopShadow,
} from "../../../shared/domain/policy-state.ts";

const who = (by: string, note = "because") => ({ by: `key:${by}`, at: "2026-11-22T15:04:05Z", note });
const house = (version: number) => ({ id: "house", version });

function next(change: Change): PolicyState {
  if (change.kind !== "next") throw new Error(change.kind);
  return policyState.parse(change.state);
}
const activeVersions = (state: PolicyState) => state.active.map(({ id, version }) => `${id} ${version}`);

const upTo = (version: number): PolicyState =>
  Array.from({ length: version }, (_, index) => index + 1).reduce(
    (state, one) => next(activate(state, house(one), who("a"))),
    NO_POLICIES,
  );

describe("activating", () => {
  it("makes a version the only active one of its policy, says who and why, and counts the epoch", () => {
    const other = next(activate(upTo(1), { id: "garden", version: 7 }, who("b", "spring")));
    const state = next(activate(other, house(2), who("c", "links")));
    expect(activeVersions(state)).toEqual(["garden 7", "house 2"]);
    expect(state.epoch).toBe(3);
    expect(state.history[0]).toEqual({
      epoch: 3,
      event: "activated",
      id: "house",
      version: 2,
      from: 1,
      ...who("c", "links"),
    });
    expect(activate(state, house(2), who("d"))).toEqual({ kind: "unchanged" });
  });

  it("of as many policies as fit", () => {
    let state = NO_POLICIES;
    for (let count = 0; count < MOST_ACTIVE; count += 1)
      state = next(activate(state, { id: `policy-${count}`, version: 1 }, who("a")));
    expect(activate(state, house(1), who("a"))).toEqual({ kind: "full" });
    expect(next(activate(state, { id: "policy-3", version: 2 }, who("a"))).active).toHaveLength(MOST_ACTIVE);
    expect(state.history).toHaveLength(50);
    expect(state.history[0]?.epoch).toBe(MOST_ACTIVE);
  });

  it("ends the shadow that it was", () => {
    const shadowed = next(startShadow(next(startShadow(upTo(1), house(2), who("a"))), house(3), who("a")));
    expect(next(activate(shadowed, house(3), who("a"))).shadows.map(({ version }) => version)).toEqual([2]);
  });
});

describe("rolling back", () => {
  it("leads one step back each time, never forward again, and out where it began", () => {
    let state = upTo(3);
    const seen = [3, 2, 1].map(() => {
      state = next(rollBack(state, "house", who("b", "worse")));
      return activeVersions(state);
    });
    expect(seen).toEqual([["house 2"], ["house 1"], []]);
    expect(state.history.slice(0, 3).map(({ event, from, version }) => [event, from, version])).toEqual([
      ["rolled_back", 1, undefined],
      ["rolled_back", 2, 1],
      ["rolled_back", 3, 2],
    ]);
    expect(rollBack(state, "house", who("b"))).toEqual({ kind: "nothing" });
    expect(rollBack(state, "garden", who("b"))).toEqual({ kind: "nothing" });
  });

  it("after a rollback and a new activation leads to what was active in between", () => {
    const back = next(rollBack(upTo(2), "house", who("b")));
    const mended = next(activate(back, house(3), who("b")));
    expect(activeVersions(next(rollBack(mended, "house", who("b"))))).toEqual(["house 1"]);
  });

  it("undoes a deactivation", () => {
    const ended = next(deactivate(upTo(2), "house", who("b")));
    expect(ended.active).toEqual([]);
    expect(activeVersions(next(rollBack(ended, "house", who("b"))))).toEqual(["house 2"]);
    expect(deactivate(ended, "house", who("b"))).toEqual({ kind: "nothing" });
  });
});

describe("shadows", () => {
  it("run beside what is active, up to a few, and end", () => {
    let state = upTo(1);
    expect(startShadow(state, house(1), who("a"))).toEqual({ kind: "unchanged" });
    for (let version = 2; version < 2 + MOST_SHADOWS; version += 1)
      state = next(startShadow(state, house(version), who("a")));
    expect(activeVersions(state)).toEqual(["house 1"]);
    expect(startShadow(state, house(2), who("a"))).toEqual({ kind: "unchanged" });
    expect(startShadow(state, house(9), who("a"))).toEqual({ kind: "full" });
    const stopped = next(stopShadow(state, house(3), who("b")));
    expect(stopped.shadows.map(({ version }) => version)).toEqual([2, 4]);
    expect(stopShadow(stopped, house(3), who("b"))).toEqual({ kind: "nothing" });
  });
});
