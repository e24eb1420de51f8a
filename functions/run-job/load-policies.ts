import type { VersionOf } from "../../shared/domain/policy-state.ts";
import { compilePolicies } from "../../shared/policy/compiled-policies.ts";
import type { ActivePolicy } from "../../shared/policy/inherited-rules.ts";
import { backtestSpec } from "../../shared/policy/job-specs.ts";
import { documentOf } from "../../shared/runtime/policy-documents.ts";
import { Unprocessable } from "../../shared/runtime/unprocessable.ts";
import type { Policies } from "../../shared/store/policies.ts";
import type { BacktestWork } from "./backtest-work.ts";

/** Loads versions of policies. @throws Unprocessable where one is not there, or cannot be used by this code any more */
export const policyLoader =
  (policies: Pick<Policies, "get">) =>
  (tenant: string, versions: readonly VersionOf[]): Promise<readonly ActivePolicy[]> =>
    Promise.all(
      versions.map(async (one) => {
        const document = await documentOf(policies, tenant, one);
        if (!document) throw new Unprocessable("policy_not_usable");
        return { document, version: one.version };
      }),
    );

/**
 * Compiles what a backtest compares. Neither side is held by the flood breaker: a backtest asks what policies say, and
 * what the breaker holds today says nothing of another day.
 */
export const comparedPolicies =
  (load: ReturnType<typeof policyLoader>): BacktestWork["compared"] =>
  async ({ job, spec }) => {
    const { active, candidate } = backtestSpec.parse(spec);
    const loaded = await load(job.tenant, active);
    const others = loaded.filter(({ document }) => document.id !== candidate.document.id);
    return {
      id: candidate.document.id,
      active: compilePolicies(loaded).decide,
      candidate: compilePolicies([...others, candidate]).decide,
    };
  };
