import type { LabelName } from "../domain/label.ts";
import type { Verdict, VerdictAbout } from "../domain/verdict.ts";
import { REACH_FEATURES } from "./condition/feature-words.ts";

/**
 * What conditions see of an item: labels, numbers, ids and times, never words, and never how many people follow anybody.
 * `""` is an unknown text.
 */
export interface PolicyFacts {
  readonly kind: Verdict["ref"]["kind"];
  readonly surface: Verdict["surface"];
  readonly visibility: Verdict["visibility"];
  /** The channel's audience are minors. */
  readonly minors: boolean;
  /** BCP 47. */
  readonly language: string;
  readonly country: string;
  readonly brands: readonly string[];
  readonly productLine: string;
  readonly targetId: string;
  readonly channelId: string;
  readonly rating?: number;
  readonly verifiedPurchase?: boolean;
  readonly labels: readonly { readonly label: LabelName; readonly probability: number; readonly severity: number }[];
  readonly features: Readonly<Record<string, number>>;
  readonly author: NonNullable<VerdictAbout["author"]>;
  /** ISO 8601. */
  readonly receivedAt: string;
}

/** What a verdict is before anything was decided. */
export type VerdictBasis = Omit<Verdict, "action" | "severity" | "queue" | "lane" | "policy" | "scoredAt">;

/**
 * The facts that conditions see, from what a verdict stores and nothing else: a replay over stored verdicts and the
 * scoring step are the same function of the same data.
 */
export function factsOf(made: VerdictBasis): PolicyFacts {
  const { about = {} } = made;
  return {
    kind: made.ref.kind,
    surface: made.surface,
    visibility: made.visibility,
    minors: about.minors ?? false,
    language: made.language ?? "",
    country: about.country ?? "",
    brands: made.brandIds,
    productLine: about.productLine ?? "",
    targetId: made.targetId ?? "",
    channelId: made.channelId ?? "",
    ...(made.features.rating === undefined ? {} : { rating: made.features.rating }),
    ...(about.verifiedPurchase === undefined ? {} : { verifiedPurchase: about.verifiedPurchase }),
    labels: made.labels.map(({ label, probability, severity }) => ({ label, probability, severity })),
    features: withoutReach(made.features),
    author: about.author ?? {},
    receivedAt: made.receivedAt,
  };
}

/** The facts of a public post of which nothing is known but what scorers found. */
export const factsOfFindings = (
  labels: PolicyFacts["labels"],
  { features = {}, minors = false }: Partial<Pick<PolicyFacts, "features" | "minors">> = {},
): PolicyFacts => ({
  kind: "post",
  surface: "post",
  visibility: "public",
  minors,
  language: "",
  country: "",
  brands: [],
  productLine: "",
  targetId: "",
  channelId: "",
  labels,
  features,
  author: {},
  receivedAt: "1970-01-01T00:00:00.000Z",
});

/** Facts are journalled and shown; an audience's size stays in its verdict. */
function withoutReach(features: PolicyFacts["features"]): PolicyFacts["features"] {
  let kept = features;
  for (const name of REACH_FEATURES) {
    if (kept[name] === undefined) continue;
    if (kept === features) kept = { ...features };
    delete (kept as Record<string, number>)[name];
  }
  return kept;
}
