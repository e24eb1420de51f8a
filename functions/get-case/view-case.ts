import type { routes } from "../../shared/contracts/routes.ts";
import { explainVerdict } from "../../shared/domain/explain-verdict.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import { openNote } from "../../shared/keys/notes.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { Contents } from "../../shared/store/contents.ts";

export interface ViewCase {
  readonly cases: Pick<Cases, "get">;
  readonly contents: Pick<Contents, "get">;
  readonly keys: Pick<Keys, "open">;
}

/** One case, with the words of the item where policy let us keep them, and the reason where it did not. */
export const viewCase =
  ({ cases, contents, keys }: ViewCase): UseCase<(typeof routes)["get-case"]> =>
  async ({ caller: { tenant }, params, now }) => {
    const found = await cases.get(tenant, params.id);
    if (!found) return refuse("not_found", "This tenant has no such case.");
    const { tenant: _, verdict, decision: stored, ...rest } = found;
    const kept = await contents.get({ tenant, author: verdict.authorId, ref: found.ref }, now);
    const decision = stored && (await openNote(keys, tenant, found.id, stored));
    const withheld = verdict.visibility === "private" ? ("private" as const) : ("expired" as const);
    return answer({
      ...rest,
      verdict: { ...verdict, explanation: explainVerdict(verdict) },
      ...(kept ? { content: kept } : { contentWithheld: withheld }),
      ...(decision ? { decision } : {}),
    });
  };
