import type { routes } from "../../shared/contracts/routes.ts";
import { checkWithin } from "../../shared/policy/check-family.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { familyOf } from "../../shared/runtime/policy-documents.ts";
import { placedFaults } from "../../shared/runtime/policy-faults.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Policies } from "../../shared/store/policies.ts";

/** Says what saving a document would say, and saves nothing. */
export function checkCandidate(policies: Pick<Policies, "get" | "active">): UseCase<(typeof routes)["check-policy"]> {
  return async ({ caller: { tenant }, body: { document } }) => {
    const checked = checkWithin(document, await familyOf(policies, tenant, document));
    return answer({
      ok: checked.ok,
      errors: checked.ok ? [] : placedFaults(checked.faults, "/document"),
      warnings: placedFaults(checked.warnings ?? [], "/document"),
    });
  };
}
