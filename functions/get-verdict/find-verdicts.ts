import type { routes } from "../../shared/contracts/routes.ts";
import { explainVerdict } from "../../shared/domain/explain-verdict.ts";
import { explainReversal } from "../../shared/domain/reversal.ts";
import { seesItem } from "../../shared/domain/sees-item.ts";
import { builtInDocumentOf } from "../../shared/policy/default-policy.ts";
import { explainDecision } from "../../shared/policy/explain-decision.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, notFound } from "../../shared/runtime/result.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";

/** The verdicts of an item, newest first, with their reasons in words. */
export const findVerdicts =
  (verdicts: Pick<Verdicts, "find">): UseCase<(typeof routes)["get-verdict"]> =>
  async ({ caller, params: { kind, id }, query: { revision }, now }) => {
    const all = await verdicts.find(caller.tenant, kind, id, now, revision);
    const seen = all.verdicts.filter((made) => seesItem(caller, made));
    // Of what has no verdict nobody can say yet whose it is.
    const found = caller.role === "brand" ? { ...all, verdicts: seen, pending: [], reflected: [] } : all;
    if (found.verdicts.length + found.pending.length + found.reflected.length === 0)
      return notFound(
        "No item of this kind and id was accepted from this tenant, or its time is over.",
        "use the kind and id of an item that was accepted",
      );
    return answer({
      verdicts: found.verdicts.map(({ tenant: _, ...made }) => ({
        ...made,
        explanation: explainVerdict(made),
        ...explainDecision(made.policy, builtInDocumentOf),
        ...explainReversal(found.reversals?.get(made.ref.revision)),
      })),
      pending: [...found.pending],
      reflected: [...found.reflected],
    });
  };
