import type { routes } from "../../shared/contracts/routes.ts";
import { type Case, verdictOfCase } from "../../shared/domain/case.ts";
import { explainVerdict } from "../../shared/domain/explain-verdict.ts";
import type { VersionOf } from "../../shared/domain/policy-state.ts";
import { explainReversal } from "../../shared/domain/reversal.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import { openNote } from "../../shared/keys/notes.ts";
import { explainDecision } from "../../shared/policy/explain-decision.ts";
import type { PolicyDocument } from "../../shared/policy/policy-document.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, notFound } from "../../shared/runtime/result.ts";
import type { AudienceVerdicts } from "../../shared/store/audience-verdicts.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { Contents } from "../../shared/store/contents.ts";

export interface ViewCase {
  readonly cases: Pick<Cases, "get">;
  readonly contents: Pick<Contents, "get">;
  readonly keys: Pick<Keys, "open">;
  readonly audiences: Pick<AudienceVerdicts, "latest">;
  /** The document of a version of a policy, for what its rules tell authors. */
  readonly documentOf: (tenant: string, version: VersionOf) => Promise<PolicyDocument | undefined>;
}

type Stored = Pick<Case, "tenant" | "ref" | "verdict">;

/** Why there are no words to show. */
function whyWithheld({ ref, verdict }: Stored): "no_text" | "private" | "expired" | "erased" {
  if (verdict.authorId.startsWith("erased.")) return "erased";
  if (ref.kind === "audience") return "no_text";
  return verdict.visibility === "private" ? "private" : "expired";
}

/** One case, with the words of the item where policy let us keep them, and the reason where it did not. */
export const viewCase =
  ({ cases, contents, keys, audiences, documentOf }: ViewCase): UseCase<(typeof routes)["get-case"]> =>
  async ({ caller: { tenant }, params, now }) => {
    const found = await cases.get(tenant, params.id);
    if (!found) return notFound("This tenant has no such case.", "use the id of a case that GET /v1/cases lists");
    const { tenant: _, verdict: opened, decision: stored, reversed, ...rest } = found;
    // An audience's verdict evolves while its case waits: the moderator decides on what is known now.
    const evolved = found.ref.kind === "audience" ? await audiences.latest(tenant, found.ref.id, now) : undefined;
    const verdict = evolved?.verdict ? verdictOfCase.parse(evolved.verdict) : opened;
    const kept = await contents.get({ tenant, author: verdict.authorId, ref: found.ref }, now);
    const decision = stored && (await openNote(keys, tenant, found.id, stored));
    const { policy } = verdict;
    const versions = policy.matched ? [policy, ...(policy.lineage ?? [])] : [];
    const documents = await Promise.all(versions.map(({ id, version }) => documentOf(tenant, { id, version })));
    const document = (id: string, version: number) =>
      documents[versions.findIndex((one) => one.id === id && one.version === version)];
    return answer({
      ...rest,
      verdict: { ...verdict, explanation: explainVerdict(verdict), ...explainDecision(policy, document) },
      ...(kept ? { content: kept } : { contentWithheld: whyWithheld(found) }),
      ...(decision ? { decision } : {}),
      ...explainReversal(reversed),
    });
  };
