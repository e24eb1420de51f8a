import type { Alert } from "../domain/alert.ts";
import type { PAUSES, QuietHours, Subscription, Timing } from "../domain/subscription.ts";
import { minutesOf, nextDaily, nextFullHour, nextShown, wallMinutes } from "./wall-clock.ts";

export type Notice = Alert["notice"];

/**
 * Where somebody wants to hear nothing. What goes to one that stands still for another reason is handed over all the same:
 * it is cancelled there, and can be replayed once that is mended.
 */
const UNWANTED: readonly (typeof PAUSES)[number][] = ["by_hand", "unsubscribed", "unconfirmed"];

const MINUTE_MS = 60_000;
/** What is urgent and over the rate is told this soon: a flood made on purpose must not hide it for an hour. */
const URGENT_MINUTES = 5;

/** When a digest that something falls into now is due. */
export const digestDue = (timing: Timing & { kind: "digest" }, now: Date): Date =>
  timing.every === "hour" ? nextFullHour(now, timing.timeZone) : nextDaily(now, timing.at, timing.timeZone);

/** Does the subscriber want quiet at this time? `from` is in it, `to` is not. */
export function isQuiet({ from, to, timeZone }: QuietHours, now: Date): boolean {
  const [at, start, end] = [wallMinutes(now, timeZone), minutesOf(from), minutesOf(to)];
  return start < end ? at >= start && at < end : at >= start || at < end;
}

const endOf = (minutes: number, now: Date): Date => {
  const length = minutes * MINUTE_MS;
  return new Date((Math.floor(now.getTime() / length) + 1) * length);
};

/**
 * How a subscription is told of something now: at once, or together with others when they are due. The inbox has it in
 * any case.
 * @param urgent harm to life, or somebody must acknowledge it: told at once, but for the rate
 * @param sent messages that went to it in this hour (UTC)
 */
export function noticeOf(
  { document, paused }: Pick<Subscription, "document" | "paused">,
  { urgent, sent }: { readonly urgent: boolean; readonly sent: number },
  now: Date,
): Notice {
  const { channel, timing, quiet, perHour } = document;
  if (channel.type === "inbox" || UNWANTED.some((why) => why === paused?.why)) return { kind: "inbox" };
  const gather = (reason: "digest" | "quiet" | "rate", due: Date): Notice => ({
    kind: "gather",
    reason,
    due: due.toISOString(),
  });
  if (timing.kind === "digest" && !urgent) return gather("digest", digestDue(timing, now));
  if (quiet && !urgent && isQuiet(quiet, now)) return gather("quiet", nextShown(now, quiet.to, quiet.timeZone));
  if (sent >= perHour) return gather("rate", endOf(urgent ? URGENT_MINUTES : 60, now));
  return { kind: "now" };
}
