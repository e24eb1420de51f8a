import { seeded } from "../../local/sample/seeded.ts";
import { honestText, PAID_PRAISE, sentences } from "./honest-words.ts";
import { BEGIN, buildingSiteGuests, DAY, DAYS, HOUR, type HonestWorld, ratingAround, timeOn } from "./honest-world.ts";
import { respell } from "./respell.ts";
import { type MadeAuthor, type MadeTarget, ownerOf, type ToldReview, tell } from "./told-review.ts";

/** A campaign, the places that it is about and what of it is told. */
export interface Campaign {
  readonly name: string;
  readonly what: string;
  readonly targets: readonly MadeTarget[];
  readonly told: readonly ToldReview[];
}

type Build = (world: HonestWorld, random: () => number) => Omit<Campaign, "name">;

const account = (
  id: string,
  at: number,
  ageDays: number,
  more: Omit<MadeAuthor, "id" | "createdAt"> = {},
): MadeAuthor => ({
  id,
  createdAt: Math.floor(at - ageDays * DAY),
  ...more,
});

const honestAuthor = (world: HonestWorld, random: () => number): MadeAuthor =>
  world.authors[Math.floor(random() * world.authors.length)] as MadeAuthor;

/** Honest reviews of a campaign's target, so that it has a usual day and somebody to flag by mistake. */
const custom = (world: HonestWorld, target: MadeTarget, count: number, random: () => number): ToldReview[] =>
  Array.from({ length: count }, (_, n) => {
    const rating = ratingAround(target.quality, random);
    return tell({
      id: `${target.id}-customer-${n + 1}`,
      at: timeOn(Math.floor(random() * DAYS), random),
      author: honestAuthor(world, random),
      target,
      rating,
      ...(random() < 0.7 ? { text: honestText(rating, random) } : {}),
    });
  });

const investors: Build = (world, random) => {
  const target = { id: "new-hotel", quality: 2 };
  const opened = 60;
  const praise = Array.from({ length: 40 }, (_, n) => {
    const at = timeOn(opened + 8 + random() * 7, random);
    const linked = n % 5 < 2;
    const author = account(`investor-${n + 1}`, at, n % 2 === 0 ? 3 + random() * 30 : 100 + random() * 900, {
      ...(linked ? { device: ownerOf(target) } : {}),
      ...(n % 10 === 0 ? { payment: ownerOf(target) } : {}),
    });
    const text = sentences(PAID_PRAISE, 3 + Math.floor(random() * 2), random);
    return tell({ id: `praise-${n + 1}`, at, author, target, rating: 5, text, campaign: "investors" });
  });
  return {
    what: "paid praise of a new hotel by 40 accounts (16 on the owner's device) over a week, among honest complaints",
    targets: [target],
    told: [...buildingSiteGuests(world, target, opened, 31), ...praise],
  };
};

const brigade: Build = (world, random) => {
  const targets = ["brigaded-cafe", "brigaded-bakery", "brigaded-bookshop", "brigaded-florist"].map((id) => ({
    id,
    quality: 4.3,
  }));
  const accounts = Array.from({ length: 300 }, (_, n) =>
    account(`brigadier-${n + 1}`, BEGIN + 80 * DAY, 5 + random() * 60),
  );
  // One wave a place, some days apart; most of the group takes part in each, within half a day.
  const attacks = targets.flatMap((target, wave) =>
    accounts
      .filter(() => random() < 0.8)
      .map((author, n) =>
        tell({
          id: `${target.id}-raid-${n + 1}`,
          at: BEGIN + (90 + 3 * wave) * DAY + Math.floor(9 * HOUR + random() * 12 * HOUR),
          author,
          target,
          rating: 1,
          ...(random() < 0.4 ? { text: honestText(1, random) } : {}),
          campaign: "brigade",
        }),
      ),
  );
  return {
    what: "300 accounts of which some 240 a day give one star to each of four shops, within half a day each",
    targets,
    told: [...targets.flatMap((target) => custom(world, target, 60, random)), ...attacks],
  };
};

