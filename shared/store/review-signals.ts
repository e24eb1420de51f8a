import type { Review } from "../domain/item.ts";
import { lockstepBands } from "../scoring/review/lockstep.ts";
import { observationsOf } from "../scoring/review/observations.ts";
import type { SimilarText } from "../scoring/review/review-facts.ts";
import { features } from "../scoring/review/review-features.ts";
import { countReviews, type ToCount } from "./count-reviews.ts";
import type { CountedStates, Known, Subject } from "./counted-states.ts";
import {
  type Change,
  comingOf,
  entityOf,
  entriesOf,
  goingOf,
  nameOf,
  type Replaced,
  type ReviewSituation,
  subjectsOf,
  THE_SITE,
  type Told,
  targetOf,
} from "./review-changes.ts";
import { factsOf } from "./review-facts-of.ts";
import { AUTHOR, ENTITIES, type ReviewKind, SITE, TARGET, type TargetRecord } from "./review-kinds.ts";
import { type Band, bandChanges, bandName, bandsOf, LOCKSTEP_BANDS, TEXT_BANDS, type TextBands } from "./text-bands.ts";

/** Reviews that came together, and what they are judged by. */
export interface ReviewLook {
  /** Notes where the logs of busy targets end. Must be over before the verdict of any of the reviews is recorded. */
  ready(): Promise<void>;
  /** What is known of a review: the states, without the revision that it replaces, and all that was noted before. Writes nothing. */
  situation(review: Review, replaces?: Replaced): ReviewSituation;
  /** From now on the reviews of this look are judged with this one counted. Writes nothing. */
  note(situation: ReviewSituation, told: Told): void;
  /** Counts reviews in their targets, authors, entities and bands, each once: one write a state. A result for each, in order. */
  count(reviews: readonly ToCount[]): Promise<PromiseSettledResult<void>[]>;
}

export interface ReviewSignals {
  /** Reads, once for all of them, what reviews of a tenant are judged by. */
  look(tenant: string, reviews: readonly Review[], now: Date): Promise<ReviewLook>;
  /** What is known of a target, every counted review included. */
  target(tenant: string, id: string, now: Date): Promise<TargetRecord | undefined>;
}

/** The states that reviews are scored by, in the table `signals`. */
export function reviewSignals(states: CountedStates, textBands: TextBands): ReviewSignals {
  return {
    async look(tenant, reviews, now) {
      const signed = new Map(reviews.map((review) => [review, factsOf(review)]));
      const subjects = [...new Map(reviews.flatMap(subjectsOf).map((one) => [nameOf(one), one])).values()];
      const textOf = (review: Review): Band[] => bandsOf(TEXT_BANDS, signed.get(review)?.bands ?? []);
      const [rows, texts] = await Promise.all([
        states.read(tenant, subjects, now),
        textBands.read(tenant, reviews.flatMap(textOf), now),
      ]);
      const known = new Map<string, Known>(subjects.map((one, index) => [nameOf(one), rows[index] as Known]));
      const current = new Map<string, unknown>([...known].map(([name, { row }]) => [name, row.state]));
      const stateOf = <State>(subject: Subject & { readonly kind: ReviewKind<State> }): State => {
        const state = subject.kind.parse(current.get(nameOf(subject)));
        current.set(nameOf(subject), state);
        return state;
      };
      const inStep = reviews.map((review) => {
        const facts = signed.get(review)?.facts;
        return facts ? lockstepBands(stateOf({ kind: AUTHOR, id: review.author.id }), facts) : [];
      });
      const groupBands = inStep.flatMap((values) => bandsOf(LOCKSTEP_BANDS, values));
      const groups = groupBands.length > 0 ? await textBands.read(tenant, groupBands, now) : [];
      const found: ReadonlyMap<string, readonly SimilarText[]> = new Map([...texts, ...groups]);
      const lying = new Map(found);
      const under = (bands: readonly Band[]): SimilarText[] => {
        const all = bands.flatMap((band) => lying.get(bandName(band)) ?? []);
        return [...new Map(all.map((entry) => [`${entry.reviewId} ${entry.minima}`, entry])).values()];
      };
      const apply = ({ subject, happening }: Change): void => {
        current.set(nameOf(subject), subject.kind.after(current.get(nameOf(subject)), [happening.event]));
      };

      return {
        async ready() {
          await Promise.all(
            subjects.map(async (subject) => {
              const own = known.get(nameOf(subject));
              if (own?.row.heat) known.set(nameOf(subject), await states.ready(tenant, subject, own, now));
            }),
          );
        },
        situation(review, replaces) {
          const { facts, bands: values } = signed.get(review) ?? factsOf(review);
          if (replaces) goingOf(replaces, replaces.id).forEach(apply);
          const author = stateOf({ kind: AUTHOR, id: review.author.id });
          const entities = (["device", "payment", "ipPrefix"] as const).flatMap((kind) => {
            const id = review.fingerprints?.[kind];
            return id === undefined ? [] : [[kind, stateOf({ kind: ENTITIES[kind], id })] as const];
          });
          const bands = bandsOf(TEXT_BANDS, values);
          const before = {
            target: stateOf({ kind: TARGET, id: review.target.id }).all,
            author,
            similar: under(bands),
            site: stateOf({ kind: SITE, id: THE_SITE.id }),
            entities: Object.fromEntries(entities),
            group: under(bandsOf(LOCKSTEP_BANDS, lockstepBands(author, facts))),
          };
          const said = features(facts, before);
          return { facts, features: said, observations: observationsOf(facts, before, said), bands };
        },
        note(situation, told) {
          // What it replaces went when its situation was made.
          comingOf(told).forEach(apply);
          const { entities, site } = situation.observations;
          for (const { kind, id, event } of entities) apply({ subject: entityOf(kind, id), happening: { id, event } });
          if (site) apply({ subject: THE_SITE, happening: { id: told.id, event: site } });
          for (const { band, added } of bandChanges(entriesOf(situation), lying))
            lying.set(bandName(band), [...(lying.get(bandName(band)) ?? []), ...added]);
        },
        count: (counted) => countReviews({ states, textBands }, tenant, counted, { known, found }, now),
      };
    },
    async target(tenant, id, now) {
      const stored = await states.exact(tenant, targetOf(id), now);
      return stored === undefined ? undefined : TARGET.parse(stored);
    },
  };
}
