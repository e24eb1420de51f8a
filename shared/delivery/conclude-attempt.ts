import { concluded, type Delivery, postponed, withAttempt } from "../domain/delivery.ts";
import type { SendResult } from "./channel-sender.ts";
import type { Sign } from "./endpoint-health.ts";
import { nextAttempt, readRetryAfter } from "./retry-schedule.ts";

/** What follows from one attempt: for the delivery, for its endpoint, for its subscription. */
export interface Conclusion {
  readonly delivery: Delivery;
  /** Absent where it says nothing of the endpoint. */
  readonly sign?: Sign;
  /** The receiver said that it wants nothing any more. */
  readonly isGone: boolean;
}

/** The receiver wants nothing any more. Slack answers 410 for an archived room and 404 for a webhook that was removed. */
const isGoodbye = (status: number, channel: Delivery["channel"]): boolean =>
  status === 410 || (channel === "slack" && status === 404);

const isTaken = (result: SendResult): boolean =>
  result.kind === "sent" || (result.kind === "answered" && result.status >= 200 && result.status < 300);

function outcomeOf(result: SendResult): { readonly outcome: string; readonly status?: number } {
  if (result.kind === "answered")
    return { outcome: isTaken(result) ? "delivered" : "status", status: Math.max(100, Math.min(999, result.status)) };
  return { outcome: result.kind === "sent" ? "delivered" : result.reason };
}

/**
 * @param made when the attempt began and how many milliseconds it took
 * @param random from 0 to 1
 */
export function concludeAttempt(
  current: Delivery,
  result: SendResult,
  made: { readonly at: Date; readonly ms: number },
  random: number,
): Conclusion {
  const ms = Math.round(made.ms);
  const tried = withAttempt(current, { at: made.at.toISOString(), ms, ...outcomeOf(result) });
  if (isTaken(result)) return { delivery: concluded(tried, "delivered"), sign: { kind: "well", ms }, isGone: false };
  if (result.kind === "refused") return { delivery: concluded(tried, "failed", result.reason), isGone: false };
  const ended = new Date(made.at.getTime() + ms);
  const retryAfter = result.kind === "answered" ? readRetryAfter(result.retryAfter, ended) : undefined;
  const sign: Sign = { kind: "failed", began: made.at, ...(retryAfter !== undefined && { retryAfter }) };
  if (result.kind === "answered" && isGoodbye(result.status, current.channel))
    return { delivery: concluded(tried, "failed", "gone"), sign, isGone: true };
  // A person looks at a test's first answer and sends another.
  const isTest = current.type === "subscription.test";
  const next = isTest ? undefined : nextAttempt(tried.round.attempts, ended, random, retryAfter);
  return {
    delivery: next ? postponed(tried, next) : concluded(tried, "failed", isTest ? "test" : "attempts_used_up"),
    sign,
    isGone: false,
  };
}
