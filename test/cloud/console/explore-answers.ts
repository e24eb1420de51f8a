import type { AnswerOf } from "../../../console/api/route-types.ts";

/** Answers of the reading routes as tests show them: made up, the same each time. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Now, to the hour: what is shown as "2 d ago" then stays so. */
const NOW = Math.floor(Date.now() / HOUR) * HOUR;

export const ago = (milliseconds: number): string => new Date(NOW - milliseconds).toISOString();
const dateBefore = (days: number): string => ago(days * DAY).slice(0, 10);

/** A case id of the right length that begins with `name`. */
export const idOfCase = (name: string): string => name.padEnd(22, "x");

type Target = AnswerOf<"get-target">;
type WatchedTarget = AnswerOf<"list-targets">["targets"][number];
type WatchedAudience = AnswerOf<"list-audiences">["audiences"][number];
type Audience = AnswerOf<"get-audience">;
type Author = AnswerOf<"get-author">;
type Verdict = AnswerOf<"get-verdict">["verdicts"][number];
type Entry = AnswerOf<"list-audit">["entries"][number];

export const watchedTarget = (id: string, more: Partial<WatchedTarget> = {}): WatchedTarget => ({
  id,
  open: 2,
  items: 14,
  decided: 1,
  lane: "medium",
  severity: 4,
  since: ago(5 * HOUR),
  labels: [
    { label: "fake_review.brigade", title: "review consistent with a co-ordinated group", cases: 2 },
    { label: "fake_review.paid", title: "review consistent with payment", cases: 1 },
  ],
  cases: [
    { id: idOfCase("waits"), state: "open" },
    { id: idOfCase("late"), state: "decided", outcome: "overturn", decidedAt: ago(DAY) },
  ],
  all: { count: 240, mean: 4.61, stars: [12, 6, 8, 12, 202] },
  withoutSuspected: { count: 166, mean: 4.12, stars: [12, 6, 8, 12, 128] },
  suspected: 74,
  ...more,
});

/** Thirty days of reviews with a burst of praise that holds many suspects. */
export function target(id: string): Target {
  const days = Array.from({ length: 30 }, (_, index) => {
    const bursts = index >= 21 && index <= 23;
    const count = bursts ? 22 + index : 2 + (index % 4);
    return {
      day: dateBefore(30 - index),
      count,
      oneStar: index % 7 === 0 ? 1 : 0,
      fiveStar: bursts ? count - 1 : 1 + (index % 3),
      suspected: bursts ? count - 4 : index % 9 === 0 ? 1 : 0,
    };
  });
  return {
    id,
    all: { count: 240, mean: 4.61, stars: [12, 6, 8, 12, 202] },
    withoutSuspected: { count: 166, mean: 4.12, stars: [12, 6, 8, 12, 128] },
    suspected: 74,
    days,
    windows: [
      {
        from: dateBefore(9),
        to: dateBefore(7),
        kind: "praise_burst",
        reviews: 132,
        oneStar: 0,
        fiveStar: 129,
        firstTime: 81,
        suspected: 120,
        usualPerDay: 3.4,
        why: [
          "132 reviews in 3 days (usual 3.4 a day), 129 of them with five stars (usual 51%).",
          "Consistent with solicited or paid praise.",
        ],
      },
      {
        from: dateBefore(28),
        to: dateBefore(28),
        kind: "busy",
        reviews: 6,
        oneStar: 0,
        fiveStar: 3,
        firstTime: 1,
        suspected: 0,
        usualPerDay: 3.4,
        why: ["Busier than usual with the usual mix of ratings: nothing speaks against these reviews."],
      },
    ],
    sharedReviewers: [9, 4, 2],
    firstSeen: ago(400 * DAY),
    lastSeen: ago(2 * HOUR),
  };
}

export const watchedAudience = (id: string, more: Partial<WatchedAudience> = {}): WatchedAudience => ({
  id,
  open: 1,
  items: 1,
  decided: 0,
  lane: "low",
  severity: 3,
  since: ago(26 * HOUR),
  labels: [{ label: "fake_following.bought", title: "followers consistent with purchase", cases: 1 }],
  cases: [{ id: idOfCase("following"), state: "open" }],
  version: 4,
  fakeShare: { estimate: 0.34, low: 0.28, high: 0.41 },
  windows: [{ kind: "bought", start: ago(50 * HOUR), end: ago(47 * HOUR) }],
  ...more,
});

