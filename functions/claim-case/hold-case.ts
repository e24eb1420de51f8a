import { randomUUID } from "node:crypto";
import type { routes } from "../../shared/contracts/routes.ts";
import type { AuditFact } from "../../shared/domain/audit.ts";
import type { Case } from "../../shared/domain/case.ts";
import { living, makeClaim, TRANSFER_MINUTES } from "../../shared/domain/claim.ts";
import { inFairOrder } from "../../shared/domain/pick-next.ts";
import { type Caller, isLead, isSenior } from "../../shared/domain/tenant.ts";
import { LANES } from "../../shared/domain/verdict.ts";
import { changedCaseOf, lostCase, noSuchCase, refusedCase } from "../../shared/runtime/case-answers.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, type Result, refuse } from "../../shared/runtime/result.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { Claims } from "../../shared/store/claims.ts";
import type { Members } from "../../shared/store/members.ts";

export interface HoldCase {
  readonly cases: Pick<Cases, "get">;
  readonly claims: Pick<Claims, "claim" | "hand" | "release" | "free">;
  readonly members: Pick<Members, "get">;
  readonly audit: Pick<Audit, "append">;
}

type Change = (current: Case, me: string) => Promise<boolean | Result<never>>;

/** Reads the case, makes the change, and answers with the case after it, or with what it was lost to. */
function changing({ cases, audit }: HoldCase) {
  return async (
    caller: Caller,
    id: string,
    now: Date,
    change: Change,
    entry?: (current: Case) => Promise<AuditFact[]>,
  ) => {
    const me = caller.actor;
    const current = await cases.get(caller.tenant, id);
    if (!current) return noSuchCase();
    if (current.state !== "open") return lostCase(current, me, now);
    if (current.escalation && !isSenior(caller))
      return refuse("forbidden", "The case was escalated.", [
        { pointer: "path:/id", detail: "for seniors and leads", fix: "leave it to a senior or a lead" },
      ]);
    const facts = (await entry?.(current)) ?? [];
    const changed = await change(current, me);
    if (typeof changed !== "boolean") return changed;
    const after = (await cases.get(caller.tenant, id)) ?? current;
    if (!changed) return lostCase(after, me, now);
    if (facts.length > 0) await audit.append(caller.tenant, facts, now);
    return answer(changedCaseOf(after, me, now));
  };
}

/** Cases of a lane that are asked whether they were passed over: the index shows some that are not free any more. */
const ASKED = 3;

/** Is a case that nobody holds and that waits longer, or in a lane before, passed over? */
async function isJump(
  { claims, cases }: Pick<HoldCase, "claims" | "cases">,
  current: Case,
  now: Date,
): Promise<boolean> {
  const { tenant, queue, lane } = current;
  for (const before of LANES.slice(0, LANES.indexOf(lane) + 1))
    for (const one of await claims.free(tenant, queue, before, ASKED, now)) {
      if (one.id === current.id || inFairOrder(one, current) > 0) break;
      const waiting = await cases.get(tenant, one.id);
      // Whoever is said to have jumped must have.
      if (waiting?.state === "open" && waiting.queue === queue && !living(waiting.claim, now)) return true;
    }
  return false;
}

const isMine = (current: Case, me: string, now: Date): boolean => living(current.claim, now)?.by === me;

function claiming(ports: HoldCase) {
  const { claims } = ports;
  const change = changing(ports);
  return (caller: Caller, id: string, minutes: number, now: Date) => {
    const { actor } = caller;
    const entry = async (current: Case): Promise<AuditFact[]> => {
      if (isMine(current, actor, now)) return [];
      const turn = (await isJump(ports, current, now)) ? "jumped" : "first";
      return [{ actor, role: caller.role, action: "case.claimed", case: id, facts: { turn } }];
    };
    const claim: Change = (current) => claims.claim(current, makeClaim(randomUUID(), actor, now, minutes), now, true);
    return change(caller, id, now, claim, entry);
  };
}

/** Claims a case by hand. The log says whether others were passed over. */
export const claimCase = (ports: HoldCase): UseCase<(typeof routes)["claim-case"]> => {
  const claim = claiming(ports);
  return ({ caller, params, body, now }) => claim(caller, params.id, body.minutes, now);
};

/** A claim's heartbeat. */
export const extendClaim = (ports: HoldCase): UseCase<(typeof routes)["extend-claim"]> => {
  const claim = claiming(ports);
  return ({ caller, params, body, now }) => claim(caller, params.id, body.minutes, now);
};

/** Gives a case back; one that nobody holds is given back already. */
export function releaseCase(ports: HoldCase): UseCase<(typeof routes)["release-case"]> {
  const change = changing(ports);
  return ({ caller, params: { id }, now }) => {
    const { actor } = caller;
    const release: Change = async ({ tenant, claim }) => {
      if (!living(claim, now)) return true;
      return ports.claims.release(tenant, id, actor);
    };
    const entry = async (current: Case): Promise<AuditFact[]> =>
      isMine(current, actor, now) ? [{ actor, role: caller.role, action: "case.released", case: id }] : [];
    return change(caller, id, now, release, entry);
  };
}

const WORKERS = ["moderator", "senior", "lead", "admin"];

/** Hands a case to another member. */
export function transferCase(ports: HoldCase): UseCase<(typeof routes)["transfer-case"]> {
  const change = changing(ports);
  return ({ caller, params: { id }, body: { to }, now }) => {
    const { actor } = caller;
    const hand: Change = async (current) => {
      const other = await ports.members.get(current.tenant, to);
      if (!other || other.suspended || !WORKERS.includes(other.role) || (current.escalation && !isSenior(other)))
        return refuse("no_such_member", "Nobody of this name can take the case.", [
          { pointer: "/to", detail: "no member who works such cases", fix: "name one that GET /v1/members lists" },
        ]);
      if (!isLead(caller) && !living(current.claim, now))
        return refusedCase("case_changed", current, now, "you do not hold it", "claim it first");
      const made = makeClaim(randomUUID(), to, now, TRANSFER_MINUTES);
      return ports.claims.hand(current, made, now, isLead(caller) ? undefined : actor);
    };
    const entry = async (): Promise<AuditFact[]> => [
      { actor, role: caller.role, action: "case.transferred", case: id, facts: { to } },
    ];
    return change(caller, id, now, hand, entry);
  };
}