const drip: Build = (world, random) => {
  const targets = Array.from({ length: 6 }, (_, n) => ({ id: `client-${n + 1}`, quality: 3 }));
  const workers = Array.from({ length: 25 }, (_, n) =>
    account(`worker-${n + 1}`, BEGIN + 40 * DAY, 60 + random() * 400, { device: `phone-${n % 7}` }),
  );
  // Each worker serves each client at most once, as review farms see to.
  const told = targets.flatMap((target, client) =>
    Array.from({ length: workers.length }, (_, n) => {
      const author = workers[(n + client * 4) % workers.length] as MadeAuthor;
      const text = random() < 0.8 ? sentences(PAID_PRAISE, 2 + Math.floor(random() * 3), random) : undefined;
      return tell({
        id: `${target.id}-drip-${n + 1}`,
        at: timeOn(50 + client * 3 + n, random),
        author,
        target,
        rating: random() < 0.85 ? 5 : 4,
        ...(text === undefined ? {} : { text }),
        campaign: "drip",
      });
    }),
  );
  return {
    what: "one paid review a day for each of six clients, by 25 workers who share seven phones",
    targets,
    told: [...targets.flatMap((target) => custom(world, target, 50, random)), ...told],
  };
};

const copies: Build = (world, random) => {
  const target = { id: "copied-shop", quality: 3.1 };
  const text = sentences(PAID_PRAISE, 5, random);
  const told = Array.from({ length: 30 }, (_, n) => {
    const at = timeOn(70 + random() * 10, random);
    return tell({
      id: `copy-${n + 1}`,
      at,
      author: account(`copier-${n + 1}`, at, 1 + random() * 300),
      target,
      rating: 5,
      text: respell(text, random),
      campaign: "copies",
    });
  });
  return {
    what: "one text, respelled each time, by 30 accounts over ten days",
    targets: [target],
    told: [...custom(world, target, 60, random), ...told],
  };
};

const recycled: Build = (world, random) => {
  const targets = Array.from({ length: 3 }, (_, n) => ({ id: `buyer-${n + 1}`, quality: 3.2 }));
  // Accounts that wrote honestly for months, and were then sold to one hand.
  const sold = world.authors.slice(0, 40);
  const told = targets.flatMap((target, order) =>
    sold.map((author, n) =>
      tell({
        id: `${target.id}-recycled-${n + 1}`,
        at: timeOn(140 + order * 4 + random() * 3, random),
        author: { ...author, device: `rack-${n % 4}` },
        target,
        rating: 5,
        text: sentences(PAID_PRAISE, 3, random),
        campaign: "recycled",
      }),
    ),
  );
  return {
    what: "40 accounts with an honest past praise three buyers from four devices, three days each",
    targets,
    told: [...targets.flatMap((target) => custom(world, target, 50, random)), ...told],
  };
};

const bombing: Build = (world, random) => {
  const target = { id: "bombed-restaurant", quality: 4.2 };
  const told = Array.from({ length: 600 }, (_, n) => {
    const at = BEGIN + 120 * DAY + 15 * HOUR + Math.floor(random() * 2 * HOUR);
    // Half are customers of other places who are angry about the same news: people, not a farm.
    const author = n % 2 === 0 ? honestAuthor(world, random) : account(`bomber-${n + 1}`, at, random() * 400);
    return tell({
      id: `bomb-${n + 1}`,
      at,
      author,
      target,
      rating: 1,
      ...(random() < 0.3 ? { text: honestText(1, random) } : {}),
      campaign: "bombing",
    });
  });
  return {
    what: "600 one-star reviews of a restaurant within two hours, half by accounts with an honest past",
    targets: [target],
    told: [...custom(world, target, 90, random), ...told],
  };
};

const BUILDERS = { investors, brigade, drip, copies, recycled, bombing } as const;

/** Every campaign over an honest world, the same for the same seed. Each has targets and honest customers of its own. */
export const campaignsIn = (world: HonestWorld, seed: number): Campaign[] =>
  Object.entries(BUILDERS).map(([name, build], index) => ({ name, ...build(world, seeded(seed * 31 + index)) }));
