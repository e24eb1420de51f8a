import * as z from "zod";
import { opaqueId } from "../../domain/id.ts";
import { ratingClass } from "./target-state.ts";

const TIMES_KEPT = 16;
const TARGETS_KEPT = 8;

/** What is remembered of a reviewer. At most 2 KB as JSON. Times are minutes since the epoch. */
export const authorState = z.strictObject({
  v: z.literal(1),
  count: z.int().min(0),
  /** Reviews by rating class 1 to 5. */
  ratings: z.array(z.int().min(0)).length(5),
  /** Times of the latest 16 reviews, newest first. */
  times: z.array(z.int()).max(TIMES_KEPT),
  /** The latest 8 targets, each with the time of its latest review, newest first. */
  targets: z.array(z.strictObject({ id: opaqueId, at: z.int() })).max(TARGETS_KEPT),
  accountCreated: z.int().optional(),
});
export type AuthorState = z.infer<typeof authorState>;

/** One review as its author's state remembers it. `at` and `accountCreated` are minutes since the epoch. */
export interface AuthorEvent {
  readonly at: number;
  /** 1 to 5. */
  readonly rating: number;
  readonly targetId: string;
  readonly accountCreated?: number | undefined;
}

export const emptyAuthor = (): AuthorState => ({ v: 1, count: 0, ratings: [0, 0, 0, 0, 0], times: [], targets: [] });

/**
 * The state after one more review. Commutative: "latest" goes by the reviews' own times, ties by id, so the same events
 * in any order end in the same state. Not idempotent: whoever stores the state must apply a review once.
 */
export function observeAuthor(state: AuthorState, event: AuthorEvent): AuthorState {
  const own = ratingClass(event.rating);
  const known = state.targets.find(({ id }) => id === event.targetId);
  const target = { id: event.targetId, at: Math.max(known?.at ?? event.at, event.at) };
  const created = [state.accountCreated, event.accountCreated].filter((time) => time !== undefined);
  return {
    v: 1,
    count: state.count + 1,
    ratings: state.ratings.map((count, index) => (index === own - 1 ? count + 1 : count)),
    times: [...state.times, event.at].sort((a, b) => b - a).slice(0, TIMES_KEPT),
    targets: [...state.targets.filter(({ id }) => id !== event.targetId), target]
      .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
      .slice(0, TARGETS_KEPT),
    ...(created.length > 0 ? { accountCreated: Math.min(...created) } : {}),
  };
}
