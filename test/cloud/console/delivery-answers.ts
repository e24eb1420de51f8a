import type { AnswerOf } from "../../../console/api/route-types.ts";
import { hoursAgo } from "./policy-answers.ts";

type Delivery = AnswerOf<"get-delivery">;

/** The id of the delivery with this number. */
export const deliveryId = (number: number): string => `msg_${String(number).padStart(22, "0")}`;

/** A delivery that arrived at once, so many hours ago. */
export const delivery = (number: number, more: Partial<Delivery> = {}): Delivery => ({
  id: deliveryId(number),
  subscription: "sub_reviews00000",
  type: "alert.opened",
  channel: "webhook",
  about: "alr_20261123T000000001_abcdefghijklmno1",
  createdAt: hoursAgo(number),
  state: "delivered",
  attempts: [{ at: hoursAgo(number), ms: 80, outcome: "delivered", status: 200, means: "The receiver took it." }],
  ...more,
});

const refused = (hours: number, status: number, means: string): Delivery["attempts"][number] => ({
  at: hoursAgo(hours),
  ms: 310,
  outcome: "status",
  status,
  means,
});

/** One whose receiver failed until nobody tried any more. */
export const failed = (number = 2): Delivery =>
  delivery(number, {
    state: "failed",
    reason: "attempts_used_up",
    means: "Ten attempts over three days failed. Mend the receiver, then replay it.",
    attempts: [
      refused(number, 500, "The receiver failed (500). Look at its log."),
      refused(number / 2, 503, "The receiver failed (503). Look at its log."),
    ],
  });

/** One that is to be tried again in so many seconds. */
export const waiting = (number: number, seconds: number): Delivery =>
  delivery(number, {
    type: "alert.grown",
    state: "waiting",
    nextAt: new Date(Date.now() + seconds * 1_000).toISOString(),
    means: "The receiver wants fewer requests (429). It is tried later, as it asked.",
    attempts: [refused(0.01, 429, "The receiver wants fewer requests (429). It is tried later, as it asked.")],
  });
