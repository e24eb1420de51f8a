import { pick, seeded } from "../../local/sample/seeded.ts";
import type { LabelName } from "../../shared/domain/label.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import { closing, idOf, insult, sentence } from "../items/words.ts";
import { brandNo } from "./subscribers.ts";

const HOTELS = 2_000;
const FEATURES = 20;
/** None that somebody must acknowledge: each of those is an alert of its own. */
const LABELS: readonly [LabelName, ...LabelName[]] = ["insult", "harassment", "spam", "low_substance"];

/** What verdicts and posts are made for; the same seed gives the same. */
export interface Made {
  readonly tenant: string;
  /** Begins every id. */
  readonly prefix: string;
  readonly seed: number;
  /** Of them are flagged, from 0 to 1. */
  readonly share: number;
  /** Each is of one of so many brands, from this number on. */
  readonly brands: { readonly first: number; readonly count: number };
}

/** Verdicts as a scorer publishes them: half posts, half reviews of one of 2,000 hotels. */
export function verdictsOf({ tenant, prefix, seed, share, brands }: Made): (at: Date) => Verdict {
  const random = seeded(seed);
  let made = 0;
  return (at) => {
    made += 1;
    const isFlagged = random() < share;
    const isReview = random() < 0.5;
    const label = pick(LABELS, random);
    const severity = isFlagged ? 1 + Math.floor(random() * 6) : 0;
    const values = Array.from({ length: FEATURES }, (_, n): [string, number] => [`feature_${n}`, random()]);
    const time = at.toISOString();
    return {
      tenant,
      ref: { kind: isReview ? "review" : "post", id: idOf(prefix, made), revision: "r1" },
      digest: "d".repeat(43),
      action: isFlagged ? "flag" : "allow",
      severity,
      queue: "default",
      lane: "medium",
      labels: isFlagged
        ? [
            {
              label,
              score: 0.9,
              probability: 0.9,
              severity,
              spans: [[0, 9]],
              reasons: [],
              source: "bench",
              version: "1",
            },
          ]
        : [],
      features: { words: Math.floor(random() * 60), ...Object.fromEntries(values) },
      policy: { id: "bench", version: 1, rule: isFlagged ? "flagged" : "default", reasonCode: "bench" },
      models: ["text-1"],
      status: "complete",
      language: "en",
      authorId: idOf("author-", Math.floor(random() * 400)),
      channelId: idOf("channel-", Math.floor(random() * 50)),
      ...(isReview && { targetId: `hotel-${Math.floor(random() * HOTELS)}` }),
      visibility: "public",
      surface: isReview ? "review" : "comment",
      brandIds: [brandNo(brands.first + Math.floor(random() * brands.count))],
      receivedAt: time,
      scoredAt: time,
    };
  };
}

/** Posts as platforms send them, some of them abusive. */
export function postsOf({ prefix, seed, share, brands }: Made): (at: Date) => { readonly id: string } {
  const random = seeded(seed);
  let made = 0;
  return (at) => {
    made += 1;
    const isAbusive = random() < share;
    return {
      kind: "post",
      id: idOf(prefix, made),
      createdAt: at.toISOString(),
      channel: { id: idOf("channel-", Math.floor(random() * 50)), visibility: "public", surface: "comment" },
      author: { id: idOf("author-", Math.floor(random() * 400)) },
      language: "en",
      brandIds: [brandNo(brands.first + Math.floor(random() * brands.count))],
      // Two sentences of thousands: hardly two abusive posts say the same, which would be one alert.
      text: `${isAbusive ? insult(random) : closing(random)} ${sentence(random)}`,
    };
  };
}
