import { describe, expect, it } from "vitest";
import { amountOf } from "../../../eval/audiences/amounts.ts";
import { boughtBlock, DELIVERIES } from "../../../eval/audiences/bought-block.ts";
import { chance } from "../../../eval/audiences/chance.ts";
import { coverageCell, formulaCell, madeWorld } from "../../../eval/audiences/coverage.ts";
import { delayOf } from "../../../eval/audiences/delays.ts";
import { deliver, type Message, MINUTE, STEADY, truthAfter } from "../../../eval/audiences/deliver.ts";
import { honestYears } from "../../../eval/audiences/false-alarms.ts";
import { poissonInterval, quantile, rateText } from "../../../eval/audiences/figures.ts";
import { extrasOf, isFake, makeAccount, WHO } from "../../../eval/audiences/made-account.ts";
import { person, type Seller, sent, soldFollower, somePeople } from "../../../eval/audiences/made-profile.ts";
import { naiveDetector } from "../../../eval/audiences/naive-detectors.ts";
import { readOptions } from "../../../eval/audiences/options.ts";
import { DAY, HOUR, hourlyRates, timesAt } from "../../../eval/audiences/organic-growth.ts";
import { isMet, type Target, targetLine } from "../../../eval/audiences/targets.ts";
import { viralOutcome } from "../../../eval/audiences/viral.ts";
import { SHAPES, spikeTimes } from "../../../eval/audiences/viral-spike.ts";
import { UsageError } from "../../../eval/text/options.ts";
import { profile } from "../../../shared/domain/item.ts";

const BEGINS = Date.UTC(2024, 0, 1);
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const draws = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);
const isSorted = (times: ArrayLike<number>): boolean =>
  Array.from(times).every((at, index, all) => index === 0 || at >= (all[index - 1] ?? 0));

describe("chance", () => {
  const draw = chance(3);

  it("draws counts, multipliers and bells of the means and spreads that they are named for", () => {
    for (const expected of [0.3, 4, 70, 900]) {
      const counts = draws(4_000, () => draw.poisson(expected));
      const variance = mean(counts.map((count) => (count - mean(counts)) ** 2));
      expect(Math.abs(mean(counts) - expected)).toBeLessThan(5 * Math.sqrt(expected / 4_000));
      expect(variance / expected).toBeGreaterThan(0.85);
      expect(variance / expected).toBeLessThan(1.15);
    }
    expect(mean(draws(4_000, () => draw.multiplier(2)))).toBeCloseTo(1, 1);
    expect(mean(draws(4_000, () => draw.exponential()))).toBeCloseTo(1, 1);
    expect(mean(draws(4_000, () => draw.normal() ** 2))).toBeCloseTo(1, 1);
  });

  it("is the same for the same seed and another for another", () => {
    const of = (seed: number) => draws(5, chance(seed).uniform);
    expect(of(7)).toEqual(of(7));
    expect(of(7)).not.toEqual(of(8));
  });
});

const GROWTH = {
  perDay: 240,
  trend: 0,
  peakHour: 18,
  depth: 0.8,
  weekend: Math.log(0.5),
  mood: 0.05,
  hourShape: 20,
  goodPosts: 0,
};

