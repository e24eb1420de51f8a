import type { PolicyState, VersionOf } from "../domain/policy-state.ts";
import type { FindPolicy } from "../policy/check-family.ts";
import { BUILT_IN } from "../policy/inherited-rules.ts";
import { DEEPEST, type PolicyDocument, policyDocument } from "../policy/policy-document.ts";
import type { Policies } from "../store/policies.ts";

/** The documents that come with Touchstone, by id. */
export const builtInDocuments: ReadonlyMap<string, PolicyDocument> = new Map([
  [BUILT_IN.document.id, BUILT_IN.document],
]);

/** The document of a saved version; undefined where there is none, or where it is no policy for this code any more. */
export async function documentOf(
  policies: Pick<Policies, "get">,
  tenant: string,
  { id, version }: VersionOf,
): Promise<PolicyDocument | undefined> {
  const saved = await policies.get(tenant, id, version);
  return policyDocument.safeParse(saved?.document).data;
}

/** The documents of a tenant's active policies, by id, without those that `documentOf` does not have. */
export async function activeDocuments(
  policies: Pick<Policies, "get">,
  tenant: string,
  active: PolicyState["active"],
): Promise<Map<string, PolicyDocument>> {
  const read = await Promise.all(active.map((one) => documentOf(policies, tenant, one)));
  return new Map(read.flatMap((document) => (document ? [[document.id, document]] : [])));
}

/**
 * Finds what a document inherits from as it stands now: the active version of each, the newest where none is active, the
 * built-in documents. The document need not be a policy yet.
 */
export async function familyOf(
  policies: Pick<Policies, "get" | "active">,
  tenant: string,
  candidate: unknown,
): Promise<FindPolicy> {
  const known = new Map(builtInDocuments);
  const { active } = await policies.active(tenant, true);
  let id: unknown = (candidate as { inherits?: unknown } | null)?.inherits;
  while (typeof id === "string" && !known.has(id) && known.size <= DEEPEST + builtInDocuments.size) {
    const wanted = id;
    const saved = await policies.get(tenant, wanted, active.find((one) => one.id === wanted)?.version);
    const { data: document } = policyDocument.safeParse(saved?.document);
    if (!document) break;
    known.set(wanted, document);
    id = document.inherits;
  }
  return (asked) => known.get(asked);
}
