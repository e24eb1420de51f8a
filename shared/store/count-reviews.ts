import type { CountedStates, Known, Subject } from "./counted-states.ts";
import { allOf, entityOf, entriesOf, nameOf, type ReviewSituation, THE_SITE, type Told } from "./review-changes.ts";
import type { FoundBands, TextBands } from "./text-bands.ts";

export interface ToCount {
  readonly situation: ReviewSituation;
  readonly told: Told;
  /** It may have been counted at any time since then; left out where that cannot be. */
  readonly since?: Date;
  /** Of what it replaces, where nobody is known to have counted that yet. */
  readonly owed?: { readonly told: Told; readonly since: Date };
}

/** What was read before. */
export interface Before {
  readonly known: ReadonlyMap<string, Known>;
  readonly found: FoundBands;
}

/** Tries of a write that others may outrun: a device must not be missed, the sample of the site may lack one. */
const ENTITY_TRIES = 8;
const SITE_TRIES = 2;

interface Part {
  readonly subject: Subject;
  /** Of the review. */
  readonly index: number;
}

/** Parts by their subject, each with the reviews that they come from. */
function bySubject<One extends Part>(parts: readonly One[]) {
  const groups = new Map<string, { readonly subject: Subject; readonly own: One[] }>();
  for (const part of parts) {
    const group = groups.get(nameOf(part.subject));
    if (group) group.own.push(part);
    else groups.set(nameOf(part.subject), { subject: part.subject, own: [part] });
  }
  return [...groups].map(([name, group]) => ({ name, ...group, indexes: group.own.map(({ index }) => index) }));
}

/**
 * Counts reviews of a tenant in their targets, authors, entities and bands: one write for each state that they change.
 * @returns a result for each review, in order; it failed where anything of it did, and can be counted again
 */
export async function countReviews(
  { states, textBands }: { readonly states: CountedStates; readonly textBands: TextBands },
  tenant: string,
  reviews: readonly ToCount[],
  { known, found }: Before,
  now: Date,
): Promise<PromiseSettledResult<void>[]> {
  const faults = new Map<number, unknown>();
  const part = async (indexes: Iterable<number>, job: Promise<unknown>): Promise<void> => {
    try {
      await job;
    } catch (fault) {
      for (const index of indexes) faults.set(index, fault);
    }
  };
  const sketch = async (subject: Subject, events: readonly unknown[], before: Known | undefined): Promise<void> => {
    const tries = subject === THE_SITE ? SITE_TRIES : ENTITY_TRIES;
    const done = await states.sketch(tenant, subject, events, now, tries, before);
    if (!done && subject !== THE_SITE) throw new Error("the state was contended too long");
  };
  const changes = reviews.flatMap(({ told, since, owed }, index) =>
    [...(owed ? allOf(owed.told, owed.since) : []), ...allOf(told, since)].map((change) => ({ ...change, index })),
  );
  const sketched = reviews.flatMap(({ situation: { observations } }, index) => [
    ...observations.entities.map(({ kind, id, event }) => ({ subject: entityOf(kind, id), event, index })),
    ...(observations.site ? [{ subject: THE_SITE, event: observations.site, index }] : []),
  ]);
  const entries = reviews.flatMap(({ situation }) => entriesOf(situation));
  await Promise.all([
    ...bySubject(changes).map(({ name, subject, own, indexes }) => {
      const happenings = own.map(({ happening }) => happening);
      return part(indexes, states.count(tenant, subject, happenings, now, known.get(name)));
    }),
    ...bySubject(sketched).map(({ name, subject, own, indexes }) => {
      const events = own.map(({ event }) => event);
      return part(indexes, sketch(subject, events, known.get(name)));
    }),
    part(reviews.keys(), textBands.add(tenant, entries, found, now)),
  ]);
  return reviews.map((_, index) =>
    faults.has(index) ? { status: "rejected", reason: faults.get(index) } : { status: "fulfilled", value: undefined },
  );
}
