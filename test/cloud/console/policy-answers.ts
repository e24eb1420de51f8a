import type { AnswerOf } from "../../../console/api/route-types.ts";

/** Answers of the routes of policies as tests show them: made up, the same each time. */

const HOUR = 3_600_000;
const NOW = Math.floor(Date.now() / HOUR) * HOUR;

export const hoursAgo = (hours: number): string => new Date(NOW - hours * HOUR).toISOString();

type Policy = AnswerOf<"get-policy">;
type Summary = AnswerOf<"list-policies">["policies"][number];
type VersionView = AnswerOf<"get-policy-version">;
type Shadow = AnswerOf<"get-shadow">;
type Backtest = AnswerOf<"get-backtest">;
type Undo = AnswerOf<"get-undo">;
type Held = AnswerOf<"list-quarantines">["quarantines"][number];
type Document = VersionView["document"];

export const houseRules = (version: number): Document => ({
  id: "house-rules",
  title: "Our comments",
  description: "What holds under every article.",
  inherits: "touchstone-default",
  appliesTo: { surfaces: ["comment"], languages: ["en", "de"] },
  ...(version > 1 && { disable: ["promotion"] }),
  rules: [
    {
      name: "rude",
      when: `label.insult.probability >= ${version > 1 ? "0.7" : "0.5"}`,
      action: "flag",
      queue: "rude",
      severity: 3,
      reasonCode: "rude",
      userText: { en: "Please stay polite." },
    },
    ...(version > 1
      ? [
          {
            name: "links-of-new-accounts",
            when: "features.links_total > 0 && author.age_days < 2",
            action: "hold" as const,
            reasonCode: "link_from_new_account",
            guidance: "Links to newspapers are fine.",
          },
        ]
      : []),
  ],
});

export const versionOf = (version: number, active = 1): VersionView => ({
  id: "house-rules",
  version,
  builtIn: false,
  isActive: version === active,
  document: houseRules(version),
  savedBy: "lena",
  savedAt: hoursAgo(50 - version),
});

export const summary = (more: Partial<Summary> = {}): Summary => ({
  id: "house-rules",
  title: "Our comments",
  inherits: "touchstone-default",
  builtIn: false,
  newest: 2,
  savedBy: "lena",
  savedAt: hoursAgo(48),
  active: { version: 1, by: "ada", at: hoursAgo(40), note: "agreed with the editors" },
  shadows: [{ version: 2, by: "lena", at: hoursAgo(30) }],
  ...more,
});

export const builtIn: Summary = {
  id: "touchstone-default",
  title: "Touchstone's default",
  builtIn: true,
  newest: 3,
  shadows: [],
};

export const policy = (more: Partial<Policy> = {}): Policy => ({
  ...summary(),
  epoch: 7,
  shown: versionOf(1),
  versions: [
    { version: 2, title: "Our comments", savedBy: "lena", savedAt: hoursAgo(48), note: "links of newcomers" },
    { version: 1, title: "Our comments", savedBy: "lena", savedAt: hoursAgo(49) },
  ],
  history: [
    { epoch: 7, event: "shadow_started", id: "house-rules", version: 2, by: "lena", at: hoursAgo(30) },
    {
      epoch: 6,
      event: "activated",
      id: "house-rules",
      version: 1,
      by: "ada",
      at: hoursAgo(40),
      note: "agreed with the editors",
    },
  ],
  ...more,
});

const share = (estimate: number) => ({ estimate, low: estimate * 0.7, high: Math.min(1, estimate * 1.4) });

export const shadowReport: Shadow = {
  id: "house-rules",
  version: 2,
  isRunning: true,
  since: hoursAgo(30),
  evaluated: 4_210,
  different: 131,
  share: share(0.031),
  moves: [
    { from: "allow", to: "hold", items: 90, share: share(0.021) },
    { from: "flag", to: "flag", items: 41, share: share(0.01) },
  ],
  latest: [
    {
      ref: { kind: "post", id: "promoter-6", revision: "1" },
      scoredAt: hoursAgo(1),
      surface: "comment",
      language: "en",
      labels: [{ label: "spam", probability: 0.953 }],
      decided: {
        action: "allow",
        queue: "default",
        policy: { id: "house-rules", version: 1, rule: "none", reasonCode: "none" },
      },
      candidate: {
        action: "hold",
        queue: "default",
        policy: { id: "house-rules", version: 2, rule: "links-of-new-accounts", reasonCode: "link_from_new_account" },
        values: { "features.links_total": 1, "author.age_days": 0 },
      },
    },
  ],
};

const job = { by: "lena", at: hoursAgo(2), since: hoursAgo(72), until: hoursAgo(2) };

export const backtest = (more: Partial<Backtest> = {}): Backtest => ({
  ...job,
  id: "mwsfiwxs-26f763a6",
  state: "running",
  progress: { parts: 4, done: 1, items: 214, stalled: [] },
  candidate: { policy: "house-rules", version: 3, saved: false, active: [{ id: "house-rules", version: 1 }] },
  ...more,
});

