import type * as z from "zod";
import type { routes } from "../../shared/contracts/routes.ts";
import { standingOf } from "../../shared/domain/policy-state.ts";
import { BUILT_IN } from "../../shared/policy/inherited-rules.ts";
import { policyDocument } from "../../shared/policy/policy-document.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, notFound } from "../../shared/runtime/result.ts";
import type { Policies, SavedPolicy } from "../../shared/store/policies.ts";
import { builtInSummary, summaryOf } from "./list-policies.ts";

type VersionView = z.infer<(typeof routes)["get-policy-version"]["answer"]["schema"]>;

const MOST_VERSIONS = 50;

const noPolicy = () =>
  notFound("This tenant has no such policy.", "use the id of a policy that GET /v1/policies lists");

const builtInVersion: VersionView = {
  id: BUILT_IN.document.id,
  version: BUILT_IN.version,
  builtIn: true,
  isActive: true,
  document: BUILT_IN.document,
};

const versionView = (
  { title: _, inherits: _inherits, document, ...saved }: SavedPolicy,
  isActive: boolean,
): VersionView => ({
  ...saved,
  builtIn: false,
  isActive,
  document: policyDocument.parse(document),
});

/** One version of a policy. Of the built-in one only the version that this deployment runs is there. */
export function viewVersion(
  policies: Pick<Policies, "get" | "active">,
): UseCase<(typeof routes)["get-policy-version"]> {
  return async ({ caller: { tenant }, params: { id, version } }) => {
    const wanted = Number(version);
    if (id === BUILT_IN.document.id && wanted === BUILT_IN.version) return answer(builtInVersion);
    const [saved, state] = await Promise.all([policies.get(tenant, id, wanted), policies.active(tenant, true)]);
    if (!saved) return notFound("This tenant has no such version of a policy.", "GET /v1/policies/{id} lists versions");
    return answer(versionView(saved, standingOf(state, id).active?.version === wanted));
  };
}

/** One policy with the version that decides, or else its newest, and its history. */
export function viewPolicy(
  policies: Pick<Policies, "get" | "active" | "versions">,
): UseCase<(typeof routes)["get-policy"]> {
  return async ({ caller: { tenant }, params: { id } }) => {
    const state = await policies.active(tenant, true);
    const { epoch } = state;
    if (id === BUILT_IN.document.id)
      return answer({ ...builtInSummary, shadows: [], epoch, shown: builtInVersion, versions: [], history: [] });
    const standing = standingOf(state, id);
    const [versions, saved] = await Promise.all([
      policies.versions(tenant, id, MOST_VERSIONS),
      policies.get(tenant, id, standing.active?.version),
    ]);
    const [newest] = versions;
    if (!newest || !saved) return noPolicy();
    return answer({
      ...summaryOf(newest),
      ...standing,
      epoch,
      shown: versionView(saved, standing.active !== undefined),
      versions: versions.map(({ id: _, inherits: _inherits, ...one }) => one),
      history: state.history.filter((event) => event.id === id),
    });
  };
}
