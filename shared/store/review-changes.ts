import type { Review } from "../domain/item.ts";
import type { AuthorEvent } from "../scoring/review/author-state.ts";
import type { Observations } from "../scoring/review/observations.ts";
import type { ReviewFacts, SimilarText } from "../scoring/review/review-facts.ts";
import type { ReviewFeatures } from "../scoring/review/review-features.ts";
import type { EntityKind } from "../scoring/review/site-state.ts";
import type { TargetEvent } from "../scoring/review/target-state.ts";
import type { Happening, Subject } from "./counted-states.ts";
import { AUTHOR, ENTITIES, SITE, TARGET } from "./review-kinds.ts";
import { key } from "./table.ts";
import { type Band, type BandEntry, bandsOf, LOCKSTEP_BANDS } from "./text-bands.ts";

/** What a review counts as: enough to count it after a crash, and to take it back when an edit replaces it. JSON. */
export interface Told {
  /** Of the revision. */
  readonly id: string;
  readonly targetId: string;
  readonly authorId: string;
  readonly suspected: boolean;
  readonly target: TargetEvent;
  readonly author: AuthorEvent;
  /** The earlier revision that this one takes the place of. */
  readonly replaces?: Replaced;
}
export type Replaced = Omit<Told, "replaces">;

/** What was known when a review came, and what it adds to that. */
export interface ReviewSituation {
  readonly facts: ReviewFacts;
  readonly features: ReviewFeatures;
  readonly observations: Observations;
  readonly bands: readonly Band[];
}

/** What a situation says of a review, by the verdict that it got. */
export const toldOf = (
  id: string,
  { author, target }: Review,
  { observations }: ReviewSituation,
  suspected: boolean,
  replaces?: Replaced,
): Told => ({
  id,
  targetId: target.id,
  authorId: author.id,
  suspected,
  target: observations.target,
  author: observations.author,
  ...(replaces ? { replaces: bare(replaces) } : {}),
});

/** Of an edit of an edit only the last step is taken back: the one before went with that. */
const bare = ({ id, targetId, authorId, suspected, target, author }: Replaced): Replaced => ({
  id,
  targetId,
  authorId,
  suspected,
  target,
  author,
});

/** One change of one counted state. */
export interface Change {
  readonly subject: Subject;
  readonly happening: Happening;
}

export const targetOf = (id: string): Subject => ({ kind: TARGET, id });
const authorOf = (id: string): Subject => ({ kind: AUTHOR, id });
export const entityOf = (kind: EntityKind, id: string): Subject => ({ kind: ENTITIES[kind], id });
export const THE_SITE: Subject = { kind: SITE, id: "all" };
export const nameOf = ({ kind, id }: Subject): string => key(kind.name, id);

const changesOf = (of: Replaced, id: string, since: Date | undefined, goes?: true): Change[] => {
  const how = { ...(of.suspected ? { suspected: true } : {}), ...(goes ? { goes } : {}) };
  const when = since === undefined ? {} : { since };
  return [
    { subject: targetOf(of.targetId), happening: { id, event: { event: of.target, ...how }, ...when } },
    { subject: authorOf(of.authorId), happening: { id, event: { event: of.author, ...how }, ...when } },
  ];
};
/** What a review that comes changes, and one that goes because another takes its place. */
export const comingOf = (told: Replaced, since?: Date): Change[] => changesOf(told, told.id, since);
export const goingOf = (replaced: Replaced, by: string, since?: Date): Change[] =>
  changesOf(replaced, `${by} for ${replaced.id}`, since, true);

/** All that counting a review changes in counted states, each change by a name of its own. */
export const allOf = (told: Told, since?: Date): Change[] => [
  ...comingOf(told, since),
  ...(told.replaces ? goingOf(told.replaces, told.id, since) : []),
];

/** What a review is judged by. */
export const subjectsOf = ({ target, author, fingerprints }: Review): Subject[] => [
  targetOf(target.id),
  authorOf(author.id),
  THE_SITE,
  ...(["device", "payment", "ipPrefix"] as const).flatMap((kind) => {
    const id = fingerprints?.[kind];
    return id === undefined ? [] : [entityOf(kind, id)];
  }),
];

const textEntry = ({ reviewId, authorId, targetId, minima = [] }: ReviewFacts): SimilarText => ({
  reviewId,
  authorId,
  targetId,
  minima,
});

/** What a review adds to the bands of its text and of what its author does. */
export const entriesOf = ({ facts, bands, observations: { group } }: ReviewSituation): BandEntry[] => [
  ...bands.map((band) => ({ band, entry: textEntry(facts) })),
  ...(group ? bandsOf(LOCKSTEP_BANDS, group.bands).map((band) => ({ band, entry: group.entry })) : []),
];
