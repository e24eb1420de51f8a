import type { Block } from "./bought-block.ts";
import type { Chance } from "./chance.ts";
import {
  type Facts,
  type FullProfile,
  type People,
  person,
  type Seller,
  STRAY_BOTS,
  soldFollower,
  somePeople,
} from "./made-profile.ts";
import { DAY, hourlyRates, someGrowth, timesAt } from "./organic-growth.ts";

/** Who follows; what only the simulation knows. */
export const WHO = { person: 0, stray: 1, visitor: 2, visitingStray: 3, sold: 4 } as const;

export const isFake = (who: number): boolean => who === WHO.stray || who === WHO.visitingStray || who === WHO.sold;

/** Follows that come on top of the usual growth. */
export interface Extra {
  readonly times: readonly number[];
  readonly who: "visitor" | "sold";
}

/** One account, its following before the simulation begins, and everybody who follows it from then on. */
export interface MadeAccount {
  readonly id: string;
  /** Midnight, milliseconds since the epoch. */
  readonly begins: number;
  readonly days: number;
  /** Followers at the beginning; of them the share of bots that is normal here. */
  readonly before: number;
  readonly strays: number;
  /** Milliseconds since the epoch, in order, and `WHO` of each. */
  readonly times: Float64Array;
  readonly who: Uint8Array;
  readonly people: People;
  readonly visitors: People;
  readonly seller: Seller;
  readonly facts: Facts;
  /** Share of the followers that leaves in a day; of bought ones. */
  readonly churn: number;
  readonly soldChurn: number;
}

export interface AccountPlan {
  readonly id: string;
  readonly begins: number;
  readonly days: number;
  readonly before: number;
  /** Share of the following that an ordinary day brings. */
  readonly rate: number;
  readonly facts: Facts;
  readonly visitors?: People;
  readonly seller?: Seller;
}

const BY_NAME = { visitor: WHO.visitor, sold: WHO.sold } as const;

/** An account and its organic growth, with what `extras` add. Bots stray into visitors as they do into the usual growth. */
export function makeAccount(plan: AccountPlan, extras: readonly Extra[], draw: Chance): MadeAccount {
  const { id, begins, days, before, facts } = plan;
  const strays = draw.between(0.01, 0.1);
  const people = somePeople(draw);
  const growth = someGrowth(before * plan.rate, draw);
  const organic = timesAt(hourlyRates(growth, begins, days, draw), begins, draw);
  const ends = begins + days * DAY;
  // Those who go viral are followed by rather more bots than usual, or by fewer.
  const visitingStrays = strays * draw.between(0.7, 1.5);
  const all = [
    ...organic.map((at) => ({ at, who: draw.happens(strays) ? WHO.stray : WHO.person })),
    ...extras.flatMap(({ times, who }) =>
      times
        .filter((at) => at < ends)
        .map((at) => ({
          at,
          who: who === "visitor" && draw.happens(visitingStrays) ? WHO.visitingStray : BY_NAME[who],
        })),
    ),
  ].sort((a, b) => a.at - b.at);
  return {
    id,
    begins,
    days,
    before,
    strays,
    times: Float64Array.from(all, ({ at }) => at),
    who: Uint8Array.from(all, ({ who }) => who),
    people,
    visitors: plan.visitors ?? people,
    seller: plan.seller ?? STRAY_BOTS,
    facts,
    churn: draw.logBetween(0.0001, 0.001),
    soldChurn: draw.logBetween(0.005, 0.04),
  };
}

/** What a block adds to an account. */
export const extrasOf = ({ times, people }: Block): Extra[] => [
  { times, who: "sold" },
  { times: people, who: "visitor" },
];

/** The profile of the follower of that kind who follows at `at`. */
export function profileOf(account: MadeAccount, who: number, at: number, draw: Chance): FullProfile {
  switch (who) {
    case WHO.sold:
      return soldFollower(account.seller, at, draw);
    case WHO.stray:
    case WHO.visitingStray:
      return soldFollower(STRAY_BOTS, at, draw);
    case WHO.visitor:
      return person(account.visitors, at, draw);
    default:
      return person(account.people, at, draw);
  }
}
