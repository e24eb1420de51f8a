import type { routes } from "../../shared/contracts/routes.ts";
import { seesItem } from "../../shared/domain/sees-item.ts";
import { noSuchCase } from "../../shared/runtime/case-answers.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { Clusters } from "../../shared/store/clusters.ts";

export interface ListCluster {
  readonly cases: Pick<Cases, "get">;
  readonly clusters: Pick<Clusters, "members">;
  readonly audit: Pick<Audit, "append">;
}

/** The items of a cluster beside its first, page by page; no words, each item's own case has them. */
export const listCluster =
  ({ cases, clusters, audit }: ListCluster): UseCase<(typeof routes)["list-cluster"]> =>
  async ({ caller, params: { id }, query, now }) => {
    const { tenant, role } = caller;
    const found = await cases.get(tenant, id);
    if (!found || !seesItem(caller, found.verdict)) return noSuchCase();
    await audit.append(tenant, [{ actor: caller.actor, role, action: "case.members_read", case: id }], now);
    const limit = Number(query.limit);
    const members = await clusters.members(tenant, id, limit, query.cursor);
    const last = members.at(-1);
    // What reads alike may be of several brands: each sees its own.
    const own = role === "brand" ? await Promise.all(members.map((one) => cases.get(tenant, one.case))) : undefined;
    const seen = own ? members.filter((_, index) => own[index] && seesItem(caller, own[index].verdict)) : members;
    return answer({ members: [...seen], ...(members.length === limit && last ? { cursor: last.case } : {}) });
  };