describe("organic growth", () => {
  const rates = hourlyRates(GROWTH, BEGINS, 70, chance(5));
  const at = (of: (hour: number, weekday: number) => boolean): number =>
    mean(Array.from(rates).filter((_, hour) => of(hour % 24, new Date(BEGINS + hour * HOUR).getUTCDay())));

  it("has a day, a night and a weekend", () => {
    expect(at((hour) => hour === 18) / at((hour) => hour === 6)).toBeGreaterThan(5);
    const weekend = at((_, weekday) => weekday === 0 || weekday === 6) / at((_, weekday) => weekday > 0 && weekday < 6);
    expect(weekend).toBeGreaterThan(0.4);
    expect(weekend).toBeLessThan(0.6);
  });

  it("follows its rates, in order", () => {
    const times = timesAt(rates, BEGINS, chance(6));
    const expected = rates.reduce((sum, rate) => sum + rate, 0);
    expect(isSorted(times)).toBe(true);
    expect(Math.abs(times.length - expected)).toBeLessThan(5 * Math.sqrt(expected));
    expect(times[0]).toBeGreaterThanOrEqual(BEGINS);
    expect(times.at(-1)).toBeLessThan(BEGINS + 70 * DAY);
  });

  it("grows with its trend", () => {
    const grown = hourlyRates({ ...GROWTH, trend: 2 }, BEGINS, 365, chance(7));
    const [first, last] = [mean(Array.from(grown.slice(0, 720))), mean(Array.from(grown.slice(-720)))];
    expect(last / first).toBeGreaterThan(4);
  });
});

describe("spikes and blocks", () => {
  it.each(SHAPES)("%s: begin when told to and come in order", (shape) => {
    const times = spikeTimes(shape, BEGINS, 500, chance(8));
    expect(times.length).toBeGreaterThan(400);
    expect(times[0]).toBeGreaterThanOrEqual(BEGINS);
    expect(isSorted(times)).toBe(true);
  });

  it.each(DELIVERIES)("%s: delivers what was paid for, in order", (delivery) => {
    const { times, people } = boughtBlock(delivery, BEGINS, 800, chance(9));
    expect(times).toHaveLength(800);
    expect(isSorted(times)).toBe(true);
    expect(people).toHaveLength(delivery === "mixed" ? 800 : 0);
    const hours = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / HOUR;
    expect(hours).toBeLessThan(delivery === "drip" ? 240 : delivery === "metered" ? 37 : 4);
    if (delivery === "drip") expect(hours).toBeGreaterThan(70);
  });
});

const accountOf = (facts: "all" | "few" | "hidden") => {
  const draw = chance(10);
  const block = boughtBlock("mixed", BEGINS + 5 * DAY, 1_500, draw);
  const plan = { id: "a", begins: BEGINS, days: 10, before: 5_000, rate: 0.01, facts, seller: block.seller };
  return { draw, account: makeAccount(plan, extrasOf(block), draw) };
};

describe("an account", () => {
  const { account } = accountOf("all");

  it("knows of everybody who they are", () => {
    expect(account.times).toHaveLength(account.who.length);
    expect(isSorted(account.times)).toBe(true);
    const of = (kind: number): number => account.who.filter((who) => who === kind).length;
    expect(of(WHO.sold)).toBe(1_500);
    expect(of(WHO.visitor) + of(WHO.visitingStray)).toBe(1_500);
    expect(of(WHO.person)).toBeGreaterThan(5 * of(WHO.stray));
    const { fake, all } = truthAfter(account, account.who.length);
    expect(all).toBe(5_000 + account.who.length);
    expect(fake).toBeCloseTo(5_000 * account.strays + account.who.filter(isFake).length, 6);
  });

  const toldOf = (messages: readonly Message[]) =>
    messages.flatMap((message) => ("followers" in message ? [message] : []));

  it("is told of in full, once, never before it happened, in messages of up to a thousand", () => {
    const messages = [...deliver(account, { ...STEADY, gathers: DAY, late: 0.2, again: 0 }, chance(11))];
    const told = toldOf(messages);
    const ids = told.flatMap(({ followers }) => followers.map(({ id }) => id));
    expect(new Set(ids).size).toBe(account.times.length);
    expect(ids).toHaveLength(account.times.length);
    expect(messages.at(-1)?.seen).toBe(account.times.length);
    for (const { at, followers } of told) {
      expect(followers.length).toBeLessThanOrEqual(1_000);
      expect(followers.every(({ followedAt }) => Date.parse(followedAt) <= at)).toBe(true);
    }
    expect(isSorted(messages.map(({ at }) => at))).toBe(true);
    expect(told.some(({ followers }) => followers.length === 1_000)).toBe(true);
  });

  it("is told of late and twice where the platform is that kind", () => {
    const told = toldOf([...deliver(account, { ...STEADY, late: 0.2, again: 0.5 }, chance(12))]);
    const ids = told.flatMap(({ followers }) => followers.map(({ id }) => id));
    expect(new Set(ids).size).toBe(account.times.length);
    expect(ids.length).toBeGreaterThan(account.times.length * 1.1);
    const late = told.filter(({ at, followers }) => at - Date.parse(followers.at(-1)?.followedAt ?? "") > 30 * MINUTE);
    expect(late.length).toBeGreaterThan(told.length * 0.05);
  });

  it("states its count, which falls behind what it gained as people leave", () => {
    const stated = [...deliver(account, STEADY, chance(13))].flatMap((message) =>
      "snapshot" in message ? [message.snapshot] : [],
    );
    expect(stated).toHaveLength(10);
    expect(stated[0]?.followerCount).toBe(5_000);
    expect(stated[0]?.sample).toHaveLength(60);
    const gained = 5_000 + account.times.filter((at) => at < BEGINS + 9 * DAY).length;
    expect(stated.at(-1)?.followerCount).toBeLessThan(gained);
    expect(stated.at(-1)?.followerCount).toBeGreaterThan(gained * 0.85);
  });
});

