import type { routes } from "../../shared/contracts/routes.ts";
import { explainVerdict } from "../../shared/domain/explain-verdict.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, notFound } from "../../shared/runtime/result.ts";
import type { AudienceVerdicts } from "../../shared/store/audience-verdicts.ts";

/** The newest verdict on an account's following, with what it rests on. */
export const viewAudience =
  (audiences: Pick<AudienceVerdicts, "latest">): UseCase<(typeof routes)["get-audience"]> =>
  async ({ caller: { tenant }, params: { id }, now }) => {
    const found = await audiences.latest(tenant, id, now);
    const audience = found?.verdict?.audience;
    if (!found?.verdict || !audience)
      return notFound(
        "No follow event of this account was reflected for this tenant.",
        "use the account id of a follow message that was handed in",
      );
    const { tenant: _, ...made } = found.verdict;
    return answer({
      version: found.version,
      assessment: audience,
      verdict: { ...made, explanation: explainVerdict(made) },
    });
  };
