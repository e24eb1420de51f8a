import type { JournalEntry } from "../../shared/domain/journal-entry.ts";
import type { LabelName } from "../../shared/domain/label.ts";
import { builtInPolicies } from "../../shared/policy/compiled-policies.ts";

const LABELS: readonly LabelName[] = ["insult", "profanity", "spam", "harassment", "low_substance", "threat"];
const SURFACES = ["comment", "post", "forum", "message"] as const;
const LANGUAGES = ["en", "en", "en", "de", "fr", "es-MX", ""] as const;

/** Numbers in [0, 1) that are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const pick = <Value>(values: readonly [Value, ...Value[]], chance: number): Value =>
  values[Math.floor(chance * values.length)] ?? values[0];

/**
 * Verdicts as the journal keeps them, spread evenly over a window and decided by the built-in policy: made up, the same for
 * the same seed, with about as many labels and features as those of posts.
 */
export function* journalled(count: number, from: Date, to: Date, seed = 1): Generator<JournalEntry> {
  const chance = seeded(seed);
  const step = (to.getTime() - from.getTime()) / count;
  for (let index = 0; index < count; index++) {
    const labels = LABELS.filter(() => chance() < 0.12).map((label) => ({
      label,
      probability: Math.round(chance() * 1_000) / 1_000,
      severity: 1 + Math.floor(chance() * 5),
    }));
    const scoredAt = new Date(from.getTime() + index * step).toISOString();
    const facts: JournalEntry["facts"] = {
      kind: chance() < 0.8 ? "post" : "review",
      surface: pick(SURFACES, chance()),
      visibility: "public",
      minors: chance() < 0.05,
      language: pick(LANGUAGES, chance()),
      country: "",
      brands: [],
      productLine: "",
      targetId: "",
      channelId: `channel-${Math.floor(chance() * 20)}`,
      labels,
      features: {
        words: Math.floor(chance() * 80),
        links_total: chance() < 0.1 ? 1 + Math.floor(chance() * 3) : 0,
        toxicity: Math.round(chance() ** 4 * 1_000) / 1_000,
        promotion: Math.round(chance() ** 3 * 1_000) / 1_000,
      },
      author: { ageDays: Math.floor(chance() * 900) },
      receivedAt: scoredAt,
    };
    const { action, severity, queue, lane, policy } = builtInPolicies.decide(facts);
    yield {
      ref: { kind: facts.kind, id: `item-${index}`, revision: "r1" },
      facts,
      action,
      severity,
      queue,
      lane,
      policy: { id: policy.id, version: policy.version, rule: policy.rule },
      models: ["text-lexicon@3", "text-model@4"],
      scoredAt,
    };
  }
}
