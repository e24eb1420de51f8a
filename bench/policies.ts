// `npm run bench:policies`: what policies cost an item. CPU time of this thread, the median of several runs.

import { checkPolicy } from "../shared/policy/check-policy.ts";
import { compilePolicies } from "../shared/policy/compiled-policies.ts";
import { costOf, MOST_STEPS } from "../shared/policy/condition/cost.ts";
import { readCondition } from "../shared/policy/condition/read-condition.ts";
import { LABEL_NAMES } from "../shared/policy/condition/vocabulary.ts";
import type { PolicyDocument, PolicyRule } from "../shared/policy/policy-document.ts";
import type { PolicyFacts } from "../shared/policy/policy-facts.ts";

const RULES = 50;
const ROUNDS = 9;

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

const SURFACES = ["comment", "post", "message", "forum", "review"] as const;
const labelOf = (n: number) => LABEL_NAMES[n % LABEL_NAMES.length] ?? "insult";

/** Four comparisons each, in an order in which none can be left out before the third: nothing here is a best case. */
const rules = Array.from(
  { length: RULES },
  (_, n): PolicyRule => ({
    name: `rule-${n}`,
    when:
      `item.surface != "${SURFACES[(n + 1) % 5]}" && features.words >= ${1 + (n % 3)} && ` +
      `label.${labelOf(n)}.probability >= 0.${50 + n} && label.${labelOf(n)}.severity >= ${1 + (n % 6)}`,
    action: n % 7 === 0 ? "hold" : "flag",
    reasonCode: "bench",
  }),
);
const documentOf = (own: readonly PolicyRule[]): PolicyDocument => ({ id: "bench", title: "Bench", rules: [...own] });

const features: Record<string, number> = {
  words: 40,
  characters: 220,
  letters_ratio: 0.8,
  toxicity: 0.2,
  links_total: 1,
};
for (const name of ["emoji", "exclamations", "mentions", "substance", "promotion", "uppercase_ratio"])
  features[name] = 0.5;
const facts = (labels: PolicyFacts["labels"], more: Partial<PolicyFacts> = {}): PolicyFacts => ({
  kind: "post",
  surface: "comment",
  visibility: "public",
  minors: false,
  language: "en-GB",
  country: "GB",
  brands: ["brand-1"],
  productLine: "",
  targetId: "",
  channelId: "town-square",
  labels,
  features,
  author: { ageDays: 400 },
  receivedAt: "2026-11-22T12:00:00.000Z",
  ...more,
});
const quiet = facts([{ label: "profanity", probability: 0.6, severity: 1 }]);
const caught = facts([
  { label: "insult", probability: 0.99, severity: 5 },
  { label: "spam", probability: 0.99, severity: 4 },
]);

/** What somebody would write who needs no policies as data: the same rules as code, over the same facts. */
function floor(item: PolicyFacts): number {
  let strictest = 0;
  for (let n = 0; n < RULES; n++) {
    if (item.surface === SURFACES[(n + 1) % 5] || (item.features.words ?? 0) < 1 + (n % 3)) continue;
    const name = labelOf(n);
    for (const { label, probability, severity } of item.labels)
      if (label === name && probability >= 0.5 + n / 100 && severity >= 1 + (n % 6))
        strictest = Math.max(strictest, n % 7 === 0 ? 2 : 1);
  }
  return strictest;
}

const policies = compilePolicies([{ document: documentOf(rules), version: 1 }]);
const lone = compilePolicies([{ document: documentOf([]), version: 1 }]);
const say = (name: string, value: number, note = ""): void =>
  console.log(`${name.padEnd(58)}${value.toFixed(2).padStart(9)} µs${note}`);

const fifty = microseconds(20_000, () => policies.decide(quiet));
const byHand = microseconds(20_000, () => floor(quiet));
say(`${RULES} rules of 4 comparisons on one item, none applies`, fifty, "   (goal: at most 30)");
say(
  `${RULES} rules on an item that some apply to, with their values`,
  microseconds(10_000, () => policies.decide(caught)),
);
say(
  "no rules: what it costs to lay the facts out",
  microseconds(50_000, () => lone.decide(quiet)),
);
say("the same rules written by hand in TypeScript", byHand);
console.log(`ratio to the floor written by hand: ${(fifty / byHand).toFixed(1)}`);

const text = documentOf(rules);
say(
  `compile ${RULES} rules`,
  microseconds(20, () => compilePolicies([{ document: text, version: 1 }])),
);
say(
  `check ${RULES} rules before they are saved`,
  microseconds(10, () => checkPolicy(text)),
);

// The dearest conditions that pass the check, each made as large as the limits let it.
// Each differs from the others only at the end of the longest id that there may be.
const brands = Array.from({ length: 20 }, (_, n) => `${"b".repeat(126)}${String.fromCharCode(97 + n)}b`);
const dear = facts([{ label: "insult", probability: 0.5, severity: 5 }], { brands, channelId: "a".repeat(128) });
const grown = (part: string, by: string, end = ""): string => {
  let when = part;
  for (;;) {
    const next = `${when} ${by} ${part}`;
    const read = readCondition(next + end);
    if (next.length > 2_000 || !read.ok || costOf(read.term) > MOST_STEPS) return when + end;
    when = next;
  }
};
const DEAREST = {
  "exists within exists": "item.brands.exists(a, item.brands.exists(b, a != b && a == channel.id))",
  "brands that begin with each other": "item.brands.exists(a, item.brands.exists(b, a != b && a.startsWith(b)))",
  "contains over every brand": grown('item.brands.exists(a, a.contains("bbbbbbb1"))', "||"),
  "a brand in brands": grown("!item.brands.all(a, a in item.brands)", "||"),
  "contains of what nearly is": grown(`channel.id.contains("${"a".repeat(60)}b")`, "||"),
  "many comparisons": grown("features.words < 0.5", "||"),
  "much arithmetic": grown("features.words", "+", " < 0.5"),
} as const;
let worst = 0;
for (const [name, when] of Object.entries(DEAREST)) {
  const read = readCondition(when);
  const steps = read.ok ? costOf(read.term) : Number.NaN;
  if (!(steps <= MOST_STEPS)) {
    console.log(`${name}: refused (${read.ok ? `${steps} steps of ${MOST_STEPS}` : read.fault.message})`);
    continue;
  }
  const one = compilePolicies([
    { document: documentOf([{ name: "dear", when, action: "flag", reasonCode: "x" }]), version: 1 },
  ]);
  const cost = microseconds(2_000, () => one.decide(dear));
  worst = Math.max(worst, cost);
  say(`one rule, ${name} (${steps} steps)`, cost);
}
say("the worst of these", worst, "   (goal: under 1,000)");
