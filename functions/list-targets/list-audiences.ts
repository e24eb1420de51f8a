import type { routes } from "../../shared/contracts/routes.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { AudienceVerdicts } from "../../shared/store/audience-verdicts.ts";
import { accountOf, type ConcernedCases, concernedCases, shownConcern } from "./concerned-cases.ts";

export interface ListAudiences extends ConcernedCases {
  readonly audiences: Pick<AudienceVerdicts, "latest">;
}

/** Accounts whose following deserves a look. How many follow them, or came in a window, is reach: it is not said here. */
export const listAudiences =
  (ports: ListAudiences): UseCase<(typeof routes)["list-audiences"]> =>
  async ({ caller, query, now }) => {
    const { things, looked } = await concernedCases(ports, { caller, kind: "audience", now }, accountOf);
    const audiences = things.slice(0, Number(query.limit)).map(async (concern) => {
      const latest = await ports.audiences.latest(caller.tenant, concern.id, now);
      const known = latest?.verdict?.audience;
      return {
        id: concern.id,
        ...shownConcern(concern),
        ...(latest ? { version: latest.version } : {}),
        ...(known?.fakeShare ? { fakeShare: known.fakeShare } : {}),
        windows: (known?.windows ?? []).map(({ kind, start, end }) => ({ kind, start, end })),
      };
    });
    return answer({ audiences: await Promise.all(audiences), looked });
  };
