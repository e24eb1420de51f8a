import type { Item } from "../domain/item.ts";
import { type AudienceCounts, addDeltas, audienceCounts, emptyCounts } from "../scoring/audience/audience-counts.ts";
import {
  type AudienceSample,
  type AudienceState,
  addToSample,
  audienceSample,
  emptyAudienceSample,
  observedIn,
  type SampleDelta,
  snapshotDelta,
} from "../scoring/audience/audience-state.ts";
import type { AudienceDelta } from "../scoring/audience/follow-delta.ts";
import type { CountedStates, StateKind } from "./counted-states.ts";

export type AudienceItem = Extract<Item, { kind: "follow" | "audience" }>;

/** A message about an account: its identity, what it says, and since when it may have been counted. */
export interface AudienceNews {
  readonly id: string;
  readonly item: AudienceItem;
  readonly since: Date;
}

/** Days without a message after which an audience is forgotten. */
const DAYS = 400;
/** A partition takes a thousand write units a second; the logs of an account that millions follow get so many. */
const SHARDS = 2;
/** Tries of an optimistic write of the sample before its messages are given back to the queue. */
const TRIES = 12;

const countsIn = (stored: unknown): AudienceCounts =>
  stored === undefined ? emptyCounts() : audienceCounts.parse(stored);
const sampleIn = (stored: unknown): AudienceSample =>
  stored === undefined ? emptyAudienceSample() : audienceSample.parse(stored);

/** What was counted of an account's follows: changed by every message, each once. */
export const ACCOUNT: StateKind = {
  name: "account",
  days: DAYS,
  shards: SHARDS,
  after: (stored, events) => addDeltas(countsIn(stored), events as readonly AudienceDelta[]),
};

/** The sampled followers, the daily sketches and the platform's own counts: changed seldom, and by a repeat not at all. */
export const ACCOUNT_SAMPLE: StateKind = {
  name: "accountSample",
  days: DAYS,
  shards: 0,
  after(stored, events) {
    const before = sampleIn(stored);
    const after = addToSample(before, events as readonly SampleDelta[]);
    return after === before && stored !== undefined ? stored : after;
  },
};

export interface AudienceStates {
  /** Everything counted before, what waits in logs included; undefined where nothing is known of the account. */
  read(tenant: string, account: string, now: Date): Promise<AudienceState | undefined>;
  /**
   * Adds what messages say, each once however often it comes: at most one write of the sample and one of the counts.
   * @throws where the states were contended too long; the messages then come back
   */
  add(tenant: string, account: string, news: readonly AudienceNews[], now: Date): Promise<void>;
  /** Notes that another account gained so many of the followers that stand for a day. */
  share(tenant: string, account: string, day: number, count: number, now: Date): Promise<void>;
  /** Forgets an account, what waits in logs included. */
  forget(tenant: string, account: string): Promise<void>;
}

const saysSomething = ({ entries, cohort, snapshot }: SampleDelta): boolean =>
  entries.length > 0 || cohort.length > 0 || snapshot !== undefined;

/**
 * The states of audiences, in the table `signals`: two rows an account, so that a small message of follows, which seldom
 * changes the sample, rewrites only the counts. The sample goes first: it may be given the same again, the counts not.
 */
export function audienceStates(states: CountedStates): AudienceStates {
  const countsOf = (id: string) => ({ kind: ACCOUNT, id });
  const sampleOf = (id: string) => ({ kind: ACCOUNT_SAMPLE, id });
  const sketch = async (tenant: string, account: string, added: readonly SampleDelta[], now: Date): Promise<void> => {
    if (!(await states.sketch(tenant, sampleOf(account), added, now, TRIES)))
      throw new Error("the sample was contended too long");
  };
  return {
    async read(tenant, account, now) {
      const [counts, sample] = await Promise.all([
        states.exact(tenant, countsOf(account), now),
        states.exact(tenant, sampleOf(account), now),
      ]);
      if (counts === undefined && sample === undefined) return undefined;
      return { counts: countsIn(counts), sample: sampleIn(sample) };
    },
    async add(tenant, account, news, now) {
      const stored = sampleIn(await states.exact(tenant, sampleOf(account), now));
      const said = news.map(({ id, since, item }) => {
        if (item.kind === "audience") return { sample: snapshotDelta(item, account), counted: [] };
        const { delta, entries, cohort } = observedIn(stored, item.followers, account);
        return { sample: { entries, cohort }, counted: [{ id, since, event: delta }] };
      });
      const sampled = said.map(({ sample }) => sample).filter(saysSomething);
      // Repeats mostly end here: nothing is written where the sample holds them.
      if (sampled.length > 0) await sketch(tenant, account, sampled, now);
      const counted = said.flatMap((one) => one.counted);
      if (counted.length > 0) await states.count(tenant, countsOf(account), counted, now);
    },
    async share(tenant, account, day, count, now) {
      await sketch(tenant, account, [{ entries: [], cohort: [], shared: { day, count } }], now);
    },
    async forget(tenant, account) {
      await states.forget(tenant, sampleOf(account));
      await states.forget(tenant, countsOf(account));
    },
  };
}
