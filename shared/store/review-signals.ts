import type { Review } from "../domain/item.ts";
import type { AuthorEvent } from "../scoring/review/author-state.ts";
import { lockstepBands } from "../scoring/review/lockstep.ts";
import { type Observations, observationsOf } from "../scoring/review/observations.ts";
import type { ReviewFacts, SimilarText } from "../scoring/review/review-facts.ts";
import { features, type ReviewFeatures } from "../scoring/review/review-features.ts";
import type { EntityKind } from "../scoring/review/site-state.ts";
import type { TargetEvent } from "../scoring/review/target-state.ts";
import type { CountedStates, Happening, Known, Subject } from "./counted-states.ts";
import { factsOf } from "./review-facts-of.ts";
import { AUTHOR, ENTITIES, type ReviewKind, SITE, TARGET, type TargetRecord } from "./review-kinds.ts";
import { key } from "./table.ts";
import {
  type Band,
  type BandEntry,
  bandChanges,
  bandName,
  bandsOf,
  LOCKSTEP_BANDS,
  TEXT_BANDS,
  type TextBands,
} from "./text-bands.ts";

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

export interface ToCount {
  readonly situation: ReviewSituation;
  readonly told: Told;
  /** It may have been counted at any time since then; left out where that cannot be. */
  readonly since?: Date;
  /** Of what it replaces, where nobody is known to have counted that yet. */
  readonly owed?: { readonly told: Told; readonly since: Date };
}

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
  ...(replaces ? { replaces } : {}),
});

interface Change {
  readonly subject: Subject;
  readonly happening: Happening;
}

const targetOf = (id: string): Subject => ({ kind: TARGET, id });
const authorOf = (id: string): Subject => ({ kind: AUTHOR, id });
const entityOf = (kind: EntityKind, id: string): Subject => ({ kind: ENTITIES[kind], id });
const THE_SITE: Subject = { kind: SITE, id: "all" };
const nameOf = ({ kind, id }: Subject): string => key(kind.name, id);

const changesOf = (of: Replaced, id: string, since: Date | undefined, goes?: true): Change[] => {
  const how = { ...(of.suspected ? { suspected: true } : {}), ...(goes ? { goes } : {}) };
  const when = since === undefined ? {} : { since };
  return [
    { subject: targetOf(of.targetId), happening: { id, event: { event: of.target, ...how }, ...when } },
    { subject: authorOf(of.authorId), happening: { id, event: { event: of.author, ...how }, ...when } },
  ];
};
const comingOf = (told: Replaced, since?: Date): Change[] => changesOf(told, told.id, since);
const goingOf = (replaced: Replaced, by: string, since?: Date): Change[] =>
  changesOf(replaced, `${by} for ${replaced.id}`, since, true);

/** All that counting a review changes in counted states, each change by a name of its own. */
const allOf = (told: Told, since?: Date): Change[] => [
  ...comingOf(told, since),
  ...(told.replaces ? goingOf(told.replaces, told.id, since) : []),
];

const subjectsOf = ({ target, author, fingerprints }: Review): Subject[] => [
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

/** Tries of a write that others may outrun: a device must not be missed, the sample of the site may lack one. */
const ENTITY_TRIES = 8;
const SITE_TRIES = 2;

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
      const entriesOf = ({ facts, bands, observations: { group } }: ReviewSituation): BandEntry[] => [
        ...bands.map((band) => ({ band, entry: textEntry(facts) })),
        ...bandsOf(LOCKSTEP_BANDS, group?.bands ?? []).flatMap((band) => (group ? [{ band, entry: group.entry }] : [])),
      ];
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
        async count(counted) {
          const faults = new Map<number, unknown>();
          const part = async (indexes: Iterable<number>, job: Promise<unknown>): Promise<void> => {
            try {
              await job;
            } catch (fault) {
              for (const index of indexes) faults.set(index, fault);
            }
          };
          const changes = counted.flatMap((one, index) =>
            [...(one.owed ? allOf(one.owed.told, one.owed.since) : []), ...allOf(one.told, one.since)].map(
              (change) => ({ ...change, index }),
            ),
          );
          const sketched = counted.flatMap(({ situation: { observations } }, index) => [
            ...observations.entities.map(({ kind, id, event }) => ({ subject: entityOf(kind, id), event, index })),
            ...(observations.site ? [{ subject: THE_SITE, event: observations.site, index }] : []),
          ]);
          const entries = counted.flatMap(({ situation }) => entriesOf(situation));
          await Promise.all([
            ...Map.groupBy(changes, ({ subject }) => nameOf(subject))
              .entries()
              .map(([name, own]) => {
                const happenings = own.map(({ happening }) => happening);
                const subject = own[0]?.subject ?? THE_SITE;
                return part(
                  own.map(({ index }) => index),
                  states.count(tenant, subject, happenings, now, known.get(name)),
                );
              }),
            ...Map.groupBy(sketched, ({ subject }) => nameOf(subject))
              .entries()
              .map(([name, own]) => {
                const events = own.map(({ event }) => event);
                const subject = own[0]?.subject ?? THE_SITE;
                const isSite = subject === THE_SITE;
                const tries = isSite ? SITE_TRIES : ENTITY_TRIES;
                const job = states.sketch(tenant, subject, events, now, tries, known.get(name)).then((done) => {
                  if (!done && !isSite) throw new Error("the state was contended too long");
                });
                return part(
                  own.map(({ index }) => index),
                  job,
                );
              }),
            part(counted.keys(), textBands.add(tenant, entries, found, now)),
          ]);
          return counted.map((_, index) =>
            faults.has(index)
              ? { status: "rejected", reason: faults.get(index) }
              : { status: "fulfilled", value: undefined },
          );
        },
      };
    },
    async target(tenant, id, now) {
      const stored = await states.exact(tenant, targetOf(id), now);
      return stored === undefined ? undefined : TARGET.parse(stored);
    },
  };
}
