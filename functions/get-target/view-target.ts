import type { routes } from "../../shared/contracts/routes.ts";
import { seesBrands } from "../../shared/domain/tenant.ts";
import { viewOf } from "../../shared/policy/target-view.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, notFound } from "../../shared/runtime/result.ts";
import type { ReviewSignals } from "../../shared/store/review-signals.ts";

/** What is known of a target, with and without the reviews that are consistent with fakery. */
export const viewTarget =
  (signals: Pick<ReviewSignals, "target">): UseCase<(typeof routes)["get-target"]> =>
  async ({ caller, params: { id }, now }) => {
    const record = await signals.target(caller.tenant, id, now);
    if (!record || !seesBrands(caller, record.all.brands))
      return notFound(
        "No review of this target was scored for this tenant.",
        "use the target id of a review that was handed in",
      );
    return answer(viewOf(id, record));
  };
