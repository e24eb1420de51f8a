import { type RefObject, useCallback } from "react";
import { useApi } from "../../api/api-context.tsx";
import { newActId } from "../../api/use-act.ts";
import { useAnnounce } from "../../app/announcer.tsx";
import { useFlashes } from "../../app/flashes.tsx";
import { leaseMinutes, undoMinutes } from "../../facts/desk.ts";
import { Countdown } from "../../parts/age.tsx";
import { keepAhead } from "./ahead.ts";
import { DECIDED_WORDS } from "./case-record.ts";
import type { Draft } from "./draft.ts";
import type { Decided } from "./outbox.ts";
import { setDraft } from "./use-draft.ts";

/** A decision of this session that can be taken back. */
interface LastDecision {
  readonly caseId: string;
  readonly decision: Decided["decision"];
  readonly draft: Draft | undefined;
  /** Milliseconds since 1970. */
  readonly until: number;
}

let last: LastDecision | undefined;

/** Seconds for which the offer to undo stands above the page; the key works until the time to undo is over. */
const OFFERED_SECONDS = 12;

export interface Undo {
  /** Says what was decided, with the way back. */
  offer(caseId: string, decision: Decided["decision"], draft: Draft | undefined): void;
  /** Takes the last decision back, and opens its case again with what had been written. */
  undo(): Promise<void>;
}

/** The way back from the last decision. `holding`: the case that is open meanwhile, which comes after it once more. */
export function useUndo(open: (id: string) => void, holding: RefObject<string | undefined>): Undo {
  const api = useApi();
  const announce = useAnnounce();
  const { flash, dismiss } = useFlashes();

  const undo = useCallback(async () => {
    const { call, cache } = api;
    if (!last || Date.now() > last.until) return announce("There is nothing to undo.");
    const { caseId, decision, draft } = last;
    const params = { id: caseId };
    dismiss("undo");
    const answer = await call("undo-decision", { params, body: { decision: decision.id } });
    if (!answer.ok && answer.status === 0) {
      flash({ id: "undo", type: "error", content: answer.problem.detail, action: { title: "Try again", run: undo } });
      return;
    }
    last = undefined;
    cache.drop("get-case", { params });
    if (!answer.ok) {
      flash({ type: "warning", content: `Not undone: ${answer.problem.title}. ${answer.problem.detail}` });
      return open(caseId);
    }
    await call("claim-case", { params, body: { minutes: leaseMinutes } });
    if (draft) setDraft(caseId, { ...draft, actId: newActId() });
    if (holding.current !== undefined && holding.current !== caseId) keepAhead(api, caseId, holding.current);
    cache.drop("get-case", { params });
    flash({ id: "undo", type: "success", content: "Taken back: the case is open again." });
    open(caseId);
  }, [api, announce, dismiss, flash, holding, open]);

  const offer = useCallback<Undo["offer"]>(
    (caseId, decision, draft) => {
      const until = Date.now() + undoMinutes * 60_000;
      last = { caseId, decision, draft, until };
      flash({
        id: "undo",
        type: "success",
        seconds: OFFERED_SECONDS,
        content: (
          <>
            {DECIDED_WORDS[decision.outcome]}. It can be undone for{" "}
            {/* What counts down in a message would be read out each second. */}
            <span aria-hidden="true">
              <Countdown until={new Date(until).toISOString()} over="no longer" />.
            </span>
            <span className="unseen">{undoMinutes} minutes, with the key z.</span>
          </>
        ),
        action: { title: "Undo (z)", run: undo },
      });
    },
    [flash, undo],
  );

  return { offer, undo };
}
