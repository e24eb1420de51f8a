import { type Result, refuse } from "../../shared/runtime/result.ts";

/** A refusal where a subscription is paused: what would be sent would be cancelled. */
export const refusePaused = (): Result<never> =>
  refuse("subscription_paused", "The subscription is paused, so that nothing would be sent.", [
    { pointer: "path:/id", detail: "paused", fix: "send a test to see whether it works again, resume it, then replay" },
  ]);
