import { fitProfiles } from "../../models/profiles/train/fit-profiles.ts";
import shippedWeights from "../../models/profiles/weights.json" with { type: "json" };
import { SUSPICIOUS_FROM } from "../../shared/domain/suspicious-from.ts";
import { profileModel } from "../../shared/scoring/audience/profile-model.ts";
import { decimal, shareOf } from "../text/report/numbers.ts";
import type { ProfileSet } from "./sets.ts";

interface Found {
  readonly sensitivity: number;
  readonly specificity: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/**
 * On how many profiles a share would have to be counted to be as uncertain as it is between sources: m(1 − m)/s², m and
 * s² being mean and variance over them.
 */
function worth(shares: readonly number[]): { readonly mean: number; readonly profiles: number } {
  const middle = mean(shares);
  const variance = shares.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (shares.length - 1);
  return { mean: middle, profiles: (middle * (1 - middle)) / variance };
}

/**
 * Sensitivity and specificity of a suspicious chance on sources of followers that the trees never saw: the `tune` sets by
 * the shipped trees, a `train` set by trees of the other ones with the shipped line of calibration.
 */
export function* qualityLines(sets: readonly ProfileSet[]): Generator<string> {
  const train = sets.filter(({ use }) => use === "train");
  yield `\nSensitivity and specificity of a chance of ${SUSPICIOUS_FROM}% and more, sources of followers never seen by the trees`;
  const found: Found[] = [];
  for (const set of sets) {
    if (!set.ofFollowers || set.use === "eval") continue;
    const { slope, shift, prior } = shippedWeights;
    const own =
      set.use === "train"
        ? { ...fitProfiles(train.filter((other) => other !== set)), slope, shift, prior }
        : shippedWeights;
    const model = profileModel(own);
    const flagged = { fake: 0, genuine: 0 };
    const all = { fake: 0, genuine: 0 };
    for (const { profile, seenAt, fake } of set.rows) {
      const kind = fake ? "fake" : "genuine";
      all[kind]++;
      if (Math.round(100 * model.score(profile, seenAt).probability) >= SUSPICIOUS_FROM) flagged[kind]++;
    }
    const passed = all.genuine - flagged.genuine;
    found.push({ sensitivity: flagged.fake / all.fake, specificity: passed / all.genuine });
    yield `  ${set.name.padEnd(16)}Se ${shareOf(flagged.fake, all.fake)}   Sp ${shareOf(passed, all.genuine)}`;
  }
  for (const [name, shares] of [
    ["Se", found.map(({ sensitivity }) => sensitivity)],
    ["Sp", found.map(({ specificity }) => specificity)],
  ] as const) {
    const { mean: middle, profiles } = worth(shares);
    yield `  ${name} ${decimal(middle)} over ${shares.length} sources, worth ${profiles.toFixed(1)} profiles`;
  }
}
