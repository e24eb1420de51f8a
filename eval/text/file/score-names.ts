import type { Head } from "../../../models/text/data/labelled-text.ts";
import { UsageError } from "../options.ts";

/** Names under which Perspective and the Jigsaw sets know our labels. */
const OTHER_NAMES: Readonly<Record<string, Head>> = {
  toxic: "toxicity",
  severe_toxicity: "harassment",
  severe_toxic: "harassment",
  obscene: "profanity",
  identity_attack: "hate",
  identity_hate: "hate",
  sexually_explicit: "sexual_adult",
  unsubstantial: "low_substance",
};

/**
 * The label that a name means: ours, or as Perspective or Jigsaw call it, in any case.
 * @throws UsageError that lists the labels.
 */
export function headOf(name: string, heads: readonly Head[]): Head {
  const lower = name.toLowerCase();
  const head = heads.find((one) => one === lower) ?? OTHER_NAMES[lower];
  if (head === undefined)
    throw new UsageError(`--score: there is no label ${JSON.stringify(name)}; labels: ${heads.join(", ")}`);
  return head;
}
