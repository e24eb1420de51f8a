import { describe, expect, it } from "vitest";
import { observeAndJudge } from "../../../functions/score-audience/observe-and-judge.ts";
import { type ItemMessage, verdictMessage } from "../../../shared/contracts/messages.ts";
import type { Item } from "../../../shared/domain/item.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";
import { audienceJudge } from "../../../shared/policy/judge-audience.ts";
import { prepareItem, toMessage } from "../../../shared/queue/prepare-item.ts";
import type { AudienceCounts } from "../../../shared/scoring/audience/audience-counts.ts";
import { audienceStates } from "../../../shared/store/audience-states.ts";
import { exampleFollow, exampleSnapshot } from "../domain/example-items.ts";
import { exampleKeys, NOW } from "../domain/examples.ts";
import { memoryAuthors, memoryNotes, memoryTopic, settingsOf } from "./ports.ts";
import { Life, memoryAudiences, memoryCohorts, memoryStates, memoryVerdictRows } from "./state-ports.ts";

const keys = exampleKeys();
const messageOf = async (item: Item): Promise<ItemMessage> =>
  toMessage(keys, "acme", await prepareItem(keys, "acme", item), NOW);
const judge = audienceJudge();

function world(marks?: number) {
  const verdicts = memoryVerdictRows();
  const states = memoryStates(marks);
  const audiences = memoryAudiences();
  const topic = memoryTopic();
  const notes = memoryNotes();
  const ports = {
    settingsOf: settingsOf({ publishAllowed: true }),
    keys,
    authors: memoryAuthors(),
    verdicts,
    states: audienceStates(states),
    cohorts: memoryCohorts(),
    audiences,
    topic,
    notes,
    policiesOf: async () => builtInPolicies,
    judge,
    clock: () => NOW,
  };
  const stepOf = (life = new Life(), more: Partial<Parameters<typeof observeAndJudge>[0]> = {}) => {
    const seen = {
      ...ports,
      verdicts: life.of(verdicts),
      states: audienceStates(life.of(states)),
      audiences: life.of(audiences),
      topic: life.of(topic),
      notes: life.of(notes),
    };
    return observeAndJudge({ ...seen, ...more });
  };
  const follows = () => (states.rows.get("acme#account#shop-1")?.state as AudienceCounts | undefined)?.follows;
  const versions = () => [...audiences.rows.values()];
  return { stepOf, step: stepOf(), verdicts, states, audiences, topic, notes, follows, versions };
}
const followersOf = ({ audience }: Verdict): number => audience?.followers ?? -1;

