import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDeltas, emptyCounts } from "../../../../shared/scoring/audience/audience-counts.ts";
import {
  type AudienceState,
  emptyAudience,
  type Follower,
  observeFollows,
  observeSnapshot,
  parseAudience,
} from "../../../../shared/scoring/audience/audience-state.ts";
import { deltaOf } from "../../../../shared/scoring/audience/follow-delta.ts";
import { pack, unpack } from "../../../../shared/store/state-row.ts";
import { follows, generator, HOUR, person, START, thin } from "./follows.ts";

const MINUTE = 60_000;
const DAY = 24 * HOUR;
const random = generator(11);
const profiles = [undefined, {}, ...Array.from({ length: 4 }, () => person(random)), thin(random), thin(random)];

const followersOver = (minutes: number): fc.Arbitrary<Follower> =>
  fc
    .record({
      id: fc.integer({ min: 0, max: 300 }),
      minutes: fc.integer({ min: 0, max: minutes }),
      profile: fc.constantFrom(...profiles),
    })
    .map(({ id, minutes: at, profile }) => ({
      id: `f${id}`,
      followedAt: new Date(START + at * MINUTE).toISOString(),
      ...(profile === undefined ? {} : { profile }),
    }));
const messagesOver = (minutes: number) =>
  fc.array(fc.array(followersOver(minutes), { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 12 });
const play = (all: readonly (readonly Follower[])[], from = emptyAudience()): AudienceState =>
  all.reduce((state, message) => observeFollows(state, message, "account"), from);
const timeOf = ({ followedAt }: Follower): number => Date.parse(followedAt);

/** Messages of a few followers each, in an order in which nobody comes more than an hour after somebody later. */
function delivered(events: readonly Follower[], delays: Iterator<number>, sizes: Iterator<number>): Follower[][] {
  const late = events
    .map((event) => ({ event, at: timeOf(event) + ((delays.next().value ?? 0) % (HOUR - 1)) }))
    .sort((a, b) => a.at - b.at);
  const messages: Follower[][] = [];
  for (let from = 0; from < late.length; ) {
    const size = 1 + ((sizes.next().value ?? 0) % 5);
    messages.push(late.slice(from, from + size).map(({ event }) => event));
    from += size;
  }
  return messages;
}
const once = (events: readonly Follower[]): Follower[] => events.map((event, index) => ({ ...event, id: `e${index}` }));

describe("observeFollows", () => {
  it("ends in the same state in any order within an hour of event time, however the follows are put into messages", () => {
    fc.assert(
      fc.property(
        fc.array(followersOver(60 * 24 * 60), { minLength: 1, maxLength: 200 }),
        fc.infiniteStream(fc.nat()),
        fc.infiniteStream(fc.nat()),
        fc.infiniteStream(fc.nat()),
        (some, delays, others, sizes) => {
          const events = once(some);
          expect(play(delivered(events, delays, sizes))).toEqual(play(delivered(events, others, sizes)));
        },
      ),
      { numRuns: 100 },
    );
  });

  it("ends in the same state in any order of fourteen days, gaps between follows apart", () => {
    fc.assert(
      fc.property(messagesOver(13 * 24 * 60), fc.infiniteStream(fc.nat()), (all, keys) => {
        const shuffled = all
          .map((message) => ({ message: message.toReversed(), key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ message }) => message);
        const without = ({ counts, sample }: AudienceState) => ({ ...counts, gaps: undefined, sample });
        expect(without(play(shuffled))).toEqual(without(play(all)));
      }),
      { numRuns: 100 },
    );
  });

  it("comes to the same where messages are added together, as a batch or from a log", () => {
    fc.assert(
      fc.property(
        fc.array(followersOver(60 * 24 * 60), { minLength: 1, maxLength: 200 }),
        fc.infiniteStream(fc.nat()),
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 10 }),
        (some, delays, sizes, batch) => {
          const messages = delivered(once(some), delays, sizes);
          const deltas = messages.map((message) => deltaOf(message, "account").delta);
          let counts = emptyCounts();
          for (let from = 0; from < deltas.length; from += batch)
            counts = addDeltas(counts, JSON.parse(JSON.stringify(deltas.slice(from, from + batch))));
          expect(counts).toEqual(play(messages).counts);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("keeps the sample and the daily sketches when a message comes again, whatever came in between", () => {
    fc.assert(
      fc.property(messagesOver(30 * 24 * 60), fc.nat(), (all, pick) => {
        const again = all[pick % all.length] ?? [];
        const state = play(all);
        expect(play([again], state).sample).toBe(state.sample);
      }),
      { numRuns: 100 },
    );
  });

  it("counts a follower once in a message, and changes no state it was given", () => {
    const follower = { id: "f", followedAt: new Date(START).toISOString() };
    const before = Object.freeze(emptyAudience());
    const after = observeFollows(before, [follower, follower, { ...follower, id: "g" }], "account");
    expect(after.counts.follows).toBe(2);
    expect(before).toEqual(emptyAudience());
  });

  it("does not count an account that follows itself, and says so", () => {
    const followedAt = new Date(START).toISOString();
    const state = observeFollows(
      emptyAudience(),
      [
        { id: "account", followedAt },
        { id: "f", followedAt },
      ],
      "account",
    );
    expect(state.counts).toMatchObject({ follows: 1, self: 1 });
    expect(state.sample.followers.hashes).toHaveLength(1);
    const alone = observeFollows(state, [{ id: "account", followedAt }], "account");
    expect(alone.counts).toMatchObject({ follows: 1, self: 2 });
  });

  it("takes a profile that was made after the follow as one whose making is not known", () => {
    const followedAt = new Date(START).toISOString();
    const profile = { ...thin(random), createdAt: new Date(START + 3 * DAY).toISOString() };
    const state = observeFollows(emptyAudience(), [{ id: "f", followedAt, profile }], "account");
    expect(state.sample.followers.born).toEqual([-1]);
    expect(state.counts.allAges.reduce((sum, count) => sum + count, 0)).toBe(0);
  });

  it("samples evenly: every follower has the same chance whenever they came", () => {
    const events = follows({ from: 0, hours: 100, perHour: 101 }, generator(12));
    let early = 0;
    for (let account = 0; account < 10; account++) {
      const state = observeFollows(emptyAudience(), events, `account${account}`);
      const first = observeFollows(emptyAudience(), events.slice(0, events.length / 2), `account${account}`);
      const kept = new Set(first.sample.followers.hashes);
      early += state.sample.followers.hashes.filter((hash) => kept.has(hash)).length;
    }
    // 10 × 256 draws of a half: 1,280 ± 25.
    expect(Math.abs(early - 1280)).toBeLessThan(110);
  });

  it("judges no profile of which next to nothing is known", () => {
    const followedAt = new Date(START).toISOString();
    const { counts } = observeFollows(emptyAudience(), [{ id: "f", followedAt, profile: { listed: 0 } }], "account");
    expect(counts).toMatchObject({ follows: 1, scored: 0, suspicious: 0 });
  });

  it("remembers hours for six weeks, and each day for forty-five", () => {
    const daily = Array.from({ length: 70 * 24 }, (_, hour) =>
      Array.from({ length: hour % 24 === 12 ? 20 : 1 }, (__, index) => ({
        id: `h${hour}.${index}`,
        followedAt: new Date(START + hour * HOUR).toISOString(),
      })),
    );
    const { counts } = play(daily);
    expect(counts.days.columns[0]).toHaveLength(45);
    expect(counts.hours.columns[0]).toHaveLength(14 * 24);
    // ln 21 and ln 2 in eighths.
    expect(new Set(counts.weeks)).toEqual(new Set([24, 6]));
    expect(counts.weeks.filter((one) => one === 24)).toHaveLength(28);
  });
});

/** Bytes of a state's two rows as they are stored. */
const bytesOf = ({ counts, sample }: AudienceState) => [pack(counts).length, pack(sample).length] as const;

describe("the size of a state", () => {
  const grow = (days: number, perDay: number, seed: number): AudienceState => {
    const own = generator(seed);
    const some = [...Array.from({ length: 50 }, () => person(own)), ...Array.from({ length: 5 }, () => thin(own))];
    let state = emptyAudience();
    for (let day = 0; day < days; day++) {
      const events = Array.from({ length: perDay }, (_, index) => {
        const profile = some[Math.floor(own() * some.length)];
        return {
          id: `f${day}-${index}`,
          followedAt: new Date(START + (day + own()) * DAY).toISOString(),
          ...(profile === undefined ? {} : { profile }),
        };
      }).sort((a, b) => timeOf(a) - timeOf(b));
      for (let from = 0; from < events.length; from += 1_000)
        state = observeFollows(state, events.slice(from, from + 1_000), "account");
      const createdAt = new Date(START + day * DAY).toISOString();
      state = observeSnapshot(state, { createdAt, followerCount: 1_000_000 + day * perDay, sample: [] }, "account");
    }
    return state;
  };

  it.each([
    ["60 days of ten follows", 60, 10, 1_536, 4_608],
    ["60 days of 1,000 follows", 60, 1_000, 3_072, 5_632],
    ["20 days of 10,000 follows", 20, 10_000, 3_072, 5_632],
  ])("is small after %s", (_, days, perDay, mostCounts, mostSample) => {
    const state = grow(days, perDay, perDay + 1);
    const [counts, sample] = bytesOf(state);
    process.stdout.write(`${perDay} follows a day: counts ${counts} bytes, sample ${sample} bytes\n`);
    expect(counts).toBeLessThan(mostCounts);
    expect(sample).toBeLessThan(mostSample);
    expect(parseAudience(unpack(pack(state)) as AudienceState)).toEqual(state);
  });

  it("has a bound whatever comes: no list grows with the follows", () => {
    const own = generator(17);
    const huge = (): number => Math.floor(own() * 999_999_999);
    const columns = (count: number, length: number) =>
      Array.from({ length: count }, () => Array.from({ length }, huge));
    const state = emptyAudience();
    const largest = parseAudience({
      counts: {
        ...state.counts,
        tens: { newest: 9_999_999, columns: columns(3, 144) },
        hours: { newest: 999_999, columns: columns(3, 336) },
        days: { newest: 99_999, columns: columns(3, 45) },
        ages: { newest: 99_999, columns: columns(16, 14) },
        weeks: Array.from({ length: 672 }, () => Math.floor(own() * 128)),
      },
      sample: state.sample,
    });
    expect(pack(largest.counts).length).toBeLessThan(12_288);
  });
});

describe("observeSnapshot", () => {
  const snapshot = fc.record({
    minutes: fc.integer({ min: 0, max: 60 }),
    followerCount: fc.nat(1000),
    sampled: fc.constantFrom(0, 1, 29, 30, 31),
  });
  const taken = (list: readonly { minutes: number; followerCount: number; sampled: number }[]) =>
    list.reduce((state, { minutes, followerCount, sampled }) => {
      const createdAt = new Date(START + minutes * MINUTE).toISOString();
      const sample = Array.from({ length: sampled }, (_, index) => ({
        id: `s${minutes}.${index}`,
        profile: profiles[2] ?? {},
      }));
      return observeSnapshot(state, { createdAt, followerCount, sample }, "account");
    }, emptyAudience());

  it("keeps the latest thirty in any order, each time once, and the latest sample that is large enough", () => {
    fc.assert(
      fc.property(fc.array(snapshot, { maxLength: 60 }), (all) => {
        const state = taken(all);
        expect(state).toEqual(taken([...all.toReversed(), ...all]));
        expect(state.sample.snapshots.length).toBeLessThanOrEqual(30);
        const latest = Math.max(...all.map(({ minutes }) => minutes));
        if (all.length > 0) expect(state.sample.snapshots.at(-1)?.at).toBe(START / MINUTE + latest);
        const large = all.filter(({ sampled }) => sampled >= 30).map(({ minutes }) => minutes);
        if (large.length > 0) expect(state.sample.stated?.at).toBe(START / MINUTE + Math.max(...large));
      }),
      { numRuns: 100 },
    );
  });

  it("does not take the account itself for one of its sampled followers", () => {
    const createdAt = new Date(START).toISOString();
    const sample = [{ id: "account", profile: thin(random) }];
    expect(observeSnapshot(emptyAudience(), { createdAt, followerCount: 1, sample }, "account").sample.stated).toBe(
      undefined,
    );
  });
});
