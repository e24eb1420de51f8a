import type { routes } from "../../shared/contracts/routes.ts";
import { standingOf } from "../../shared/domain/policy-state.ts";
import { BUILT_IN } from "../../shared/policy/inherited-rules.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Policies, PolicyHead } from "../../shared/store/policies.ts";

/** The built-in root decides wherever no policy of the tenant's own does. */
export const builtInSummary = {
  id: BUILT_IN.document.id,
  title: BUILT_IN.document.title,
  builtIn: true,
  newest: BUILT_IN.version,
  shadows: [],
} as const;

/** Newest versions by policy; heads come by policy and version. */
export const newestOf = (heads: readonly PolicyHead[]): PolicyHead[] => [
  ...new Map(heads.map((head) => [head.id, head])).values(),
];

export function summaryOf({ version, note: _, ...head }: PolicyHead) {
  return { ...head, builtIn: false, newest: version };
}

/** All policies that a tenant can see, its active ones first, then by id; the built-in one last. */
export function listPolicies(policies: Pick<Policies, "list" | "active">): UseCase<(typeof routes)["list-policies"]> {
  return async ({ caller: { tenant } }) => {
    const [heads, state] = await Promise.all([policies.list(tenant), policies.active(tenant, true)]);
    const own = newestOf(heads).map((head) => ({ ...summaryOf(head), ...standingOf(state, head.id) }));
    const isActive = (one: (typeof own)[number]): number => Number(one.active !== undefined);
    own.sort((a, b) => isActive(b) - isActive(a));
    return answer({
      epoch: state.epoch,
      policies: [...own, { ...builtInSummary, shadows: [] }],
    });
  };
}
