import { describe, expect, it } from "vitest";
import { type Verdict, verdict } from "../../../shared/domain/verdict.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";
import { audienceJudge, revisionOf, saysSomethingNew } from "../../../shared/policy/judge-audience.ts";
import { emptyAudience, observeFollows } from "../../../shared/scoring/audience/audience-state.ts";
import { NOW } from "../domain/examples.ts";
import { follows, generator, observe, person, thin } from "../scoring/audience/follows.ts";

const judge = audienceJudge();
const judged = (state = emptyAudience(), version = 1): Verdict =>
  judge({
    tenant: "acme",
    policies: builtInPolicies,
    account: "shop-1",
    version,
    digest: "d".repeat(43),
    state,
    receivedAt: NOW,
    now: NOW,
  });
const calm = follows({ from: 0, hours: 168, perHour: 4, profile: person, thinShare: 0.05 }, generator(1));
const block = follows({ from: 120, hours: 2, perHour: 1000, profile: thin }, generator(2));

describe("the verdict on an audience", () => {
  it("has its version for a revision, the account for an author, and fits its schema", () => {
    const made = judged(observe(calm), 7);
    expect(made).toMatchObject({
      ref: { kind: "audience", id: "shop-1", revision: revisionOf(7) },
      authorId: "shop-1",
      action: "allow",
      visibility: "public",
      audience: { account: "shop-1", followers: calm.length, windows: [] },
    });
    expect(verdict.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
    // Nought is kept only where it is not the same as unknown.
    const zeros = Object.keys(made.features).filter((name) => made.features[name] === 0);
    expect(["fake_share", "fake_share_low", "fake_share_high"]).toEqual(expect.arrayContaining(zeros));
  });

  it("says what a bought block rests on", () => {
    const made = judged(observe([...calm, ...block]));
    expect(made).toMatchObject({ action: "flag", policy: { rule: "bought-followers" } });
    expect(made.audience?.windows.filter(({ kind }) => kind === "bought")).toHaveLength(1);
    expect(made.audience?.fakeShare?.low).toBeGreaterThan(0.4);
    expect(verdict.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
  });

  it("leaves the share out where too little is known", () => {
    const state = observeFollows(emptyAudience(), [{ id: "f-1", followedAt: NOW.toISOString() }], "shop-1");
    expect(judged(state).audience).toEqual({ account: "shop-1", followers: 1, scored: 0, windows: [] });
  });
});

describe("a new version", () => {
  const audience = { account: "shop-1", followers: 100, scored: 50, windows: [] };
  const share = (estimate: number) => ({ estimate, low: 0, high: 1 });
  const verdictWith = (more: Partial<Verdict["audience"]> = {}): Verdict => ({
    ...judged(),
    audience: { ...audience, ...more },
  });
  const [label] = judged(observe([...calm, ...block])).labels;
  if (!label) throw new Error("no label");
  const window = {
    start: "2026-11-22T10:00:00.000Z",
    end: "2026-11-22T11:00:00.000Z",
    followers: 50,
    suspicious: 10,
    kind: "viral" as const,
  };

  it.each<[string, Verdict, Verdict, boolean]>([
    ["where there was none", undefined as never, verdictWith(), true],
    ["not where nothing changed but its number and time", judged(), judged(emptyAudience(), 2), false],
    ["not at a growth of exactly a tenth", verdictWith(), verdictWith({ followers: 110 }), false],
    ["at a growth over a tenth", verdictWith(), verdictWith({ followers: 111 }), true],
    ["at the first follower", verdictWith({ followers: 0 }), verdictWith({ followers: 1 }), true],
    ["not where a few less follow", verdictWith(), verdictWith({ followers: 91 }), false],
    ["where a tenth less follow", verdictWith(), verdictWith({ followers: 90 }), true],
    ["at the first known loss", verdictWith(), verdictWith({ lost: { days7: 0.01 } }), true],
    ["at a loss of more", verdictWith({ lost: { days7: 0.1 } }), verdictWith({ lost: { days7: 0.2 } }), true],
    ["not at a little more", verdictWith({ lost: { days30: 0.1 } }), verdictWith({ lost: { days30: 0.12 } }), false],
    ["at a note that was not there", verdictWith(), verdictWith({ notes: [{ code: "audience.note_shrunk" }] }), true],
    ["not at a note less", verdictWith({ notes: [{ code: "audience.note_self" }] }), verdictWith(), false],
    ["at the first known share", verdictWith(), verdictWith({ fakeShare: share(0) }), true],
    ["where the share is no more known", verdictWith({ fakeShare: share(0) }), verdictWith(), true],
    [
      "not at a share moved by .04",
      verdictWith({ fakeShare: share(0.1) }),
      verdictWith({ fakeShare: share(0.14) }),
      false,
    ],
    [
      "at a share moved by .06 up",
      verdictWith({ fakeShare: share(0.1) }),
      verdictWith({ fakeShare: share(0.16) }),
      true,
    ],
    [
      "at a share moved by .06 down",
      verdictWith({ fakeShare: share(0.16) }),
      verdictWith({ fakeShare: share(0.1) }),
      true,
    ],
    ["at a new window", verdictWith(), verdictWith({ windows: [window] }), true],
    [
      "not at a window that grew by a hair",
      verdictWith({ windows: [window] }),
      verdictWith({ windows: [{ ...window, followers: 51 }] }),
      false,
    ],
    [
      "at a window that grew by half",
      verdictWith({ windows: [window] }),
      verdictWith({ windows: [{ ...window, followers: 75 }] }),
      true,
    ],
    [
      "at a bought window that grew by a twentieth",
      verdictWith({ windows: [{ ...window, kind: "bought", followers: 10_000 }] }),
      verdictWith({ windows: [{ ...window, kind: "bought", followers: 10_500 }] }),
      true,
    ],
    [
      "at another signal",
      verdictWith({ windows: [{ ...window, signals: ["hour_spike"] }] }),
      verdictWith({ windows: [{ ...window, signals: ["hour_spike", "batch_made"] }] }),
      true,
    ],
    [
      "not where ten minutes are not told any more",
      verdictWith({ windows: [{ ...window, start: "2026-11-22T10:20:00.000Z" }] }),
      verdictWith({ windows: [window] }),
      false,
    ],
    [
      "at a window of another kind",
      verdictWith({ windows: [window] }),
      verdictWith({ windows: [{ ...window, kind: "bought" }] }),
      true,
    ],
    ["at another action", verdictWith(), { ...verdictWith(), action: "flag" }, true],
    ["at a new label", verdictWith(), { ...verdictWith(), labels: [label] }, true],
    [
      "not at a label that is surer by a hair",
      { ...verdictWith(), labels: [{ ...label, probability: 0.81 }] },
      { ...verdictWith(), labels: [{ ...label, probability: 0.84 }] },
      false,
    ],
    [
      "at a label that is surer by a tenth",
      { ...verdictWith(), labels: [{ ...label, probability: 0.7 }] },
      { ...verdictWith(), labels: [{ ...label, probability: 0.8 }] },
      true,
    ],
  ])("is due %s", (_, old, next, due) => {
    expect(saysSomethingNew(old, next)).toBe(due);
  });
});
