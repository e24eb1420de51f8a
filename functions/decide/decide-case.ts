import type { routes } from "../../shared/contracts/routes.ts";
import { type Case, type Decision, decide } from "../../shared/domain/case.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import { openNote, sealNote } from "../../shared/keys/notes.ts";
import { type SettleDecision, settleDecision } from "../../shared/queue/settle-decision.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { describeError, logger } from "../../shared/runtime/logger.ts";
import { answer, notFound, refuse } from "../../shared/runtime/result.ts";
import type { Cases } from "../../shared/store/cases.ts";

export interface DecideCase extends SettleDecision {
  readonly cases: Pick<Cases, "get" | "decide" | "settle">;
  readonly keys: Keys;
}

const lost = (code: "case_decided" | "case_changed", now: Case) =>
  refuse(code, `The case is ${now.state} at version ${now.version}.`, [
    { pointer: "/version", detail: "somebody was faster", fix: "read the case again before you decide" },
  ]);

/**
 * Decides a case. The decision and the note that its event is owed are one conditional write; the event is published
 * at once, and by the sweep where that failed or the function died in between.
 */
export function decideCase(ports: DecideCase): UseCase<(typeof routes)["decide"]> {
  const { cases, keys } = ports;
  const settle = async (decided: Case): Promise<void> => {
    try {
      await settleDecision(ports, decided);
    } catch (error) {
      logger.warn("the decision is stored, its event is left to the sweep", describeError(error));
    }
  };

  const view = async ({ tenant, id, state, version }: Case, stored: Decision) =>
    answer({ id, state, version, decision: await openNote(keys, tenant, id, stored) });

  return async ({ caller: { tenant, keyId }, params, body, now }) => {
    const current = await cases.get(tenant, params.id);
    if (!current) return notFound("This tenant has no such case.", "use the id of a case that GET /v1/cases lists");
    const { version, ...asked } = body;
    const made = await sealNote(keys, tenant, current.id, { ...asked, by: `key:${keyId}`, at: now.toISOString() });
    const next = decide(current, made, version);
    if (next.kind === "already") return lost("case_decided", next.case);
    if (next.kind === "stale") return lost("case_changed", next.case);
    if (next.case !== current) {
      if (!(await cases.decide(next.case, current.version, now))) {
        const winner = (await cases.get(tenant, params.id)) ?? current;
        // The faster one may be this very request, sent twice because its answer was late.
        if (winner.decision?.id === made.id) return view(winner, winner.decision);
        return lost(winner.state === "decided" ? "case_decided" : "case_changed", winner);
      }
      await settle(next.case);
    }
    return view(next.case, next.case.decision ?? made);
  };
}
