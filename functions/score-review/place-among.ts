import type { ItemMessage } from "../../shared/contracts/messages.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import { Unprocessable } from "../../shared/runtime/unprocessable.ts";
import type { Told } from "../../shared/store/review-changes.ts";
import type { Revision } from "../../shared/store/verdicts.ts";

/** What a revision is among the revisions of its review. */
export interface Place {
  /** Its verdict, where everything that follows from that was done but perhaps its event. */
  readonly done?: Verdict;
  /** Whether states count it: an older revision that comes after a newer one is not counted. */
  readonly counts: boolean;
  /** What it takes the place of; `owed` since when that may have been counted, where it is not known to be. */
  readonly replaces?: { readonly told: Told; readonly owed?: Date };
}

/** Another revision may just be on its way through another invocation, which ends after 20 seconds at the latest. */
const UNDER_WAY_MS = 25_000;

const isAfter = (a: Pick<Revision, "receivedAt" | "revision">, b: Pick<Revision, "receivedAt" | "revision">): boolean =>
  a.receivedAt.getTime() - b.receivedAt.getTime() > 0 ||
  (a.receivedAt.getTime() === b.receivedAt.getTime() && a.revision > b.revision);

/**
 * The place of a message's revision: of several the one received last counts, and takes the place of the one that counted
 * before. Every accepted revision has its receipt before it has a message, so the later of two always sees the earlier.
 * @throws Error where an earlier revision is under way: this one then comes back in a moment
 * @throws Unprocessable where the same revision has a verdict with other content
 */
export function placeAmong(revisions: readonly Revision[], { ref, digest, receivedAt }: ItemMessage, now: Date): Place {
  const own = revisions.find(({ revision }) => revision === ref.revision);
  if (own?.verdict && own.digest !== digest) throw new Unprocessable("revision_conflict");
  if (own?.verdict && !own.owing) return { done: own.verdict, counts: false };
  const others = revisions.filter(({ revision }) => revision !== ref.revision);
  if (own?.verdict) {
    const { replaces: told } = (own.counted ?? {}) as Partial<Told>;
    const before = others.find(({ counted }) => told !== undefined && (counted as Told | undefined)?.id === told.id);
    return { counts: true, ...(told && before ? { replaces: replacing(told, before) } : {}) };
  }
  const self = { revision: ref.revision, receivedAt: own?.receivedAt ?? new Date(receivedAt) };
  if (others.some((other) => isAfter(other, self))) return { counts: false };
  const isFresh = now.getTime() - self.receivedAt.getTime() < UNDER_WAY_MS;
  if (isFresh && others.some(({ verdict }) => !verdict)) throw new Error("an earlier revision is under way");
  const [latest] = others.filter(({ counted }) => counted !== undefined).sort((a, b) => (isAfter(a, b) ? -1 : 1));
  return { counts: true, ...(latest ? { replaces: replacing(latest.counted as Told, latest) } : {}) };
}

const replacing = (told: Told, { owing, verdict }: Revision): NonNullable<Place["replaces"]> => ({
  told,
  ...(owing && verdict ? { owed: new Date(verdict.scoredAt) } : {}),
});
