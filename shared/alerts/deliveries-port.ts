import type { Outgoing } from "../domain/outgoing.ts";

/** Where messages are handed over to be delivered. */
export interface Deliveries {
  /**
   * Resolves once the message is stored and queued. One that was handed over before, by its id, is delivered once; after a
   * crash in between it is queued again.
   */
  enqueue(message: Outgoing, now: Date): Promise<void>;
}
