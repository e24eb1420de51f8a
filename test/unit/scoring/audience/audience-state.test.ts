import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  audienceState,
  emptyAudience,
  type Follower,
  observeFollows,
  observeSnapshot,
} from "../../../../shared/scoring/audience/audience-state.ts";
import { follows, generator, HOUR, observe, person, START, thin } from "./follows.ts";

const MINUTE = 60_000;
const random = generator(11);
const profiles = [undefined, {}, ...Array.from({ length: 4 }, () => person(random)), thin(random), thin(random)];

const someFollower: fc.Arbitrary<Follower> = fc
  .record({
    id: fc.integer({ min: 0, max: 300 }),
    minutes: fc.integer({ min: 0, max: 30 * 24 * 60 }),
    profile: fc.constantFrom(...profiles),
  })
  .map(({ id, minutes, profile }) => ({
    id: `f${id}`,
    followedAt: new Date(START + minutes * MINUTE).toISOString(),
    ...(profile === undefined ? {} : { profile }),
  }));
const messages = fc.array(fc.array(someFollower, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 12 });
const play = (all: readonly (readonly Follower[])[]) =>
  all.reduce((state, message) => observeFollows(state, message, "account"), emptyAudience());

describe("observeFollows", () => {
  it("ends in the same state whatever the order of messages and of followers in them", () => {
    fc.assert(
      fc.property(messages, fc.infiniteStream(fc.nat()), (all, keys) => {
        const shuffled = all
          .map((message) => ({ message: message.toReversed(), key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ message }) => message);
        expect(play(shuffled)).toEqual(play(all));
      }),
      { numRuns: 100 },
    );
  });

  it("keeps the sample when a message comes again", () => {
    fc.assert(
      fc.property(messages, fc.nat(), (all, pick) => {
        const again = all[pick % all.length] ?? [];
        expect(play([...all, again]).sample).toEqual(play(all).sample);
      }),
      { numRuns: 100 },
    );
  });

  it("counts a follower once in a message, and changes no state it was given", () => {
    const follower = { id: "f", followedAt: new Date(START).toISOString() };
    const before = Object.freeze(emptyAudience());
    const after = observeFollows(before, [follower, follower, { ...follower, id: "g" }], "account");
    expect(after.follows).toBe(2);
    expect(before).toEqual(emptyAudience());
  });

  it("samples evenly: every follower has the same chance whenever they came", () => {
    const events = follows({ from: 0, hours: 100, perHour: 101 }, generator(12));
    let early = 0;
    for (let account = 0; account < 20; account++) {
      const state = observeFollows(emptyAudience(), events, `account${account}`);
      const first = observeFollows(emptyAudience(), events.slice(0, events.length / 2), `account${account}`);
      const kept = new Set(first.sample.hashes);
      early += state.sample.hashes.filter((hash) => kept.has(hash)).length;
    }
    // 20 × 64 draws of a half: 640 ± 18.
    expect(Math.abs(early - 640)).toBeLessThan(75);
  });

  it("judges no profile of which next to nothing is known", () => {
    const followedAt = new Date(START).toISOString();
    const state = observeFollows(emptyAudience(), [{ id: "f", followedAt, profile: { followers: 0 } }], "account");
    expect(state).toMatchObject({ follows: 1, scored: 0, suspicious: 0 });
  });

  it("stays below 10 KB after 200,000 follows over a month", () => {
    const own = generator(13);
    const some = [...Array.from({ length: 20 }, () => person(own)), ...Array.from({ length: 20 }, () => thin(own))];
    let state = emptyAudience();
    for (let message = 0; message < 200; message++) {
      const events = Array.from({ length: 1000 }, (_, index) => {
        const profile = some[index % some.length];
        return {
          id: `f${message}-${index}`,
          followedAt: new Date(START + own() * 30 * 24 * HOUR).toISOString(),
          ...(profile === undefined ? {} : { profile }),
        };
      });
      state = observeFollows(state, events, "account");
    }
    for (let day = 0; day < 40; day++) {
      const createdAt = new Date(START + day * 24 * HOUR).toISOString();
      state = observeSnapshot(state, { createdAt, followerCount: 10_000_000_000, sample: [] }, "account");
    }
    expect(state.follows).toBe(200_000);
    expect(JSON.stringify(state).length).toBeLessThan(10_240);
    expect(audienceState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });

  it("fits 10 KB at its very largest", () => {
    const most = Array.from({ length: 14 * 24 }, () => 999_999);
    const state = audienceState.parse({
      ...emptyAudience(),
      follows: 10_000_000_000,
      scored: 10_000_000_000,
      suspicious: 10_000_000_000,
      chanceSum: 1_000_000_000_000,
      hours: { newest: 999_999, columns: [most, most, most] },
      sample: { hashes: Array.from({ length: 64 }, () => 2 ** 42), chances: Array.from({ length: 64 }, () => 100) },
      snapshots: Array.from({ length: 30 }, () => ({ at: 99_999_999, followers: 10_000_000_000 })),
    });
    expect(JSON.stringify(state).length).toBeLessThan(10_240);
  });

  it("counts to the hour's ceiling and no further", () => {
    const events = follows({ from: 0, hours: 1, perHour: 500 }, generator(14));
    const full = observe(events);
    const brim = { ...full, hours: { ...full.hours, columns: [[999_900], [0], [0]] } };
    expect(observe(follows({ from: 0, hours: 1, perHour: 500 }, generator(15)), brim).hours.columns[0]).toEqual([
      999_999,
    ]);
  });
});

describe("observeSnapshot", () => {
  const snapshot = fc.record({ minutes: fc.integer({ min: 0, max: 60 }), followerCount: fc.nat(1000) });
  it("keeps the latest thirty in any order, each time once", () => {
    fc.assert(
      fc.property(fc.array(snapshot, { maxLength: 60 }), (all) => {
        const take = (list: typeof all) =>
          list.reduce((state, { minutes, followerCount }) => {
            const createdAt = new Date(START + minutes * MINUTE).toISOString();
            return observeSnapshot(state, { createdAt, followerCount, sample: [] }, "account");
          }, emptyAudience());
        const state = take(all);
        expect(state).toEqual(take([...all.toReversed(), ...all]));
        expect(state.snapshots.length).toBeLessThanOrEqual(30);
        const latest = Math.max(...all.map(({ minutes }) => minutes));
        if (all.length > 0) expect(state.snapshots.at(-1)?.at).toBe(START / MINUTE + latest);
      }),
      { numRuns: 100 },
    );
  });
});
