import { type AlertEvent, eventsOfVerdict } from "../../shared/alerts/alert-event.ts";
import { compileSubscriptions } from "../../shared/alerts/match-subscriptions.ts";
import { MOST_SUBSCRIPTIONS, type Subscription, subscriptionDocument } from "../../shared/domain/subscription.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import { testOf } from "../../shared/policy/condition/compile-term.ts";
import { emptyView, fillView, usedFeatures } from "../../shared/policy/condition/fact-view.ts";
import { readCondition } from "../../shared/policy/condition/read-condition.ts";
import { LABEL_NAMES } from "../../shared/policy/condition/vocabulary.ts";
import { slotsOf } from "../../shared/policy/condition/witness.ts";
import { isTagged } from "../../shared/policy/policy-scope.ts";

const ROUNDS = 9;
const AT = "2026-11-23T12:00:00.000Z";

/** Microseconds of CPU for each call. */
function microseconds(calls: number, run: () => unknown): number {
  for (let n = 0; n < calls / 4; n++) run();
  const rounds = Array.from({ length: ROUNDS }, () => {
    const before = process.threadCpuUsage();
    for (let n = 0; n < calls; n++) run();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / calls;
  });
  return rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

const subscriptionOf = (n: number, document: Record<string, unknown>): Subscription => ({
  id: `sub_${String(n).padStart(12, "0")}`,
  tenant: "bench",
  version: 1,
  document: subscriptionDocument.parse({
    name: `No. ${n}`,
    places: ["verdict"],
    channel: { type: "inbox" },
    ...document,
  }),
  owner: { actor: "key:bench", role: "admin" },
  createdAt: AT,
  changedAt: AT,
  changedBy: "key:bench",
});

const whenOf = (n: number): string =>
  `label.${LABEL_NAMES[n % LABEL_NAMES.length]}.probability >= 0.${50 + (n % 40)} && features.words >= ${1 + (n % 90)}`;

/** What ids begin with that differ at their end only. */
const LONG = "b".repeat(100);

/** Made-up tenants: a chain of brands, hotels that watch themselves, and one where everybody wants everything. */
const TENANTS: Record<string, (n: number) => Record<string, unknown>> = {
  "a chain's brands, by label": (n) => ({
    filter: { brands: [`brand-${n % 200}`], labels: [LABEL_NAMES[n % LABEL_NAMES.length]], minSeverity: n % 5 },
  }),
  "hotels that watch their own reviews": (n) => ({ filter: { targets: [`hotel-${n}`], kinds: ["review"] } }),
  "a condition each, no filter at all": (n) => ({ when: whenOf(n) }),
  "all of the above mixed": (n) =>
    n % 3 === 0
      ? { filter: { brands: [`brand-${n % 200}`] }, when: whenOf(n) }
      : n % 3 === 1
        ? { filter: { targets: [`hotel-${n}`] } }
        : { filter: { labels: [LABEL_NAMES[n % LABEL_NAMES.length]], languages: ["en", "de"] } },
  "everybody wants everything": () => ({}),
  "the dearest conditions that they can all have": (n) => ({ when: `item.brands.exists(a, a == "${LONG}${n}")` }),
};

function eventNo(n: number, dear = false): AlertEvent {
  const label = LABEL_NAMES[n % LABEL_NAMES.length] ?? "insult";
  const made: Omit<Verdict, "queue"> = {
    tenant: "bench",
    ref: { kind: n % 2 ? "review" : "post", id: `item-${n}`, revision: "r1" },
    digest: "d".repeat(43),
    action: "flag",
    severity: n % 8,
    lane: "medium",
    labels: [
      { label, score: 0.9, probability: 0.9, severity: n % 8, spans: [], reasons: [], source: "bench", version: "1" },
    ],
    features: { words: n % 100, toxicity: 0.4, links_total: 1 },
    policy: { id: "bench", version: 1, rule: "bench", reasonCode: "bench" },
    models: [],
    status: "complete",
    language: "en-GB",
    authorId: `author-${n}`,
    targetId: `hotel-${n}`,
    visibility: "public",
    surface: "review",
    brandIds: dear
      ? Array.from({ length: 20 }, (_, brand) => `${LONG}${1_000_000 + brand}`)
      : [`brand-${n % 200}`, `brand-${(n + 7) % 200}`],
    receivedAt: AT,
    scoredAt: AT,
  };
  const [event] = eventsOfVerdict(made);
  if (!event) throw new Error("no event");
  return event;
}

/** What somebody would write first: every subscription is asked, its condition read beforehand, the facts laid out once. */
function askEach(all: readonly Subscription[]): (event: AlertEvent) => number {
  const read = all.map(({ document }) => (document.when === undefined ? undefined : readCondition(document.when)));
  const terms = read.map((one) => (one?.ok ? one.term : undefined));
  const tests = terms.map((term) => term && testOf(term));
  const features = usedFeatures(new Set(terms.flatMap((term) => (term ? [...slotsOf(term)] : []))));
  const view = emptyView();
  return ({ facts: { item }, conditions }) => {
    if (!item || !conditions) return 0;
    fillView(view, conditions, features);
    let found = 0;
    for (const [n, { document }] of all.entries()) {
      const { kinds, brands, targets, labels, minSeverity = 0, languages } = document.filter;
      if (!document.places.includes("verdict")) continue;
      if (kinds && !kinds.includes(item.kind)) continue;
      if (brands && !item.brands.some((brand) => brands.includes(brand))) continue;
      if (targets && !targets.includes(item.target ?? "")) continue;
      if (labels && !item.labels.some((one) => one.severity >= minSeverity && labels.includes(one.label))) continue;
      if (languages && !languages.some((tag) => isTagged(item.language?.toLowerCase() ?? "", tag))) continue;
      if (document.when === undefined || tests[n]?.(view)) found += 1;
    }
    return found;
  };
}

/** Prints what matching costs an event, beside what somebody would write first; throws where the two disagree. */
export function measureMatching(say: (line: string) => void): void {
  // One in eight is about as many brands as there can be, with names that take long to tell apart.
  const events = Array.from({ length: 64 }, (_, n) => eventNo(n * 13, n % 8 === 0));
  const dearest = eventNo(1, true);
  let turn = 0;
  const nextEvent = (): AlertEvent => events[turn++ % events.length] ?? eventNo(0);

  say(`${MOST_SUBSCRIPTIONS} subscriptions, one event                     indexed   each by itself   ratio   matches`);
  let worst = 0;
  for (const [name, documentOf] of Object.entries(TENANTS)) {
    const all = Array.from({ length: MOST_SUBSCRIPTIONS }, (_, n) => subscriptionOf(n, documentOf(n)));
    const indexed = compileSubscriptions(all);
    const naive = askEach(all);
    for (const event of events)
      if (indexed.match(event).length !== naive(event)) throw new Error(`${name}: index and loop disagree`);
    const fast = microseconds(20_000, () => indexed.match(nextEvent()));
    const slow = microseconds(400, () => naive(nextEvent()));
    const matches = events.reduce((sum, event) => sum + indexed.match(event).length, 0) / events.length;
    worst = Math.max(
      worst,
      fast,
      microseconds(500, () => indexed.match(dearest)),
    );
    say(
      `${name.padEnd(52)}${fast.toFixed(1).padStart(8)} µs${slow.toFixed(1).padStart(12)} µs${(slow / fast).toFixed(1).padStart(8)}${matches.toFixed(1).padStart(10)}`,
    );
  }
  const mixed = TENANTS["all of the above mixed"] ?? (() => ({}));
  const some = Array.from({ length: MOST_SUBSCRIPTIONS }, (_, n) => subscriptionOf(n, mixed(n)));
  say(
    `reading ${MOST_SUBSCRIPTIONS} subscriptions: ${(microseconds(4, () => compileSubscriptions(some)) / 1_000).toFixed(1)} ms`,
  );
  say(`the worst of these: ${(worst / 1_000).toFixed(3)} ms   (goal: at most 1)`);
}
