import type * as z from "zod";
import type { routes } from "../../shared/contracts/routes.ts";
import { type Case, type Decision, decide } from "../../shared/domain/case.ts";
import { type Caller, isSenior } from "../../shared/domain/tenant.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import { openNote, sealNote } from "../../shared/keys/notes.ts";
import type { Conclude } from "../../shared/queue/conclude.ts";
import { lostCase, noSuchCase, refusedCase } from "../../shared/runtime/case-answers.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, type Result, refuse } from "../../shared/runtime/result.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { Clusters } from "../../shared/store/clusters.ts";

export interface DecideCase {
  readonly cases: Pick<Cases, "get" | "decide">;
  readonly clusters: Pick<Clusters, "among">;
  readonly keys: Keys;
  readonly conclude: Conclude;
}

/** What is decided of one case. */
export type Judgement = z.infer<NonNullable<(typeof routes)["decide"]["body"]>>;

export interface DecidedCase {
  readonly case: Case;
  readonly decision: Decision;
}

const notForYou = (): Result<never> =>
  refuse("forbidden", "The case was escalated.", [
    { pointer: "path:/id", detail: "for seniors and leads", fix: "leave it to a senior or a lead" },
  ]);

/**
 * Decides one case. The decision and the note that its event is owed are one conditional write; the event is published
 * at once, and by the sweep where that failed or the function died in between.
 */
export function decideOne({ cases, clusters, keys, conclude }: DecideCase) {
  /** Exceptions are about items of this cluster, or they are a mistake. */
  const strangers = async (current: Case, exceptions: Judgement["exceptions"] = []): Promise<boolean> => {
    const others = exceptions.map((one) => one.case).filter((id) => id !== current.id);
    if (others.length === 0) return false;
    const members = await clusters.among(current.tenant, current.id, [...new Set(others)]);
    return others.some((id) => !members.has(id));
  };

  return async (
    caller: Caller,
    id: string,
    { version, ...asked }: Judgement,
    now: Date,
    most?: number,
  ): Promise<Result<DecidedCase>> => {
    const { tenant } = caller;
    const by = caller.actor;
    const current = await cases.get(tenant, id);
    if (!current) return noSuchCase();
    const made = await sealNote(keys, tenant, id, { ...asked, by, at: now.toISOString() } as Decision);
    const next = decide(current, made, version);
    if (next.kind === "already" || next.kind === "stale") return lostCase(current, by, now);
    const decisionIn = ({ decision, escalation }: Case) => (decision?.id === made.id ? decision : escalation) ?? made;
    if (next.case === current && next.kind === "decided")
      return answer({ case: current, decision: decisionIn(current) });
    if (current.escalation && !isSenior(caller)) return notForYou();
    if (next.kind === "escalated")
      return refusedCase("case_escalated", current, now, "it was passed on before", "uphold, overturn or correct it");
    if (await strangers(current, asked.exceptions))
      return refuse("invalid_request", "An exception is no item of this case.", [
        {
          pointer: "/exceptions",
          detail: "not an item of the cluster",
          fix: "name cases that its members route lists",
        },
      ]);
    if (!(await cases.decide(next.case, current.version, now, by))) {
      const winner = (await cases.get(tenant, id)) ?? current;
      // The faster one may be this very request, sent twice because its answer was late.
      if (winner.decision?.id === made.id || winner.escalation?.id === made.id)
        return answer({ case: winner, decision: decisionIn(winner) });
      return lostCase(winner, by, now);
    }
    await conclude(current, next.case, caller, now, most);
    return answer({ case: next.case, decision: made });
  };
}

/** One decision of one case, as its moderator sees it. */
export function decideCase(ports: DecideCase): UseCase<(typeof routes)["decide"]> {
  const judge = decideOne(ports);
  return async ({ caller, params, body, now }) => {
    const decided = await judge(caller, params.id, body, now);
    if (!decided.ok) return decided;
    const { id, state, version, tenant } = decided.value.case;
    return answer({ id, state, version, decision: await openNote(ports.keys, tenant, id, decided.value.decision) });
  };
}
