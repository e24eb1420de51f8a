import type { routes } from "../../shared/contracts/routes.ts";
import { rotateSecret, type SecretPorts } from "../../shared/delivery/signing-secrets.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { type KnownSubscription, ownSubscription } from "../../shared/runtime/known-subscription.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { Audit } from "../../shared/store/audit.ts";
import { spansOf } from "./get-endpoint.ts";
import { refuseChannel } from "./test-subscription.ts";

export interface GiveSecret extends KnownSubscription, SecretPorts {
  readonly audit: Pick<Audit, "append">;
}

/** Gives a webhook a new signing secret, and shows it this once. */
export function giveSecret(ports: GiveSecret): UseCase<(typeof routes)["rotate-secret"]> {
  return async ({ caller, params: { id }, now }) => {
    const own = await ownSubscription(ports, caller, id);
    if (!own.ok) return own;
    if (own.value.document.channel.type !== "webhook")
      return refuseChannel("Only webhooks are signed.", "use a subscription whose channel is a webhook");
    const made = await rotateSecret(ports, caller.tenant, id, now);
    if (!made)
      return refuse("secret_limit", "Five secrets sign for this subscription already.", [
        {
          pointer: "path:/id",
          detail: "five secrets hold",
          fix: "wait until the oldest ends, a day after the next one",
        },
      ]);
    const { actor, role, tenant } = caller;
    const facts = { subscription: id };
    await ports.audit.append(tenant, [{ actor, role, action: "secret.rotated", facts }], now);
    const [, ...former] = spansOf(made.secrets);
    return answer({ secret: made.secret, since: now.toISOString(), former });
  };
}