/** Two weeks of follows with a purchase of three hours, and sampled followers of whom a stretch is young and alike. */
export function audience(account: string): Audience {
  const bought = { start: ago(50 * HOUR), end: ago(47 * HOUR) };
  const hours = Array.from({ length: 336 }, (_, index) => {
    const hoursAgo = 336 - index;
    const usual = 6 + 5 * Math.sin((index / 24) * 2 * Math.PI);
    const inside = hoursAgo <= 50 && hoursAgo > 47;
    const follows = inside ? 660 + index : Math.max(0, Math.round(usual + ((index * 7) % 5) - 2));
    const scored = Math.round(follows * 0.9);
    return {
      start: ago(hoursAgo * HOUR),
      follows,
      scored,
      suspicious: inside ? Math.round(scored * 0.8) : Math.round(scored * 0.05),
      usual,
    };
  });
  const order = Array.from({ length: 200 }, (_, index) => {
    const isBought = index >= 130 && index < 175;
    const since = isBought ? 50 * HOUR - (index - 130) * 200_000 : (336 - (index * 336) / 200) * HOUR;
    return {
      followed: ago(isBought ? since : Math.max(since, index >= 175 ? 0 : 50 * HOUR)),
      created: dateBefore(isBought ? 20 + (index % 4) : 40 + ((index * 37) % 1_900)),
      ...(index % 17 === 0 ? {} : { chance: isBought ? 82 : (index * 13) % 45 }),
    };
  });
  return {
    version: 4,
    assessment: {
      account,
      followers: 48_211,
      scored: 3_911,
      fakeShare: { estimate: 0.34, low: 0.28, high: 0.41 },
      inactiveShare: { estimate: 0.2, low: 0.15, high: 0.26 },
      windows: [
        {
          ...bought,
          followers: 2_847,
          scored: 2_560,
          suspicious: 2_050,
          kind: "bought",
          signals: ["hour_spike", "worse_profiles", "batch_made"],
          added: { estimate: 2_790, low: 2_610, high: 2_847 },
        },
      ],
      lost: { days7: 0.04 },
      burstiness: -0.12,
    },
    verdict: {
      ...verdictOf({ kind: "audience", id: account, revision: "4" }),
      labels: [],
      explanation: [
        {
          label: "fake_following.bought",
          title: "followers consistent with purchase",
          why: ["2847 new followers in 3 h (usual 8 an hour)."],
          laws: [],
        },
      ],
    },
    notes: ["Profiles came with 60% of the facts on average: the intervals are wider for it."],
    history: {
      hours,
      days: Array.from({ length: 45 }, (_, index) => ({
        day: dateBefore(44 - index),
        follows: index === 42 ? 2_900 : 140 + index,
        scored: 120,
        suspicious: index === 42 ? 2_000 : 6,
      })),
      order,
      ages: [0, 7, 30, 90, 365, 1_095].map((fromDays, index) => ({
        fromDays,
        recent: 400 - index * 60,
        before: 50 + index * 40,
      })),
      snapshots: [{ at: ago(DAY), followers: 48_200 }],
      digits: [30, 18, 12, 10, 8, 7, 6, 5, 4],
    },
  };
}

export const verdictOf = (ref: Verdict["ref"], more: Partial<Verdict> = {}): Verdict => ({
  ref,
  digest: "d".repeat(22),
  action: "flag",
  severity: 4,
  queue: "default",
  lane: "medium",
  labels: [
    {
      label: "insult",
      score: 0.9,
      probability: 0.91,
      severity: 4,
      spans: [[0, 5]],
      reasons: [],
      source: "words",
      version: "1",
    },
  ],
  features: {},
  policy: { id: "standard", version: 3, rule: "insults", reasonCode: "insult" },
  models: ["words@1"],
  status: "complete",
  language: "en",
  authorId: "vera",
  visibility: "public",
  surface: "comment",
  brandIds: [],
  receivedAt: ago(3 * HOUR),
  scoredAt: ago(3 * HOUR),
  explanation: [
    {
      label: "insult",
      title: "insult",
      why: ["A word that insults stands in it, said to somebody."],
      laws: ["DSA art. 14: terms and conditions."],
    },
  ],
  decided: [{ rule: "insults", action: "flag", why: "insult is at least 60%" }],
  ...more,
});

/** An author with two pages of history: the first has every kind of case beside its items. */
export function author(id: string, more: Partial<Author> = {}): Author {
  const labels: Author["items"][number]["labels"] = [{ label: "insult", title: "insult", probability: 0.91 }];
  const item = { severity: 4, labels, surface: "comment", visibility: "public", language: "en" } as const;
  return {
    id,
    firstSeen: ago(90 * DAY),
    lastSeen: ago(3 * HOUR),
    about: { ageDays: 412, itemsPosted: 1_290, verified: false },
    counted: {
      items: 4,
      actions: { allow: 1, flag: 2, hold: 1, block: 0 },
      labels: [{ label: "insult", title: "insult", items: 3 }],
      decisions: { uphold: 1, overturn: 0, correct: 0, escalate: 0 },
      open: 1,
    },
    items: [
      {
        ...item,
        ref: { kind: "post", id: "post-9", revision: "1" },
        at: ago(3 * HOUR),
        action: "flag",
        case: { id: idOfCase("waits"), state: "open" },
      },
      {
        ...item,
        ref: { kind: "review", id: "review-2", revision: "1" },
        surface: "review",
        targetId: "glow-lamp",
        at: ago(2 * DAY),
        action: "hold",
        case: { id: idOfCase("late"), state: "decided", outcome: "uphold", decidedAt: ago(DAY) },
      },
      {
        ...item,
        ref: { kind: "post", id: "post-3", revision: "2" },
        at: ago(9 * DAY),
        action: "flag",
        reversed: true,
        case: { id: idOfCase("joined"), state: "joined", joined: idOfCase("cluster") },
      },
      {
        ...item,
        ref: { kind: "post", id: "post-1", revision: "1" },
        severity: 0,
        labels: [],
        at: ago(30 * DAY),
        action: "allow",
      },
    ],
    ...more,
  };
}

/** Entries of the log, the newest first. */
export const entries = (count: number): Entry[] =>
  Array.from({ length: count }, (_, index) => {
    const at = ago(index * 60_000);
    const actor = ["mona", "malik", "key:9f2c"][index % 3] ?? "mona";
    const did = (
      [
        { action: "case.decided", case: idOfCase("late"), facts: { outcome: "uphold", reason: "violates_policy" } },
        { action: "case.claimed", case: idOfCase("late"), facts: { turn: "jumped" } },
        { action: "case.read", case: idOfCase("late"), facts: { turn: "unclaimed" } },
        { action: "audit.read", facts: { day: at.slice(0, 10) } },
      ] as const
    )[index % 4];
    return {
      at,
      id: `${at}-${String(index).padStart(12, "a")}`,
      actor,
      role: "moderator",
      action: "search.made",
      ...did,
    };
  });
