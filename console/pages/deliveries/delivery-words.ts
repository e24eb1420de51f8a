import { isReplayable } from "../../../shared/domain/replayable.ts";
import type { AnswerOf } from "../../api/route-types.ts";

export type Delivery = AnswerOf<"get-delivery">;

export const STATE_WORDS: Readonly<Record<Delivery["state"], string>> = {
  waiting: "Waiting",
  delivered: "Delivered",
  failed: "Failed",
  cancelled: "Cancelled",
};

const TYPES: Readonly<Record<string, string>> = {
  "alert.opened": "An alert began",
  "alert.grown": "An alert has grown",
  "alert.ended": "An alert ended",
  "alert.escalated": "An alert was passed on",
  "alerts.digest": "A digest of alerts",
  "alerts.after_quiet": "What came in quiet hours",
  "alerts.held_back": "What was over the hour’s limit",
  "subscription.test": "A test",
  "subscription.confirmation": "The question whether the reader wants it",
  "subscription.paused": "A subscription was paused",
};

/** What a delivery tells of: in words, or for single events of a stream by the code that its receiver sees. */
export const typeWords = (type: Delivery["type"]): string => TYPES[type] ?? type.replace(/[._]/g, " ");

export const CHANNELS: Readonly<Record<NonNullable<Delivery["channel"]>, string>> = {
  webhook: "Webhook",
  slack: "Slack room",
  teams: "Teams room",
  email: "E-mail",
};

/** Minutes around its next attempt in which a delivery is let be: it is on its way already. */
const SOON_MINUTES = 15;

/** @returns what sending it again is called; undefined where it never is, or is about to be tried anyway. @param now in milliseconds */
export function againWords(
  { type, state, nextAt, createdAt }: Pick<Delivery, "type" | "state" | "nextAt" | "createdAt">,
  now: number,
): string | undefined {
  if (!isReplayable({ type })) return undefined;
  if (state !== "waiting") return "Replay";
  return Math.abs(Date.parse(nextAt ?? createdAt) - now) > SOON_MINUTES * 60_000 ? "Send now" : undefined;
}

/** The attempts that did not arrive, the latest first. */
export const failuresOf = ({ attempts }: Pick<Delivery, "attempts">): Delivery["attempts"] =>
  attempts.filter(({ outcome }) => outcome !== "delivered").toReversed();
