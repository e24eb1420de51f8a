import { createHash } from "node:crypto";
import type * as z from "zod";
import type { review } from "../../shared/domain/item.ts";
import { seeded, seedOf } from "./seeded.ts";

/** A review as a platform would send it to `POST /v1/items`. */
export type ReviewInput = z.input<typeof review>;

type Circle = "device" | "payment" | "ipPrefix";

/** One review of a story. */
export interface ReviewLine {
  readonly by: string;
  /** 1 to 5. */
  readonly stars: number;
  /** UTC, such as 2025-09-03T18:20. */
  readonly at: string;
  readonly text?: string;
  /** What the author has in common with the target's owner. */
  readonly shares?: readonly Circle[];
  /** Age of the account in days; years where left out. */
  readonly days?: number;
  readonly verifiedPurchase?: boolean;
}

/** Reviews of one target, written in the order of time. */
export interface ReviewStory {
  readonly name: string;
  readonly target: { readonly id: string; readonly category: string; readonly title: string };
  /** Who in the story is not honest, for tests of what is found. */
  readonly unfair: readonly ReviewLine[];
  readonly honest: readonly ReviewLine[];
}

export const rates = (
  by: string,
  stars: number,
  at: string,
  text?: string,
  more: Omit<ReviewLine, "by" | "stars" | "at" | "text"> = {},
): ReviewLine => ({ by, stars, at, ...(text === undefined ? {} : { text }), ...more });

const DAY = 86_400_000;

/** Digests stand for values that only a platform has; here they are of names, as nobody's device is in the sample. */
const digest = (what: string, whose: string): string =>
  createHash("sha256").update(`touchstone sample: ${what} of ${whose}`).digest("hex");

function toReview({ name, target }: ReviewStory, line: ReviewLine, index: number): ReviewInput {
  const createdAt = new Date(`${line.at}:00Z`);
  const random = seeded(seedOf(line.by));
  const days = line.days ?? 200 + Math.floor(random() * 2500);
  const owner = `owner-of-${target.id}`;
  const of = (what: Circle): string => digest(what, line.shares?.includes(what) ? owner : line.by);
  return {
    kind: "review",
    id: `${name}.${String(index + 1).padStart(2, "0")}`,
    createdAt: createdAt.toISOString(),
    channel: { id: "places", visibility: "public", surface: "review" },
    author: {
      id: `${name}.${line.by}`,
      createdAt: new Date(createdAt.getTime() - days * DAY).toISOString(),
      itemsPosted: line.days === undefined ? 1 + Math.floor(random() * 20) : 1,
    },
    language: "en",
    fingerprints: { device: of("device"), payment: of("payment"), ipPrefix: of("ipPrefix") },
    target: {
      ...target,
      owner: {
        id: owner,
        device: digest("device", owner),
        payment: digest("payment", owner),
        ipPrefix: digest("ipPrefix", owner),
      },
    },
    rating: line.stars,
    ...(line.text === undefined ? {} : { text: line.text }),
    ...(line.verifiedPurchase === undefined ? {} : { verifiedPurchase: line.verifiedPurchase }),
  };
}

/** The lines of a story in the order of time. */
export const linesOf = ({ honest, unfair }: ReviewStory): ReviewLine[] =>
  [...honest, ...unfair].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

/** The reviews of a story in the order of time; the same in every run. */
export const reviewItems = (story: ReviewStory): ReviewInput[] =>
  linesOf(story).map((line, index) => toReview(story, line, index));
