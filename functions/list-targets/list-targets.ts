import type { routes } from "../../shared/contracts/routes.ts";
import { ratingsIn } from "../../shared/policy/target-view.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { ReviewSignals } from "../../shared/store/review-signals.ts";
import { type ConcernedCases, concernedCases, shownConcern } from "./concerned-cases.ts";

export interface ListTargets extends ConcernedCases {
  readonly signals: Pick<ReviewSignals, "target">;
}

/** Targets that deserve a look: open cases are about them, or were decided of late. */
export const listTargets =
  (ports: ListTargets): UseCase<(typeof routes)["list-targets"]> =>
  async ({ caller, query, now }) => {
    const { things, looked } = await concernedCases(
      ports,
      { caller, kind: "review", now },
      ({ verdict }) => verdict.targetId,
    );
    const targets = things.slice(0, Number(query.limit)).map(async (concern) => {
      const record = await ports.signals.target(caller.tenant, concern.id, now);
      return { id: concern.id, ...shownConcern(concern), ...(record ? ratingsIn(record) : {}) };
    });
    return answer({ targets: await Promise.all(targets), looked });
  };
