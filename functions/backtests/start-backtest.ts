import type { routes } from "../../shared/contracts/routes.ts";
import { type Job, newJobId } from "../../shared/domain/job.ts";
import { checkWithin } from "../../shared/policy/check-family.ts";
import type { BacktestSpec } from "../../shared/policy/job-specs.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { beginJob, type JobPorts, readWindow, standingOf } from "../../shared/runtime/job-requests.ts";
import { documentOf, familyOf } from "../../shared/runtime/policy-documents.ts";
import { requestFaults } from "../../shared/runtime/policy-faults.ts";
import { answer, notFound, type Result, refuse } from "../../shared/runtime/result.ts";
import type { Policies } from "../../shared/store/policies.ts";
import { type BacktestAbout, backtestView } from "./backtest-view.ts";

export interface StartBacktest extends JobPorts {
  readonly policies: Pick<Policies, "get" | "active">;
}

/** The candidate: a saved version, or a document that passes what saving it would ask. */
async function candidateOf(
  policies: StartBacktest["policies"],
  tenant: string,
  named: { readonly id: string; readonly version: number } | undefined,
  sent: unknown,
): Promise<Result<BacktestSpec["candidate"]>> {
  if (named) {
    const document = await documentOf(policies, tenant, named);
    if (document) return answer({ version: named.version, saved: true, document });
    return notFound("This tenant has no such version of a policy.", "use one that GET /v1/policies lists");
  }
  const checked = checkWithin(sent, await familyOf(policies, tenant, sent));
  if (!checked.ok)
    return refuse("policy_invalid", "The policy cannot be tried; see errors for each place and its fix.", [
      ...requestFaults(checked.faults, "/document"),
    ]);
  const newest = await policies.get(tenant, checked.document.id);
  return answer({ version: (newest?.version ?? 0) + 1, saved: false, document: checked.document });
}

/** Begins a backtest of a candidate against what is active now; what is active later does not change it. */
export function startBacktest(ports: StartBacktest): UseCase<(typeof routes)["start-backtest"]> {
  const { policies, jobs } = ports;
  return async ({ caller: { tenant, actor }, body, now }) => {
    const window = readWindow(body, now);
    if (!window.ok) return window;
    const found = await candidateOf(policies, tenant, body.policy, body.document);
    if (!found.ok) return found;
    const candidate = found.value;
    const state = await policies.active(tenant, true);
    const active = state.active.map(({ id, version }) => ({ id, version }));
    const { version, saved } = candidate;
    const about: BacktestAbout = { policy: candidate.document.id, version, saved, active };
    const asked: Job = {
      tenant,
      kind: "backtest",
      id: newJobId(now),
      by: actor,
      at: now.toISOString(),
      ...window.value,
      about,
    };
    const spec: BacktestSpec = { active, candidate };
    await beginJob(ports, asked, spec);
    return answer(backtestView(asked, await standingOf(jobs, asked, now)));
  };
}
