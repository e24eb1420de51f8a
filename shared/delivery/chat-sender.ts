import type { Outgoing } from "../domain/outgoing.ts";
import type { Subscription } from "../domain/subscription.ts";
import { toAsciiJson } from "../runtime/read-json.ts";
import type { ChannelSender } from "./channel-sender.ts";
import type { GuardedPost } from "./guarded-post.ts";

export interface ChatSender {
  readonly post: GuardedPost;
  /** The room's address, which stands sealed; undefined where it is gone. */
  readonly addressOf: (subscription: Subscription) => Promise<string | undefined>;
  /** What the room's service takes. */
  readonly bodyOf: (outgoing: Outgoing, subscription: Subscription) => unknown;
}

/** Messages to a chat room's incoming webhook. Its address is the secret: nothing is signed. */
export function chatSender({ post, addressOf, bodyOf }: ChatSender): ChannelSender {
  return async ({ outgoing, subscription, patience }) => {
    const url = await addressOf(subscription);
    if (url === undefined) return { kind: "refused", reason: "address_missing" };
    const body = toAsciiJson(bodyOf(outgoing, subscription));
    return post({ url, headers: { "content-type": "application/json", "user-agent": "Touchstone/1" }, body, patience });
  };
}
