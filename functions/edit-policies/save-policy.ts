import type { routes } from "../../shared/contracts/routes.ts";
import { checkWithin } from "../../shared/policy/check-family.ts";
import type { PolicyFault } from "../../shared/policy/check-policy.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { builtInDocuments, familyOf } from "../../shared/runtime/policy-documents.ts";
import { requestFaults } from "../../shared/runtime/policy-faults.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { Policies } from "../../shared/store/policies.ts";

const refused = (faults: readonly PolicyFault[]) =>
  refuse(
    "policy_invalid",
    "Nothing was saved; see errors for each place and its fix.",
    requestFaults(faults, "/document"),
  );

/** Saves a document as its policy's next version, where it passes every check against what it inherits from. */
export function savePolicy(
  policies: Pick<Policies, "get" | "active" | "save">,
): UseCase<(typeof routes)["save-policy"]> {
  return async ({ caller: { tenant, actor }, params: { id }, body, now }) => {
    const checked = checkWithin(body.document, await familyOf(policies, tenant, body.document));
    if (!checked.ok) return refused(checked.faults);
    const { document } = checked;
    if (document.id !== id)
      return refused([
        { pointer: "/id", message: "not the id in the path", fix: "save a policy under its own id, or change its id" },
      ]);
    if (builtInDocuments.has(id))
      return refused([
        { pointer: "/id", message: "the id of a built-in policy", fix: "choose another id, and inherit from that one" },
      ]);
    const { saved, isNew } = await policies.save(tenant, {
      document,
      savedBy: actor,
      savedAt: now.toISOString(),
      note: body.note,
    });
    return answer({ id, version: saved.version, isNew, savedBy: saved.savedBy, savedAt: saved.savedAt });
  };
}
