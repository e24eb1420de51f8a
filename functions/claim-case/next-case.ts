import { randomUUID } from "node:crypto";
import type { routes } from "../../shared/contracts/routes.ts";
import type { Claim } from "../../shared/domain/claim.ts";
import { makeClaim } from "../../shared/domain/claim.ts";
import { byPreference, pickNext, type Waiting } from "../../shared/domain/pick-next.ts";
import { ESCALATIONS, queuesFor, type Routing } from "../../shared/domain/routing.ts";
import { isSenior } from "../../shared/domain/tenant.ts";
import { LANES, type Lane } from "../../shared/domain/verdict.ts";
import { changedCaseOf } from "../../shared/runtime/case-answers.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { Claims } from "../../shared/store/claims.ts";
import type { Members } from "../../shared/store/members.ts";

export interface NextCase {
  readonly cases: Pick<Cases, "get">;
  readonly claims: Pick<Claims, "claim" | "free">;
  readonly members: Pick<Members, "get">;
  readonly routingOf: (tenant: string) => Promise<Routing>;
  readonly audit: Pick<Audit, "append">;
  /** 0 to 1, 1 excluded. */
  readonly random: () => number;
}

/** Cases of a lane that are looked at before any is tried. */
const WINDOW = 16;

/**
 * Claims the next case for its caller. The heads of each lane over all their queues are merged and one of the first few
 * is claimed by a conditional write, which holds only where the case waits still; whoever loses it tries another, further
 * back each time. A lane is left only when it holds no case that nobody has.
 */
export function nextCase(ports: NextCase): UseCase<(typeof routes)["next-case"]> {
  const { cases, claims, members, routingOf, audit, random } = ports;

  const heads = async (tenant: string, queues: readonly string[], lane: Lane, now: Date, tried: Set<string>) => {
    // The index may show as free what was claimed a moment ago: those do not count.
    const limit = WINDOW + tried.size;
    const found = await Promise.all(queues.map((queue) => claims.free(tenant, queue, lane, limit, now)));
    return found.flat().filter(({ id }) => !tried.has(id));
  };

  const claimOneOf = async (
    tenant: string,
    candidates: readonly Waiting[],
    made: Claim,
    now: Date,
    tried: Set<string>,
  ) => {
    let left = candidates;
    for (let attempt = 0; left.length > 0; attempt += 1) {
      const picked = pickNext(left, attempt, random());
      if (!picked) return undefined;
      if (await claims.claim({ tenant, ...picked }, made, now)) return picked;
      tried.add(picked.id);
      left = left.filter((one) => one !== picked);
    }
    return undefined;
  };

  return async ({ caller, body, now }) => {
    const { tenant, role } = caller;
    const me = caller.actor;
    if (body.queue === ESCALATIONS && !isSenior(caller))
      return refuse("forbidden", "The queue is for seniors and leads.", [
        { pointer: "/queue", detail: "not yours", fix: "leave it out, or name another" },
      ]);
    const [who, routing] = await Promise.all([members.get(tenant, me), routingOf(tenant)]);
    const skill = routing.queues.find(({ name }) => name === body.queue)?.skill;
    if (skill !== undefined && !who?.skills.includes(skill))
      return refuse("forbidden", "The queue is for members with a skill that you have not.", [
        {
          pointer: "/queue",
          detail: "not yours",
          fix: "leave it out, name another, or have the skill added to your member",
        },
      ]);
    const queues = body.queue === undefined ? queuesFor(routing, who, isSenior(caller)) : [body.queue];
    const made = makeClaim(randomUUID(), me, now, body.minutes);
    for (const lane of LANES) {
      const tried = new Set<string>();
      for (;;) {
        const groups = byPreference(await heads(tenant, queues, lane, now, tried), who?.languages ?? [], now);
        if (groups.length === 0) break;
        let taken: Waiting | undefined;
        for (const group of groups) taken ??= await claimOneOf(tenant, group, made, now, tried);
        if (!taken) continue;
        const { id } = taken;
        const [current] = await Promise.all([
          cases.get(tenant, id),
          audit.append(tenant, [{ actor: me, role, action: "case.claimed", case: id, facts: { turn: "next" } }], now),
        ]);
        return answer(current ? { case: changedCaseOf(current, me, now) } : {});
      }
    }
    return answer({});
  };
}