describe("a message of follows", () => {
  it("is counted, judged into the account's first version, published, and reflected", async () => {
    const it = world();
    await it.step(await messageOf(exampleFollow("m1", 3)));
    expect(it.follows()).toBe(3);
    expect(it.versions()).toMatchObject([
      { ref: { kind: "audience", id: "shop-1", revision: "v1" }, audience: { followers: 3 } },
    ]);
    expect(it.topic.published.map(({ message }) => verdictMessage.parse(message).verdict)).toEqual(it.versions());
    expect([...it.verdicts.rows.values()]).toMatchObject([{ state: "reflected", ref: { kind: "follow", id: "m1" } }]);
  });

  it("is counted once, however often and in whatever order it comes", async () => {
    const it = world();
    const messages = await Promise.all(Array.from({ length: 20 }, (_, n) => messageOf(exampleFollow(`m${n}`, n + 1))));
    await Promise.all([...messages, ...messages.toReversed(), ...messages].map((message) => it.step(message)));
    expect(it.follows()).toBe(210);
  });

  it("that comes again late is not counted anew, though the state has forgotten its mark", async () => {
    const it = world(2);
    const messages = await Promise.all(Array.from({ length: 5 }, (_, n) => messageOf(exampleFollow(`m${n}`))));
    for (const message of [...messages, ...messages]) await it.step(message);
    expect(it.follows()).toBe(5);
  });

  it("makes a new version only where it says something new, and publishes no other", async () => {
    const it = world();
    for (let n = 0; n < 30; n += 1) await it.step(await messageOf(exampleFollow(`m${n}`)));
    const counts = it.versions().map(followersOf);
    expect(counts.slice(8)).toEqual([9, 10, 12, 14, 16, 18, 20, 23, 26, 29]);
    expect(it.versions().map(({ ref }) => ref.revision)).toEqual(counts.map((_, index) => `v${index + 1}`));
    expect(it.topic.published).toHaveLength(counts.length);
  });

  it("killed after any of its calls and sent again ends where an undisturbed one does, with its event published", async () => {
    const first = await messageOf(exampleFollow("m1", 2));
    const second = await messageOf(exampleFollow("m2", 5));
    const whole = world();
    await whole.step(first);
    const life = new Life();
    await whole.stepOf(life)(second);
    const end = ({ states, audiences, verdicts }: ReturnType<typeof world>) => [
      states.rows,
      audiences.rows,
      verdicts.rows,
    ];
    expect(life.calls).toBeGreaterThan(5);
    for (let most = 0; most < life.calls; most += 1) {
      const it = world();
      await it.step(first);
      await expect(it.stepOf(new Life(most))(second)).rejects.toThrow("killed");
      await it.step(second);
      expect(end(it), `killed after ${most} calls`).toEqual(end(whole));
      const told = it.topic.published.map(({ message }) => verdictMessage.parse(message).verdict.ref.revision);
      expect(told, `killed after ${most} calls`).toContain("v2");
      const noted = it.notes.calls.flatMap((call) => call.noted.map(({ made }) => made.ref.revision));
      expect(noted, `killed after ${most} calls`).toContain("v2");
    }
  });

  it("publishes the version again where it died before it was reflected, and nothing once it was", async () => {
    const it = world();
    const message = await messageOf(exampleFollow("m1"));
    const life = new Life();
    await it.stepOf(life)(message);
    const again = world();
    await expect(again.stepOf(new Life(life.calls - 1))(message)).rejects.toThrow("killed");
    expect(again.topic.published).toHaveLength(1);
    await again.step(message);
    expect(again.topic.published).toHaveLength(2);
    await again.step(message);
    expect(again.topic.published).toHaveLength(2);
  });

  it("with other content under a known revision is a conflict, and counts nowhere", async () => {
    const it = world();
    await it.step(await messageOf(exampleFollow("m1", 2)));
    const other = await messageOf({ ...exampleFollow("m2", 9), id: "m1" });
    await expect(it.step(other)).rejects.toMatchObject({ code: "revision_conflict" });
    expect(it.follows()).toBe(2);
    expect(it.topic.published).toHaveLength(1);
  });

  it("never makes a version that rests on less than the one before it", async () => {
    const it = world();
    const few = await messageOf(exampleFollow("m1", 1));
    // Only these can be judged, so that a version without them would say something else.
    const thin = { favourites: 0, followers: 0, following: 900, statuses: 0, bioLength: 0, defaultImage: true };
    const judgeable = exampleFollow("m2", 50).followers.map((one) => ({ ...one, profile: thin }));
    const many = await messageOf({ ...exampleFollow("m2"), followers: judgeable });
    // While the first message waits to be judged, the second is counted, judged and published.
    let overtaken = false;
    const latest: typeof it.audiences.latest = async (...args) => {
      if (!overtaken) {
        overtaken = true;
        await it.step(many);
      }
      return it.audiences.latest(...args);
    };
    await it.stepOf(new Life(), { audiences: { ...it.audiences, latest } })(few);
    expect(it.versions()).toMatchObject([{ audience: { followers: 51, scored: 50 } }]);
  });

  it("tries the next version where another message took this one", async () => {
    const it = world();
    const message = await messageOf(exampleFollow("m1", 50));
    let beaten = false;
    const add: typeof it.audiences.add = async (...args) => {
      if (!beaten) {
        beaten = true;
        await it.step(await messageOf(exampleFollow("m2", 1)));
      }
      return it.audiences.add(...args);
    };
    await it.stepOf(new Life(), { audiences: { ...it.audiences, add } })(message);
    expect(it.versions().map(followersOf)).toEqual([51]);
    expect([...it.verdicts.rows.values()].map(({ state }) => state)).toEqual(["reflected", "reflected"]);
  });

  it("comes back where versions are taken for ever, and is counted once all the same", async () => {
    const it = world();
    const message = await messageOf(exampleFollow("m1"));
    const never = { ...it.audiences, add: async () => false };
    await expect(it.stepOf(new Life(), { audiences: never })(message)).rejects.toThrow(/contended/);
    expect(it.verdicts.rows.size).toBe(0);
    await it.step(message);
    expect([it.follows(), it.versions().length, it.topic.published.length]).toEqual([1, 1, 1]);
  });

  it("goes on counting versions after one whose time is over", async () => {
    const it = world();
    const expired = { ...it.audiences, latest: async () => ({ version: 4, verdict: undefined }) };
    await it.stepOf(new Life(), { audiences: expired })(await messageOf(exampleFollow("m1")));
    expect(it.versions().map(({ ref }) => ref.revision)).toEqual(["v5"]);
  });

  it("of an account that asked to be forgotten leaves nothing behind; forgotten in between it gets no verdict", async () => {
    const it = world();
    const message = await messageOf(exampleFollow("m1"));
    await it.stepOf(new Life(), { authors: memoryAuthors({ "shop-1": NOW }) })(message);
    expect([it.states.rows.size, it.audiences.rows.size, it.verdicts.rows.size]).toEqual([0, 0, 0]);
    const latest: typeof it.audiences.latest = async (...args) => {
      await audienceStates(it.states).forget("acme", "shop-1");
      return it.audiences.latest(...args);
    };
    await it.stepOf(new Life(), { audiences: { ...it.audiences, latest } })(message);
    expect([it.audiences.rows.size, it.topic.published.length]).toEqual([0, 0]);
  });
});

