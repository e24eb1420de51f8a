import { type AuthorState, emptyAuthor, observeAuthor } from "../../shared/scoring/review/author-state.ts";
import { type EntityState, emptyEntity, observeEntity } from "../../shared/scoring/review/entity-state.ts";
import { lockstepBands } from "../../shared/scoring/review/lockstep.ts";
import { type Observations, observationsOf } from "../../shared/scoring/review/observations.ts";
import type { ReviewFacts, SimilarText } from "../../shared/scoring/review/review-facts.ts";
import { features, type Known, type ReviewFeatures } from "../../shared/scoring/review/review-features.ts";
import { type EntityKind, emptySite, observeSite } from "../../shared/scoring/review/site-state.ts";
import { emptyTarget, observeTarget, type TargetState } from "../../shared/scoring/review/target-state.ts";

/** Entries of a band, as the table keeps them. */
const MOST_TEXTS = 12;
const MOST_GROUP = 24;
const KINDS = ["device", "payment", "ipPrefix"] as const;

/** What was known of a review, and how to count it. */
export interface Seen {
  readonly features: ReviewFeatures;
  readonly observations: Observations;
  /** Counts the review in every state; later ones see it. */
  observe(): void;
}

export interface ReviewMemory {
  /** The review against the states before it. `bands`: `signText(text)?.bands`. */
  look(facts: ReviewFacts, bands?: readonly string[]): Seen;
}

/** The states of one site in memory, without bounds: for replays that are read once, in order. */
export function reviewMemory(): ReviewMemory {
  const targets = new Map<string, TargetState>();
  const authors = new Map<string, AuthorState>();
  const entities = new Map<string, EntityState>();
  const texts = new Map<string, SimilarText[]>();
  const groups = new Map<string, SimilarText[]>();
  let site = emptySite();

  const under = (bands: Map<string, SimilarText[]>, keys: readonly string[]): SimilarText[] => [
    ...new Set(keys.flatMap((band, place) => bands.get(`${place}#${band}`) ?? [])),
  ];
  const add = (bands: Map<string, SimilarText[]>, keys: readonly string[], entry: SimilarText, most: number): void => {
    for (const [place, band] of keys.entries()) {
      const held = bands.get(`${place}#${band}`);
      if (held === undefined) bands.set(`${place}#${band}`, [entry]);
      else if (held.length < most) held.push(entry);
    }
  };
  const entitiesOf = ({ fingerprints }: ReviewFacts): Partial<Record<EntityKind, EntityState>> => {
    const known: Partial<Record<EntityKind, EntityState>> = {};
    for (const kind of KINDS) {
      const state = fingerprints?.[kind] === undefined ? undefined : entities.get(`${kind}#${fingerprints[kind]}`);
      if (state) known[kind] = state;
    }
    return known;
  };

  return {
    look(facts, bands = []) {
      const target = targets.get(facts.targetId) ?? emptyTarget();
      const author = authors.get(facts.authorId) ?? emptyAuthor();
      const known: Known = {
        target,
        author,
        similar: under(texts, bands),
        site,
        entities: entitiesOf(facts),
        group: under(groups, lockstepBands(author, facts)),
      };
      const found = features(facts, known);
      const observations = observationsOf(facts, known, found);
      const observe = (): void => {
        targets.set(facts.targetId, observeTarget(target, observations.target));
        authors.set(facts.authorId, observeAuthor(author, observations.author));
        if (observations.site) site = observeSite(site, observations.site);
        for (const { kind, id, event } of observations.entities) {
          const key = `${kind}#${id}`;
          entities.set(key, observeEntity(entities.get(key) ?? emptyEntity(), event));
        }
        const { group } = observations;
        if (group) add(groups, group.bands, group.entry, MOST_GROUP);
        const { reviewId, authorId, targetId, minima } = facts;
        if (minima) add(texts, bands, { reviewId, authorId, targetId, minima }, MOST_TEXTS);
      };
      return { features: found, observations, observe };
    },
  };
}
