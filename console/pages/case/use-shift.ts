import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Answered, Refused } from "../../api/answered.ts";
import { useApi } from "../../api/api-context.tsx";
import { useAnnounce } from "../../app/announcer.tsx";
import { useFlashes } from "../../app/flashes.tsx";
import { leaseMinutes } from "../../facts/desk.ts";
import { useGo } from "../../parts/go.tsx";
import type { QueueQuery } from "../queue/queue-query.ts";
import type { CaseList } from "../queue/use-case-list.ts";
import { giveUpAhead, takeAhead } from "./ahead.ts";
import type { Judgement } from "./case-record.ts";
import { afterDecision } from "./draft.ts";
import { type Decided, sendDecision, unsent } from "./outbox.ts";
import { draftOf, setDraft } from "./use-draft.ts";
import { useUndo } from "./use-undo.tsx";

export interface Shift {
  readonly isTaking: boolean;
  /** Claims the next case and opens it; the open one goes back to its queue where it is held and undecided. */
  takeNext(): Promise<void>;
  open(id: string): void;
  /** Sends a decision and, once it is made, opens the next case. What lost a race stays for its page to show. */
  decide(id: string, body: Judgement): Promise<Answered<Decided>>;
  undo(): Promise<void>;
  /** The case that this person holds and has open; to be told by its page. */
  readonly holding: RefObject<string | undefined>;
  /** Shows in the list who has a case. */
  readonly setClaim: CaseList["setClaim"];
}

/** What moves a moderator from case to case, past the list beside it. */
export function useShift(
  id: string | undefined,
  { chosen, search }: QueueQuery,
  { drop, setClaim }: Pick<CaseList, "drop" | "setClaim">,
): Shift {
  const api = useApi();
  const go = useGo();
  const announce = useAnnounce();
  const { flash, dismiss } = useFlashes();
  const [isTaking, setTaking] = useState(false);
  const holding = useRef<string>(undefined);
  const isMoving = useRef(false);
  const here = useRef(id);
  here.current = id;

  useEffect(() => () => giveUpAhead(api), [api]);

  const open = useCallback(
    (next: string) => {
      dismiss("next");
      go(`/cases/${next}${search}`);
    },
    [dismiss, go, search],
  );
  const { offer, undo } = useUndo(open, holding);

  /** Opens the case after this one, or the queue where there is none. False where that could not be asked. */
  const goOn = useCallback(
    async (from: string | undefined): Promise<boolean> => {
      const ahead = await takeAhead(from);
      if (ahead !== undefined) {
        open(ahead);
        return true;
      }
      const body = { minutes: leaseMinutes, ...(chosen !== undefined && { queue: chosen }) };
      const answer = await api.call("next-case", { body });
      if (!answer.ok) {
        flash({ id: "next", type: "error", content: `${answer.problem.title}. ${answer.problem.detail}` });
        return false;
      }
      if (answer.value.case) {
        open(answer.value.case.id);
        return true;
      }
      announce("Nothing waits.");
      flash({ id: "next", type: "info", content: "Nothing more waits that you could take. Well done." });
      go(`/queue${search}`);
      return true;
    },
    [chosen, api, open, announce, flash, go, search],
  );

  const takeNext = useCallback(async () => {
    // A key pressed twice would claim two cases, and one of them would lie there held.
    if (isMoving.current) return;
    isMoving.current = true;
    setTaking(true);
    const held = holding.current;
    holding.current = undefined;
    const moved = await goOn(here.current);
    setTaking(false);
    isMoving.current = false;
    if (!moved) {
      // The case is still open before them, and still theirs.
      holding.current = held;
      return;
    }
    if (held === undefined || unsent().some(({ caseId }) => caseId === held)) return;
    const params = { id: held };
    await api.call("release-case", { params, body: {} });
    api.cache.drop("get-case", { params });
  }, [goOn, api]);

  const decide = useCallback(
    async (caseId: string, body: Judgement) => {
      const answer = await sendDecision(api.call, caseId, body);
      if (!answer.ok) {
        if (here.current !== caseId) flash(lossOf(answer, () => open(caseId)));
        return answer;
      }
      const draft = draftOf(caseId);
      offer(caseId, answer.value.decision, draft);
      setDraft(caseId, draft && afterDecision(draft));
      drop(caseId);
      if (here.current === caseId && !isMoving.current) {
        isMoving.current = true;
        holding.current = undefined;
        await goOn(caseId);
        isMoving.current = false;
      }
      // Once nobody shows it: shown, it would be read again, and a reading is an entry of the log.
      setTimeout(() => api.cache.drop("get-case", { params: { id: caseId } }));
      return answer;
    },
    [api, offer, drop, goOn, flash, open],
  );

  return { isTaking, takeNext, open, decide, undo, holding, setClaim };
}

/** The message about a decision that was not taken after its case had been left. */
function lossOf({ problem: { title, current } }: Refused, run: () => void) {
  const by = current?.decidedBy ?? current?.heldBy;
  return {
    type: "warning" as const,
    seconds: 0,
    content: `A decision of yours was not taken: ${title}${by === undefined ? "" : ` (${by})`}. What you wrote is kept with the case.`,
    action: { title: "Open the case", run },
  };
}
