import type { routes } from "../../shared/contracts/routes.ts";
import type { Case } from "../../shared/domain/case.ts";
import { type Caller, isLead } from "../../shared/domain/tenant.ts";
import { reopenCase, UNDO_MINUTES, undoDecision, type Withdrawn } from "../../shared/domain/withdraw-decision.ts";
import type { Conclude } from "../../shared/queue/conclude.ts";
import { changedCaseOf, lostCase, noSuchCase, refusedCase } from "../../shared/runtime/case-answers.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { Cases } from "../../shared/store/cases.ts";

export interface Withdraw {
  readonly cases: Pick<Cases, "get" | "decide">;
  readonly conclude: Conclude;
}

/** Takes a decision back by one conditional write, which also owes the event that says so. */
function withdrawing({ cases, conclude }: Withdraw) {
  return async (caller: Caller, id: string, now: Date, withdraw: (current: Case) => Withdrawn) => {
    const by = caller.actor;
    const current = await cases.get(caller.tenant, id);
    if (!current) return noSuchCase();
    const next = withdraw(current);
    if (next.kind === "not_yours")
      return refuse("forbidden", "Somebody else made this decision.", [
        { pointer: "/decision", detail: "not yours", fix: "ask whoever made it, or a lead" },
      ]);
    if (next.kind === "late")
      return refusedCase(
        "undo_over",
        current,
        now,
        `it is over ${UNDO_MINUTES} minutes old`,
        "have a senior or a lead reopen the case, with a reason",
      );
    if (next.kind === "changed")
      return refusedCase("case_changed", current, now, "this is not what holds now", "read the case again");
    if (next.case !== current) {
      if (!(await cases.decide(next.case, current.version, now, by))) {
        const winner = (await cases.get(caller.tenant, id)) ?? current;
        // Sent twice because its answer was late: what it asked for is so.
        const again = withdraw(winner);
        if (again.kind !== "withdrawn" || again.case !== winner) return lostCase(winner, by, now);
        return answer(changedCaseOf(winner, by, now));
      }
      await conclude(current, next.case, caller, now);
    }
    return answer(changedCaseOf(next.case, by, now));
  };
}

/** Undoes a decision of the last ten minutes. */
export function undo(ports: Withdraw): UseCase<(typeof routes)["undo-decision"]> {
  const withdraw = withdrawing(ports);
  return ({ caller, params, body, now }) =>
    withdraw(caller, params.id, now, (current) =>
      undoDecision(current, body.decision, isLead(caller), { by: caller.actor, now }),
    );
}

/** Opens a decided case again, for a reason. */
export function reopen(ports: Withdraw): UseCase<(typeof routes)["reopen-case"]> {
  const withdraw = withdrawing(ports);
  return ({ caller, params, body, now }) =>
    withdraw(caller, params.id, now, (current) =>
      reopenCase(current, body.reason, body.version, { by: caller.actor, now }),
    );
}
