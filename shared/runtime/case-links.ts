import type * as z from "zod";
import type { caseLink } from "../contracts/lookup-routes.ts";
import type { Case } from "../domain/case.ts";
import type { Cases } from "../store/cases.ts";

export type CaseLink = z.infer<typeof caseLink>;

/**
 * A link to a case.
 * @param leader the case with which it is decided, where it joined one
 */
export function linkOf({ id, state, joined, decision: own }: Case, leader?: Case): CaseLink {
  const made = leader?.state === "decided" ? leader.decision : own;
  const outcome = made?.exceptions?.find((one) => one.case === id)?.outcome ?? made?.outcome;
  return {
    id,
    state,
    ...(joined === undefined ? {} : { joined }),
    ...(made && outcome ? { outcome, decidedAt: made.at } : {}),
  };
}

/** Links to those of the cases that there are, by id; items of clusters with what was decided of them there. */
export async function caseLinks(
  cases: Pick<Cases, "getMany">,
  tenant: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CaseLink>> {
  if (ids.length === 0) return new Map();
  const found = await cases.getMany(tenant, ids);
  const leading = found.flatMap(({ joined }) => joined ?? []);
  const leaders = new Map((leading.length > 0 ? await cases.getMany(tenant, leading) : []).map((one) => [one.id, one]));
  return new Map(found.map((one) => [one.id, linkOf(one, one.joined ? leaders.get(one.joined) : undefined)]));
}
