import type { LabelName, LabelScore } from "../../../../shared/domain/label.ts";
import { findLabel, type Score } from "../../../../shared/scoring/score.ts";
import { loadLexicon } from "../../../../shared/scoring/text/load-lexicon.ts";
import { createPostScorer, type PostInput } from "../../../../shared/scoring/text/score-post.ts";

/** The shipped lexicon: tests judge what ships, not a toy. */
export const lexicon = loadLexicon(new URL("../../../../models/text", import.meta.url));

const scorePost = createPostScorer(lexicon);

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
