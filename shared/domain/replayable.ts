import type { Delivery } from "./delivery.ts";

/**
 * May it ever be sent again? A test of long ago tells nobody anything, and an address is asked as often as may be, not as
 * often as somebody replays it.
 */
export const isReplayable = ({ type }: Pick<Delivery, "type">): boolean =>
  type !== "subscription.test" && type !== "subscription.confirmation";
