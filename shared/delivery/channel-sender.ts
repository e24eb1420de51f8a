import type { Outgoing } from "../domain/outgoing.ts";
import type { Subscription } from "../domain/subscription.ts";
import type { Patience } from "./guarded-post.ts";

/** One message on its way to one receiver. */
export interface Sending {
  readonly outgoing: Outgoing;
  readonly subscription: Subscription;
  /** Signing secrets (`whsec_…`), the newest first; channels that do not sign leave them alone. */
  readonly secrets: readonly string[];
  readonly now: Date;
  readonly patience: Patience;
}

/**
 * How it went: a receiver's status; no answer, with a code; taken by a service that gives no status; or never to be tried
 * again, with a code.
 */
export type SendResult =
  | { readonly kind: "answered"; readonly status: number; readonly retryAfter?: string }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "sent" }
  | { readonly kind: "refused"; readonly reason: string };

/** A way to reach people or machines. Never rejects because of the receiver. */
export type ChannelSender = (sending: Sending) => Promise<SendResult>;
