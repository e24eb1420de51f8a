import type { AnswerOf } from "../../../console/api/route-types.ts";
import { hoursAgo } from "./policy-answers.ts";

type Alert = AnswerOf<"get-alert">;
type Subscription = AnswerOf<"get-subscription">;

const ESCALATION = "sub_escalation00";

/** The id of the alert with this number from 0 to 9. */
export const alertId = (number: number): string => `alr_20261123T00000000${number}_abcdefghijklmno${number}`;

/** An alert about reviews of one target. */
export const alert = (number: number, more: Partial<Alert> = {}): Alert => ({
  id: alertId(number),
  subscription: { id: "sub_reviews00000", name: "Reviews of ours" },
  state: "open",
  place: "target",
  subject: { by: "target", id: "glow-lamp" },
  openedAt: hoursAgo(1),
  first: {
    id: `evt_${"e".repeat(22)}`,
    type: "target.flagged",
    tenant: "demo",
    place: "target",
    at: hoursAgo(1),
    item: {
      kind: "review",
      ref: { kind: "review", id: "rev-1", revision: "1" },
      action: "hold",
      severity: 5,
      lane: "high",
      labels: [{ label: "fake_review.brigade", probability: 0.9, severity: 5 }],
      policy: { id: "reviews", version: 3, rule: "brigade", reasonCode: "brigade" },
      visibility: "public",
      surface: "reviews",
      brands: ["glow"],
      target: "glow-lamp",
      receivedAt: hoursAgo(1),
    },
  },
  tally: {
    count: 214,
    firstAt: hoursAgo(1),
    lastAt: hoursAgo(0.3),
    stars: [131, 20, 10, 3, 50],
    labels: { "fake_review.brigade": 200, spam: 14 },
    languages: { en: 150, de: 64 },
    actions: { hold: 214 },
    worst: 5,
  },
  minutes: 40,
  oneStar: 0.612,
  headline: `${number}14 reviews in 40 minutes, 61% with one star`,
  mustAcknowledge: false,
  notice: { kind: "now" },
  told: { at: hoursAgo(0.5), count: 200, sequence: 1 },
  acknowledged: undefined,
  escalations: 0,
  items: [
    { ref: { kind: "review", id: "rev-1", revision: "1" }, case: "c".repeat(22) },
    { ref: { kind: "review", id: "rev-2", revision: "1" }, case: "d".repeat(22) },
  ],
  record: [
    { at: hoursAgo(1), what: "opened", count: 1 },
    { at: hoursAgo(1), what: "told", count: 1 },
    { at: hoursAgo(0.6), what: "escalated", to: ESCALATION },
    { at: hoursAgo(0.5), what: "grown", count: 200 },
  ],
  ...more,
});

/** A subscription that goes out by webhook. */
export const subscription = (id: string, name: string, more: Partial<Subscription> = {}): Subscription => ({
  id,
  version: 2,
  document: {
    name,
    places: ["target", "verdict"],
    filter: { brands: ["glow"], labels: ["fake_review.brigade"], minSeverity: 4 },
    channel: { type: "webhook", url: "https://hooks.glow.example/touchstone", stream: false },
    timing: { kind: "immediate" },
    perHour: 60,
  },
  owner: { actor: "lena", role: "lead" },
  createdAt: hoursAgo(200),
  changedAt: hoursAgo(20),
  changedBy: "lena",
  state: "active",
  mayChange: true,
  ...more,
});

export const subscriptions = (): Subscription[] => [
  subscription("sub_reviews00000", "Reviews of ours"),
  subscription(ESCALATION, "Whoever is on call", {
    document: {
      name: "Whoever is on call",
      places: ["case"],
      filter: {},
      channel: { type: "inbox" },
      timing: { kind: "digest", every: "day", at: "08:00", timeZone: "Europe/Zurich" },
      quiet: { from: "22:00", to: "07:00", timeZone: "Europe/Zurich" },
      perHour: 60,
    },
    state: "paused",
    paused: { why: "by_hand", at: hoursAgo(5), by: "lena" },
    mayChange: false,
  }),
];
