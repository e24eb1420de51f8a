import type { routes } from "../../shared/contracts/routes.ts";
import { circuitOf, type EndpointHealth } from "../../shared/delivery/endpoint-health.ts";
import { type SealedSecret, signing } from "../../shared/delivery/webhook-secret.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { type KnownSubscription, readableSubscription } from "../../shared/runtime/known-subscription.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Endpoints } from "../../shared/store/endpoints.ts";

export interface GetEndpoint extends KnownSubscription {
  readonly endpoints: Pick<Endpoints, "get">;
}

/** When secrets hold, without them. */
export const spansOf = (secrets: readonly SealedSecret[]) => secrets.map(({ sealed: _, ...span }) => span);

function stateOf(health: EndpointHealth, now: Date): "well" | "slow" | "failing" | "open" {
  if (circuitOf(health, now).kind === "open") return "open";
  if (health.failures > 0) return "failing";
  return health.isSlow ? "slow" : "well";
}

/** How a subscription's receiver is doing. */
export function getEndpoint(ports: GetEndpoint): UseCase<(typeof routes)["get-endpoint"]> {
  return async ({ caller, params: { id }, now }) => {
    const found = await readableSubscription(ports, caller, id);
    if (!found.ok) return found;
    const { health, secrets } = await ports.endpoints.get(caller.tenant, id);
    const { failures, failingSince, openUntil } = health;
    return answer({
      state: stateOf(health, now),
      failures,
      ...(failingSince !== undefined && { failingSince }),
      ...(openUntil !== undefined && { openUntil }),
      secrets: spansOf(signing(secrets, now)),
    });
  };
}
