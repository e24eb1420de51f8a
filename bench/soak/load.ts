import { benchFollows } from "../items/follows.ts";
import { benchPosts } from "../items/posts.ts";
import { benchReviews } from "../items/reviews.ts";
import type { Promises } from "./promises.ts";
import { ask, type Reach, sendItems } from "./send-items.ts";

interface Item {
  readonly id: string;
  readonly followers?: readonly unknown[];
}

/** Of ten items. */
const POSTS = 6;
const REVIEWS = 3;
const FOLLOWERS = 10;
const TURN = 500;
/** Requests under way at most: a cloud that is behind is not buried by those who ask it again and again. */
const AT_ONCE = 24;

/** Ten times `tens` items: posts, reviews and follow messages, with ids that no other turn has. */
function itemsOf(turn: number, tens: number, seed: number): Item[] {
  const now = new Date();
  const made = [
    ...benchPosts(tens * POSTS, seed + turn, now),
    ...benchReviews(tens * REVIEWS, seed + turn, now),
    ...benchFollows(tens * (10 - POSTS - REVIEWS), seed + turn, now),
  ] as Item[];
  return made.map(({ followers, ...item }) => ({
    ...item,
    id: `${item.id}-${turn}`,
    ...(followers && { followers: followers.slice(0, FOLLOWERS) }),
  }));
}

/**
 * Sends `perSecond` items of all kinds until told to stop, fewer while too many requests wait for their answer.
 * @returns how many requests were given up after `patienceMs`
 */
export async function sendLoad(
  reach: Reach,
  promises: Promises,
  { perSecond, seed, signal }: { perSecond: number; seed: number; signal: AbortSignal },
  patienceMs: number,
): Promise<number> {
  const tens = Math.max(1, Math.round((perSecond * TURN) / 10_000));
  const running = new Set<Promise<unknown>>();
  let given = 0;
  for (let turn = 0; !signal.aborted; turn += 1) {
    const next = new Promise((resolve) => setTimeout(resolve, TURN));
    if (running.size >= AT_ONCE) {
      await next;
      continue;
    }
    const sent = sendItems(reach, promises, itemsOf(turn, tens, seed), Date.now() + patienceMs).then((whole) => {
      if (!whole) given += 1;
    });
    running.add(sent);
    void sent.finally(() => running.delete(sent));
    await next;
  }
  await Promise.all(running);
  return given;
}

interface Listed {
  readonly id: string;
  readonly version: number;
}

/** Decides a case every now and then, as a moderator whose answers may be lost and who then asks again. */
export async function moderate(reach: Reach, promises: Promises, signal: AbortSignal): Promise<void> {
  for (let turn = 0; !signal.aborted; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, TURN));
    const listed = await ask(reach, "GET", "/v1/cases?limit=5");
    for (const one of (listed?.json?.cases ?? []) as Listed[]) {
      if (promises.decisions.has(one.id)) continue;
      const id = `soak-${one.id}`;
      const outcome = turn % 2 === 0 ? "uphold" : "overturn";
      const body = { id, outcome, reason: "other", version: one.version };
      const decided = await ask(reach, "POST", `/v1/cases/${one.id}/decisions`, body);
      if (decided?.status === 200) promises.decisions.set(one.id, decided.json.decision.id);
      break;
    }
  }
}
