import type { LabelName, LabelScore } from "../../../../shared/domain/label.ts";
import { findLabel, type Score } from "../../../../shared/scoring/score.ts";
import { loadTextResources } from "../../../../shared/scoring/text/load-text-resources.ts";
import { createPostScorer, type PostInput } from "../../../../shared/scoring/text/score-post.ts";

/** What ships: tests judge it, not a toy. */
const resources = loadTextResources(new URL("../../../../models/text", import.meta.url));
export const { lexicon } = resources;

const scorePost = createPostScorer(resources);

export const score = (text: string | undefined, more: Partial<PostInput> = {}): Score =>
  scorePost({ text, media: 0, audience: "general", visibility: "public", ...more });

export const label = (text: string, name: LabelName, more: Partial<PostInput> = {}): LabelScore | undefined =>
  findLabel(score(text, more), name);

/** Labels of a text, without those that only say that little was said. */
export const names = (text: string, more: Partial<PostInput> = {}): LabelName[] =>
  score(text, more)
    .labels.map((entry) => entry.label)
    .filter((name) => name !== "low_substance");

/** The words under each span. */
export const shown = (text: string, found: LabelScore | undefined): string[] =>
  (found?.spans ?? []).map(([start, end]) => text.slice(start, end));
