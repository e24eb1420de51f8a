import { useCallback, useEffect, useState } from "react";
import { DECISION_REASON_TEXTS } from "../../../shared/domain/decision-reasons.ts";
import { useApi } from "../../api/api-context.tsx";
import { useAnnounce } from "../../app/announcer.tsx";
import { useMe } from "../../session/me.tsx";
import { giveUpAhead, lookAhead } from "./ahead.ts";
import { OUTCOME_MEANINGS, OUTCOME_WORDS, type Outcome, type Reason } from "./case-record.ts";
import type { CaseWork } from "./case-work.ts";
import { judgementOf, missingIn } from "./draft.ts";

export interface Deciding {
  /** Whether this person may decide the case as it is. */
  readonly mayDecide: boolean;
  /** Escalated, and this person is no senior. */
  readonly forSeniors: boolean;
  readonly isSending: boolean;
  choose(outcome: Outcome | undefined): void;
  chooseReason(reason: Reason): void;
  /** Sends the decision; says what is missing where something is. */
  send(): void;
}

/** The reasons that usually explain an outcome, each with the number of its key, which never changes. */
export const reasonsFor = (outcome: Outcome) =>
  DECISION_REASON_TEXTS.map((text, index) => ({ ...text, number: index + 1 })).filter(({ outcomes }) =>
    outcomes.includes(outcome),
  );

/** Deciding, by keys and by the bar alike. */
export function useDeciding({ record, lease, draft, change, shift, queue }: CaseWork): Deciding {
  const me = useMe();
  const api = useApi();
  const announce = useAnnounce();
  const [isSending, setSending] = useState(false);
  const { id, state, version, escalation } = record;
  const { outcome } = draft;
  const forSeniors = escalation !== undefined && !me.may("reopen-case");
  const mayDecide = me.may("decide") && state === "open" && lease.state !== "others" && !forSeniors;

  // What comes next is claimed only once somebody has begun to decide, and given back where they turn away.
  const holds = lease.state === "mine" && state === "open";
  useEffect(() => {
    if (outcome === undefined) giveUpAhead(api, id);
    else if (holds) lookAhead(api, id, queue);
  }, [api, id, outcome, holds, queue]);

  const choose = useCallback(
    (next: Outcome | undefined) => {
      const kept = next && reasonsFor(next).find(({ reason }) => reason === draft.reason)?.reason;
      change({ outcome: next, reason: kept });
      if (next === undefined) return announce("No outcome is chosen.");
      if (lease.state === "free" || lease.state === "over") void lease.take();
      announce(`${OUTCOME_WORDS[next]}. ${OUTCOME_MEANINGS[next]} Choose a reason by its number.`);
    },
    [change, draft.reason, lease, announce],
  );

  const chooseReason = useCallback(
    (reason: Reason) => {
      change({ reason });
      const title = DECISION_REASON_TEXTS.find((one) => one.reason === reason)?.title ?? "";
      announce(`${title}. ${missingIn({ ...draft, reason }) ?? "Enter sends."}`);
    },
    [change, draft, announce],
  );

  const send = useCallback(async () => {
    const body = judgementOf(draft, version);
    if (!body) return announce(missingIn(draft) ?? "");
    if (isSending) return;
    setSending(true);
    const answer = await shift.decide(id, body);
    setSending(false);
    if (!answer.ok) lease.refused(answer);
  }, [draft, version, announce, isSending, shift, id, lease]);

  return { mayDecide, forSeniors, isSending, choose, chooseReason, send: () => void send() };
}
