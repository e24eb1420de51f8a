import type { routes } from "../../shared/contracts/routes.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Policies } from "../../shared/store/policies.ts";

const PAGE = 100;

/** What was done with a tenant's policies, newest first. */
export function listEvents(policies: Pick<Policies, "events">): UseCase<(typeof routes)["list-policy-events"]> {
  return async ({ caller: { tenant }, query: { before } }) =>
    answer({ events: [...(await policies.events(tenant, PAGE, before === undefined ? undefined : Number(before)))] });
}