describe("profiles", () => {
  const draw = chance(14);
  const people = somePeople(draw);
  const THIN: Seller = { dressed: 0, dormant: 0, busy: 0 };

  it("are such as intake takes, whoever they are of", () => {
    for (let turn = 0; turn < 200; turn++)
      for (const made of [person(people, BEGINS, draw), soldFollower(THIN, BEGINS, draw)])
        expect(profile.parse(made)).toEqual(made);
  });

  it("keep what the platform does not send", () => {
    const full = person(people, BEGINS, draw);
    expect(Object.keys(sent(full, "few", draw) ?? {})).toEqual(["createdAt", "followers", "following"]);
    expect(sent(full, "some", draw)).not.toHaveProperty("verified");
    const shown = draws(1_000, () => (sent(full, "hidden", draw) === undefined ? 0 : 1));
    expect(mean(shown)).toBeGreaterThan(0.06);
    expect(mean(shown)).toBeLessThan(0.14);
  });

  it("of one batch were made on the same days", () => {
    const born = draws(200, () =>
      Date.parse(soldFollower({ ...THIN, batch: { daysAgo: 100, days: 2 } }, BEGINS, draw).createdAt ?? ""),
    );
    expect((Math.max(...born) - Math.min(...born)) / DAY).toBeLessThan(2);
  });
});

describe("the naive detectors", () => {
  it("see a large hour, and nothing before a day has passed", () => {
    const detector = naiveDetector(BEGINS, 10);
    const hour = (index: number, count: number) =>
      detector.observe(Array.from({ length: count }, (_, one) => BEGINS + index * HOUR + one * 1_000));
    expect(hour(1, 500)).toEqual({ threeSigma: false, fiveTimes: false });
    for (let index = 2; index < 48; index++) hour(index, 30 + (index % 3));
    expect(hour(48, 33).threeSigma).toBe(false);
    expect(hour(49, 900)).toEqual({ threeSigma: true, fiveTimes: true });
  });
});