const views = (active: number, candidate: number) => ({ before: active, active, candidate });
const change = (perDay: number) => ({ perDay, low: perDay - 4, high: perDay + 6, from: "counts" as const });

const group = (name: string, items: number, changed: number) => ({
  name,
  items,
  changed,
  review: { before: 0.206, active: 0.206, candidate: 0.157 },
});

export const report: NonNullable<Backtest["report"]> = {
  items: 466,
  days: 3,
  changed: { items: 28, share: 0.06, low: 0.042, high: 0.085 },
  drifted: 0,
  actions: [
    { action: "allow", ...views(352, 368) },
    { action: "flag", ...views(82, 62) },
    { action: "hold", ...views(32, 36) },
    { action: "block", ...views(0, 0) },
  ],
  moves: [
    { base: "active", from: "flag", to: "allow", items: 16 },
    { base: "active", from: "flag", to: "hold", items: 4 },
  ],
  queues: [
    { queue: "default", ...views(114, 90), change: { before: change(-25.2), active: change(-25.2) } },
    { queue: "rude", ...views(0, 8), change: { before: change(8.4), active: change(8.4) } },
  ],
  load: [
    { day: "2026-11-20", ...views(40, 34) },
    { day: "2026-11-21", ...views(36, 32) },
    { day: "2026-11-22", ...views(38, 32) },
  ],
  cost: {
    minutesPerCase: 1,
    minutesPerDay: -16.8,
    low: -30,
    high: -4.6,
    used: { reads: 128, writes: 62, messages: 62, milliseconds: 1_600 },
  },
  groups: {
    kind: [group("post", 325, 28), group("review", 141, 0)],
    language: [group("en", 396, 28), group("de", 70, 0)],
    surface: [group("comment", 466, 28)],
  },
  rules: [
    { rule: "house-rules/harassment", ...views(13, 0) },
    { rule: "house-rules/insult", ...views(7, 8) },
    { rule: "house-rules/threat", ...views(2, 2) },
  ],
  precision: {
    decided: 9,
    upheld: 6,
    before: { items: 9, upheld: 6, share: 0.667, low: 0.354, high: 0.879 },
    active: { items: 9, upheld: 6, share: 0.667, low: 0.354, high: 0.879 },
    candidate: { items: 6, upheld: 5, share: 0.833, low: 0.436, high: 0.97 },
  },
  changes: [
    {
      ref: { kind: "post", id: "troll-4", revision: "1" },
      scoredAt: hoursAgo(20),
      surface: "comment",
      language: "en",
      severity: 4,
      rank: 1,
      labels: [{ label: "insult", probability: 0.845 }],
      before: { action: "flag", queue: "default", policy: "house-rules", version: 1, rule: "insult" },
      active: {
        action: "flag",
        queue: "default",
        policy: "house-rules",
        version: 1,
        rule: "insult",
        values: { "label.insult.probability": 0.845 },
      },
      candidate: { action: "allow", queue: "default", policy: "house-rules", version: 3, rule: "none" },
    },
  ],
};

const undoItem = {
  ref: { kind: "post" as const, id: "newcomer-9", revision: "1" },
  scoredAt: hoursAgo(20),
  rule: "links-of-new-accounts",
  from: "hold" as const,
  to: "allow" as const,
  rank: 1,
};

export const undo = (more: Partial<Undo> = {}): Undo => ({
  ...job,
  id: "mwsg0000-00000001",
  state: "done",
  progress: { parts: 4, done: 4, items: 466, stalled: [] },
  cause: { rule: "links-of-new-accounts", policy: { id: "house-rules" } },
  dryRun: true,
  result: {
    items: 466,
    stands: 3,
    outcomes: { close: 30, lower: 2, publish: 0, kept_human: 1, kept_superseded: 0, kept_undone: 0, gone: 0 },
    moves: { "hold>allow": 30, "hold>flag": 2 },
    kinds: { post: 33 },
    rules: { "links-of-new-accounts": 33 },
    sample: [{ ...undoItem, outcome: "close" }],
    exceptions: [
      { ...undoItem, ref: { ...undoItem.ref, id: "newcomer-2" }, outcome: "kept_human", decided: "uphold", rank: 2 },
    ],
  },
  ...more,
});

export const undone: AnswerOf<"list-undone"> = {
  batches: [
    {
      batch: "0-000001",
      at: hoursAgo(1),
      items: [
        {
          ref: undoItem.ref,
          scoredAt: undoItem.scoredAt,
          rule: undoItem.rule,
          from: "hold",
          to: "allow",
          outcome: "close",
        },
      ],
    },
  ],
};

export const held = (more: Partial<Held> = {}): Held => ({
  id: "rule-links-1",
  subject: "rule",
  name: "links-of-new-accounts",
  kind: "post",
  effect: "flag",
  at: hoursAgo(1),
  until: new Date(NOW + 5 * HOUR).toISOString(),
  usual: 0.021,
  factor: 5,
  seen: 0.34,
  hits: 340,
  items: 1_000,
  ...more,
});
