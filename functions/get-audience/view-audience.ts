import type { routes } from "../../shared/contracts/routes.ts";
import { explainVerdict } from "../../shared/domain/explain-verdict.ts";
import { explain } from "../../shared/domain/reason.ts";
import { explainReversal } from "../../shared/domain/reversal.ts";
import { seesBrands } from "../../shared/domain/tenant.ts";
import { builtInDocumentOf } from "../../shared/policy/default-policy.ts";
import { explainDecision } from "../../shared/policy/explain-decision.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, notFound } from "../../shared/runtime/result.ts";
import { historyOf } from "../../shared/scoring/audience/audience-history.ts";
import type { AudienceState } from "../../shared/scoring/audience/audience-state.ts";
import { HOUR_MS } from "../../shared/scoring/audience/follow-delta.ts";
import type { AudienceStates } from "../../shared/store/audience-states.ts";
import type { AudienceVerdicts } from "../../shared/store/audience-verdicts.ts";

/** Hours after the last follow that are shown: of an account that fell silent its last weeks tell, not the silence. */
const SILENCE = 48;

const shownUntil = ({ counts }: AudienceState, now: Date): number =>
  Math.min(now.getTime(), (counts.hours.newest + SILENCE) * HOUR_MS);

/**
 * The newest verdict on an account's following, with what it rests on and what its pictures are drawn from. Nothing of a
 * follow says which brand it concerns: a brand sees the account of its own name only.
 */
export const viewAudience =
  (
    audiences: Pick<AudienceVerdicts, "accountNamed" | "latest">,
    states: Pick<AudienceStates, "read">,
  ): UseCase<(typeof routes)["get-audience"]> =>
  async ({ caller, params: { id }, now }) => {
    const { tenant } = caller;
    const direct = await audiences.latest(tenant, id, now);
    // What is kept longer than accounts, such as a backtest's report, calls an audience by its case's id.
    const account = direct ? id : await audiences.accountNamed(tenant, id);
    const found = direct ?? (account === undefined ? undefined : await audiences.latest(tenant, account, now));
    const audience = found?.verdict?.audience;
    if (account === undefined || !found?.verdict || !audience || !seesBrands(caller, [account]))
      return notFound(
        "No follow event of this account was reflected for this tenant.",
        "use the account id of a follow message that was handed in, or the id of an audience's case",
      );
    const state = await states.read(tenant, account, now);
    const { tenant: _, ...made } = found.verdict;
    return answer({
      version: found.version,
      assessment: audience,
      verdict: {
        ...made,
        explanation: explainVerdict(made),
        ...explainDecision(made.policy, builtInDocumentOf),
        ...explainReversal(found.reversal),
      },
      notes: (audience.notes ?? []).map((note) => explain("fake_following.bot", note)),
      // Verdicts may be kept longer than the state that they were made from.
      ...(state ? { history: historyOf(state, shownUntil(state, now)) } : {}),
    });
  };