describe("two accounts that bought from one seller", () => {
  const thin = { favourites: 0, followers: 0, following: 900, statuses: 0, bioLength: 0, defaultImage: true };
  const genuine = {
    favourites: 900,
    followers: 700,
    following: 300,
    statuses: 800,
    bioLength: 80,
    defaultImage: false,
  };
  const HOUR = 3_600_000;
  const at = (hours: number): string => new Date(NOW.getTime() - hours * HOUR).toISOString();
  /** Three calm days, and then the seller's accounts within an hour. */
  const story = (account: string, bots: string): Item[] => {
    const calm = Array.from({ length: 72 }, (_, hour) => ({
      ...exampleFollow(`${account}-calm-${hour}`, 4, account),
      followers: [0, 1, 2, 3].map((n) => ({
        id: `${account}-${hour}-${n}`,
        followedAt: at(75 - hour),
        profile: genuine,
      })),
    }));
    const block = Array.from({ length: 900 }, (_, n) => ({ id: `${bots}-${n}`, followedAt: at(2), profile: thin }));
    return [...calm, { ...exampleFollow(`${account}-block`, 1, account), followers: block }];
  };
  const play = async (it: ReturnType<typeof world>, items: readonly Item[]): Promise<void> => {
    for (const item of items) await it.step(await messageOf(item));
  };
  const signalsOf = (it: ReturnType<typeof world>, account: string) =>
    it
      .versions()
      .filter(({ ref }) => ref.id === account)
      .at(-1)
      ?.audience?.windows.map(({ signals }) => signals?.includes("shared_cohort"));

  it("are told of it, the second at once, and the first with its next message that says something new", async () => {
    const it = world();
    await play(it, [...story("first", "bots"), ...story("second", "bots"), ...story("third", "others")]);
    expect([signalsOf(it, "first"), signalsOf(it, "second"), signalsOf(it, "third")]).toEqual([
      [false],
      [true],
      [false],
    ]);
    const [label] = it.versions().findLast(({ ref }) => ref.id === "second")?.labels ?? [];
    expect(label?.reasons.map(({ code }) => code)).toContain("audience.added");
    const more = Array.from({ length: 100 }, (_, n) => ({ id: `more-${n}`, followedAt: at(2), profile: thin }));
    await play(it, [{ ...exampleFollow("first-more", 1, "first"), followers: more }]);
    expect(signalsOf(it, "first")).toEqual([true]);
    // Every version is told of.
    expect(it.topic.published).toHaveLength(it.versions().length);
  });
});

describe("a snapshot", () => {
  it("sets the count to which later follows add, each once", async () => {
    const it = world();
    const snapshot = await messageOf(exampleSnapshot("s1", 1000));
    await it.step(await messageOf(exampleFollow("m1", 3)));
    for (let round = 0; round < 2; round += 1) await it.step(snapshot);
    expect(it.versions().map(followersOf)).toEqual([3, 1000]);
    expect(it.verdicts.rows.get("acme#audience#s1#r1")).toMatchObject({ state: "reflected" });
  });
});
