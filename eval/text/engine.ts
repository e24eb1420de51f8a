import type { Head } from "../../models/text/data/labelled-text.ts";
import type { LabelName } from "../../shared/domain/label.ts";
import type { Action } from "../../shared/domain/verdict.ts";
import { builtInPolicies } from "../../shared/policy/compiled-policies.ts";
import { FLAG_TOXICITY } from "../../shared/policy/default-policy.ts";
import { type PostToJudge, postJudge } from "../../shared/policy/judge-post.ts";
import { loadTextResources } from "../../shared/scoring/text/load-text-resources.ts";
import {
  createTextEngine,
  type PostInput,
  type TextEngine,
  type TextResources,
} from "../../shared/scoring/text/score-post.ts";

export type Audience = "general" | "minors";

/** What the shipped engine and policy make of one text. */
export interface Judgement {
  /** 0 to 1 for every text label and for toxicity; 0 where nothing was found. */
  readonly likelihoods: Readonly<Record<Head, number>>;
  readonly action: Action;
  /** Labels on the verdict. */
  readonly reported: ReadonlySet<LabelName>;
  /** UTF-16 spans of what the verdict's labels rest on. */
  readonly spans: readonly { readonly label: LabelName; readonly span: readonly [number, number] }[];
}

/** The engine and policy as they ship, made ready for judging rows. */
export interface ShippedEngine {
  readonly judge: (text: string, audience?: Audience) => Judgement;
  /** Every label of a judgement's likelihoods, toxicity first. */
  readonly heads: readonly Head[];
  /** From which probability on a label is reported; of toxicity, from which on the default policy flags. */
  readonly thresholdOf: (head: Head) => number;
  readonly describe: string;
  /** What the engine is made of, for timing. */
  readonly resources: Required<TextResources>;
  readonly scoring: TextEngine;
  /** Processor time of loading all weights. */
  readonly loadMilliseconds: number;
}

const WEIGHTS = new URL("../../models/text/", import.meta.url);

const postOf = (text: string, audience: Audience): PostToJudge["post"] => ({
  kind: "post",
  id: "post",
  createdAt: "2026-01-01T00:00:00.000Z",
  channel: { id: "channel", visibility: "public", surface: "comment", audience },
  author: { id: "author" },
  brandIds: [],
  media: [],
  text,
});

const QUESTION = {
  policies: builtInPolicies,
  tenant: "evaluation",
  ref: { kind: "post", id: "post", revision: "1" },
  digest: "evaluation",
  receivedAt: new Date(0),
  now: new Date(0),
} as const;
/** Toxicity and the labels that a text can have; those of reviews and followings are judged elsewhere. */
const HEADS: readonly Head[] = [
  "toxicity",
  "profanity",
  "insult",
  "harassment",
  "threat",
  "hate",
  "graphic",
  "sexual_adult",
  "child_safety",
  "self_harm",
  "extremism",
  "illicit",
  "privacy.pii",
  "privacy.doxxing",
  "spam",
  "scam",
  "unsafe_link",
  "impersonation",
  "low_substance",
  "adverse_event",
  "unsupported_language",
];

/** From which probability on a policy sees a label that only rules give. */
const RULES_THRESHOLD = 0.5;

const inputOf = (text: string, audience: Audience): PostInput => ({ text, media: 0, audience, visibility: "public" });

/** The engine as it ships, its weights read from the project's folder. */
export function shippedEngine(): ShippedEngine {
  const before = process.threadCpuUsage();
  const { lexicon, languages, model } = loadTextResources(WEIGHTS);
  const { user, system } = process.threadCpuUsage(before);
  if (languages === undefined || model === undefined)
    throw new Error("the shipped engine has a language and a label model");
  const resources = { lexicon, languages, model };
  const scoring = createTextEngine(resources);
  const judgePost = postJudge(scoring.score);
  const reports = new Map<Head, number>(model.heads.map(({ head, report }) => [head, report]));
  reports.set("toxicity", FLAG_TOXICITY);
  return {
    heads: HEADS,
    thresholdOf: (head) => reports.get(head) ?? RULES_THRESHOLD,
    describe: `text-model ${model.version}, lexicon ${lexicon.version}`,
    resources,
    scoring,
    loadMilliseconds: (user + system) / 1000,
    judge: (text, audience = "general") => {
      const { action, labels } = judgePost({ ...QUESTION, post: postOf(text, audience) });
      return {
        likelihoods: scoring.likelihoods(inputOf(text, audience)),
        action,
        reported: new Set(labels.map(({ label }) => label)),
        spans: labels.flatMap(({ label, spans }) => spans.map((span) => ({ label, span }))),
      };
    },
  };
}
