import type { Reason } from "../../domain/label.ts";
import type { AudienceState } from "./audience-state.ts";
import { SAMPLE_SIZE } from "./follower-sample.ts";
import type { SampleShares } from "./sample-shares.ts";

const HASHES = 2 ** 42;
/** Shares of unjudged followers and of facts from which it is worth saying. */
const UNJUDGED = 0.1;
const FEW_FACTS = 0.8;
/** The samples speak for so little of the following that it is worth saying. */
const UNSEEN = 0.9;
/** So many more follows than different followers, by the sample's estimate (its error is 6%). */
const RESENT = 1.3;

const percent = (share: number): number => Math.round(share * 100);

/** What was missing or odd in what the platform sent, and what it does to the figures. */
export function audienceNotes({ counts, sample }: AudienceState, shares: SampleShares): Reason[] {
  const notes: Reason[] = [];
  const unjudged = shares.sampled === 0 ? 0 : 1 - shares.judged / shares.sampled;
  if (shares.fake && unjudged >= UNJUDGED)
    notes.push({ code: "audience.note_unjudged", params: { percent: percent(unjudged), of: shares.sampled } });
  if (shares.fake && shares.facts < FEW_FACTS)
    notes.push({ code: "audience.note_few_facts", params: { percent: percent(shares.facts) } });
  if (shares.fake && shares.seen < UNSEEN)
    notes.push({ code: "audience.note_unseen", params: { percent: percent(shares.seen) } });
  if (counts.self > 0) notes.push({ code: "audience.note_self", params: { count: counts.self } });
  const { hashes } = sample.followers;
  const largest = hashes.length === SAMPLE_SIZE ? hashes.at(-1) : undefined;
  // The k-th smallest of uniform hashes tells how many there are (k-minimum-values estimate, Bar-Yossef et al. 2002).
  const distinct = largest === undefined ? hashes.length : ((SAMPLE_SIZE - 1) * HASHES) / Math.max(1, largest);
  if (counts.follows > RESENT * Math.max(1, distinct))
    notes.push({
      code: "audience.note_resent",
      params: { count: counts.follows, distinct: Number(distinct.toPrecision(2)) },
    });
  const [before, last] = sample.snapshots.slice(-2);
  if (before && last && last.followers < before.followers)
    notes.push({ code: "audience.note_shrunk", params: { count: last.followers, before: before.followers } });
  return notes;
}
