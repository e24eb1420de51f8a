import { createHash } from "node:crypto";
import type { Review } from "../../shared/domain/item.ts";

/** A made-up author: what the platform knows of the account. */
export interface MadeAuthor {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Whose device the account uses; its own where left out. */
  readonly device?: string;
  readonly payment?: string;
}

/** A made-up target with an owner whose fingerprints the platform knows. */
export interface MadeTarget {
  readonly id: string;
  /** Mean of what honest people think of it, 1 to 5. */
  readonly quality: number;
}

/** One review of the simulated stream and, known to the simulation only, the campaign that it belongs to. */
export interface ToldReview {
  readonly review: Review;
  readonly campaign: string | undefined;
}

interface Telling {
  readonly id: string;
  readonly at: number;
  readonly author: MadeAuthor;
  readonly target: MadeTarget;
  readonly rating: number;
  readonly text?: string;
  readonly verified?: boolean;
  readonly campaign?: string;
}

const digest = (what: string, whose: string): string =>
  createHash("sha256").update(`touchstone campaigns: ${what} of ${whose}`).digest("hex");

export const ownerOf = (target: MadeTarget): string => `owner-of-${target.id}`;

/** A review as it comes out of the schema, so that the judge sees what intake would have passed on. */
export function tell({ id, at, author, target, rating, text, verified, campaign }: Telling): ToldReview {
  const owner = ownerOf(target);
  return {
    campaign,
    review: {
      kind: "review",
      id,
      createdAt: new Date(at).toISOString(),
      channel: { id: "places", visibility: "public", surface: "review", audience: "general" },
      author: { id: author.id, createdAt: new Date(author.createdAt).toISOString() },
      language: "en",
      brandIds: [],
      media: [],
      fingerprints: {
        device: digest("device", author.device ?? author.id),
        payment: digest("payment", author.payment ?? author.id),
      },
      target: {
        id: target.id,
        category: "place",
        owner: { id: owner, device: digest("device", owner), payment: digest("payment", owner) },
      },
      rating,
      ...(text === undefined ? {} : { text }),
      ...(verified ? { verifiedPurchase: true } : {}),
    },
  };
}
