import * as z from "zod";
import { opaqueId } from "../../domain/id.ts";

const MOST = 16;

/** A target that shares reviewers: seen `count` times, of which up to `over` may belong to one that it displaced. */
export const partner = z.strictObject({ id: opaqueId, count: z.int().min(1), over: z.int().min(0) });
export type Partner = z.infer<typeof partner>;

/**
 * SpaceSaving (Metwally 2005) over the targets that a reviewer wrote about before: the 16 heaviest, each count at most
 * `over` too high. Depends on order where more than 16 targets compete.
 */
export function addPartners(partners: readonly Partner[], others: readonly string[]): Partner[] {
  const next = [...partners];
  for (const id of others) {
    const known = next.findIndex((one) => one.id === id);
    const held = next[known];
    if (held) next[known] = { ...held, count: held.count + 1 };
    else if (next.length < MOST) next.push({ id, count: 1, over: 0 });
    else {
      let least = 0;
      for (let place = 1; place < next.length; place++)
        if ((next[place]?.count ?? 0) < (next[least]?.count ?? 0)) least = place;
      const gone = next[least]?.count ?? 0;
      next[least] = { id, count: gone + 1, over: gone };
    }
  }
  return next;
}

/** How strongly a target and those that a reviewer wrote about before share their reviewers. */
export interface SharedReviewers {
  /** The most reviewers shared with one of them for certain. */
  readonly count: number;
  /** How many times more than if reviewers chose at random: c·N / (n_p·n_q), 0 where nothing is shared. */
  readonly lift: number;
}

/**
 * The strongest lift of a reviewer's earlier targets among the target's partners. `reviews`: of this target; `total`: of
 * all targets together; each of `others` has its own number of reviews, as known when its author wrote there.
 */
export function sharedReviewers(
  partners: readonly Partner[],
  others: readonly { readonly id: string; readonly reviews: number }[],
  reviews: number,
  total: number,
): SharedReviewers {
  let best: SharedReviewers = { count: 0, lift: 0 };
  for (const { id, reviews: theirs } of others) {
    const found = partners.find((one) => one.id === id);
    if (!found) continue;
    const count = found.count - found.over;
    const lift = (count * Math.max(total, reviews, theirs)) / Math.max(1, reviews * theirs);
    if (count > best.count || (count === best.count && lift > best.lift)) best = { count, lift };
  }
  return best;
}
