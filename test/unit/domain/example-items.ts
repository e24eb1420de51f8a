import { type Item, type ItemKind, item, type Review } from "../../../shared/domain/item.ts";

type Of<Kind extends ItemKind> = Extract<Item, { kind: Kind }>;

function parsed<Kind extends ItemKind>(kind: Kind, wire: Record<string, unknown>): Of<Kind> {
  const made = item.parse({ kind, ...wire });
  if (made.kind !== kind) throw new Error(`not a ${kind}`);
  return made as Of<Kind>;
}

/** A review with defaults for everything that a test does not speak of. */
export const exampleReview = (more: Record<string, unknown> = {}): Review =>
  parsed("review", {
    id: "review-1",
    revision: "r1",
    createdAt: "2026-11-22T11:59:00Z",
    channel: { id: "reviews", visibility: "public", surface: "review" },
    author: { id: "author-1" },
    target: { id: "hotel-1" },
    rating: 5,
    text: "The room was clean and the staff were kind to my old dog.",
    ...more,
  });

/** A message of `count` followers of an account, named after the message. */
export const exampleFollow = (id: string, count = 1, account = "shop-1"): Of<"follow"> =>
  parsed("follow", {
    id,
    revision: "r1",
    createdAt: "2026-11-22T11:59:00Z",
    account: { id: account },
    followers: Array.from({ length: count }, (_, index) => ({
      id: `${id}-f${index}`,
      followedAt: "2026-11-22T11:58:00Z",
    })),
  });

/** A count that the platform stated of an account. */
export const exampleSnapshot = (id: string, followerCount: number, account = "shop-1"): Of<"audience"> =>
  parsed("audience", {
    id,
    revision: "r1",
    createdAt: "2026-11-22T11:59:00Z",
    account: { id: account },
    followerCount,
  });
