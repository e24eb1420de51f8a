import type { AnswerOf } from "../api/route-types.ts";

type Place = AnswerOf<"get-alert">["place"];

/** Where alerts come from, in words. */
export const PLACE_WORDS: Readonly<Record<Place, string>> = {
  verdict: "Posts and reviews",
  case: "Cases of the desk",
  decision: "Decisions of moderators",
  target: "Reviews of a target",
  audience: "Followers of an account",
  breaker: "Flood breaker",
  subscription: "Paused subscriptions",
};

/** "1 event", "12 events". */
export const counted = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString()} ${count === 1 ? one : more}`;