describe("figures", () => {
  it("have exact Poisson limits (table values)", () => {
    expect(poissonInterval(0).low).toBe(0);
    expect(poissonInterval(0).high).toBeCloseTo(3.689, 2);
    expect(poissonInterval(5).low).toBeCloseTo(1.623, 2);
    expect(poissonInterval(5).high).toBeCloseTo(11.668, 2);
  });

  it("count what never came as never", () => {
    expect(quantile([3, undefined, 1], 0.5)).toBe(3);
    expect(quantile([3, undefined, 1], 0.9)).toBe(Number.POSITIVE_INFINITY);
    expect(quantile([], 0.5)).toBeUndefined();
    expect(rateText(0, 0)).toBe("none");
    expect(rateText(7, 8)).toBe("7/8, 87.5% (95% 52.9%-97.8%)");
  });

  it("say by how much a target was missed", () => {
    const target: Target = { name: "it", value: 0.9, least: 0.93, most: 0.97, text: (value) => value.toFixed(2) };
    expect(isMet(target)).toBe(false);
    expect(targetLine(target)).toBe("  target: it: 0.90, to be 0.93 to 0.97: MISSED by 0.03");
    expect(isMet({ ...target, value: 0.99 })).toBe(false);
    expect(targetLine({ ...target, value: 0.95 })).toMatch(/: met$/);
    expect(isMet({ ...target, value: Number.NaN })).toBe(false);
  });
});

describe("the replay", () => {
  const plan = { begins: BEGINS, before: [3_000, 20_000], facts: "all" } as const;

  it("names a quick block of half the following within the hour, the same in every run", () => {
    const once = delayOf("fast", 0.5, plan, 21);
    expect(once.early).toBe(false);
    expect(once.named).toBeGreaterThan(0);
    expect(once.named).toBeLessThan(1);
    expect(delayOf("fast", 0.5, plan, 21)).toEqual(once);
  });

  it("does not name a shout-out of people as usual", () => {
    expect(viralOutcome("shout-out", false, "all", BEGINS, 31)).toMatchObject({ named: false, unclear: false });
  });

  it("names no honest account of five weeks", () => {
    const quiet = [41, 42].map((seed) => honestYears(BEGINS, 0.1, seed));
    expect(quiet.map(({ named }) => named)).toEqual([0, 0]);
    expect(quiet.every(({ follows }) => follows > 0)).toBe(true);
  });

  it("states how many a quick block brought", () => {
    const { sold, added } = amountOf("fast", BEGINS, 51);
    expect(added?.estimate).toBeGreaterThan(sold * 0.7);
    expect(added?.estimate).toBeLessThan(sold * 1.3);
  });

  it("covers the truth far more often than a plain interval", () => {
    const made = coverageCell(madeWorld, 0.02, 250, 40, 61);
    expect(made.runs).toBe(40);
    expect(made.covered).toBeGreaterThan(made.naive);
    const formula = formulaCell(0.02, 250, 300, 62);
    expect(formula.covered / formula.runs).toBeGreaterThan(0.9);
    expect(formula.naive / formula.runs).toBeLessThan(0.6);
  });
});

describe("the options of eval:audiences", () => {
  it("have defaults, take a simulation or a file, and refuse the rest in a line", () => {
    expect(readOptions([])).toMatchObject({ kind: "simulate", seed: 1, accounts: 24, years: 1, check: false });
    expect(readOptions(["--seed", "7", "--accounts", "3", "--years", "0.5", "--json"])).toMatchObject({
      seed: 7,
      accounts: 3,
      years: 0.5,
      json: true,
    });
    expect(readOptions(["--help"])).toEqual({ kind: "help" });
    expect(readOptions(["--profiles", "f.csv", "--out", "s.csv"])).toMatchObject({ kind: "file", file: "f.csv" });
    expect(readOptions(["--profiles", "f", "--out", "s", "--unquoted"])).toMatchObject({ unquoted: true });
    for (const wrong of [
      ["--seed", "x"],
      ["--accounts", "0"],
      ["--years", "0"],
      ["--years", "many"],
      ["--data", "/no/such/folder"],
      ["--profiles", "f.csv"],
      ["--out", "s.csv"],
      ["--unquoted"],
      ["--nonsense"],
      ["--seed", "--json"],
      ["loose"],
    ]) {
      expect(() => readOptions(wrong)).toThrow(UsageError);
      expect(() => readOptions(wrong)).toThrow(/^.+$/);
    }
  });
});
