import { type RefObject, useRef } from "react";
import { DECISION_REASON_TEXTS } from "../../../shared/domain/decision-reasons.ts";
import { useKeys } from "../../keys/keys-context.tsx";
import { useMe } from "../../session/me.tsx";
import type { Outcome } from "./case-record.ts";
import type { CaseWork } from "./case-work.ts";
import type { Deciding } from "./use-deciding.ts";

/** The places that keys lead to. */
export interface KeyPlaces {
  /** The note of the decision. */
  readonly note: RefObject<HTMLDivElement | null>;
  readonly labels: RefObject<HTMLDivElement | null>;
  /** The notes for others. */
  readonly notes: RefObject<HTMLDivElement | null>;
}

/** The keys of an open case. */
export function useCaseKeys({ record, lease, draft, shift }: CaseWork, deciding: Deciding): KeyPlaces {
  const me = useMe();
  const places: KeyPlaces = { note: useRef(null), labels: useRef(null), notes: useRef(null) };
  const { mayDecide, choose, chooseReason, send } = deciding;
  const { outcome } = draft;
  const hasBegun = mayDecide && outcome !== undefined;
  const start = (next: Outcome) => () => choose(next);

  useKeys("case", [
    { keys: "u", title: "Uphold", run: start("uphold"), when: mayDecide },
    { keys: "o", title: "Overturn", run: start("overturn"), when: mayDecide },
    { keys: "x", title: "Correct the labels", run: start("correct"), when: mayDecide },
    { keys: "e", title: "Escalate", run: start("escalate"), when: mayDecide && record.escalation === undefined },
    {
      keys: DECISION_REASON_TEXTS.map((_, index) => String(index + 1)),
      title: "Choose the reason of that number",
      when: hasBegun,
      run({ key }) {
        const chosen = DECISION_REASON_TEXTS[Number(key) - 1];
        if (!chosen || !outcome || !chosen.outcomes.includes(outcome)) return false;
        return chooseReason(chosen.reason);
      },
    },
    {
      keys: "l",
      title: "Go to the labels",
      run: () => focusIn(places.labels),
      when: hasBegun && outcome === "correct",
    },
    {
      keys: "c",
      title: hasBegun ? "Write a note with the decision" : "Write a note for others",
      run: () => focusIn(hasBegun ? places.note : places.notes),
      when: me.may("note-case"),
    },
    { keys: "Enter", title: "Send the decision", run: send, when: hasBegun },
    { keys: "Mod+Enter", title: "Send the decision out of a field", run: send, when: hasBegun, inFields: true },
    { keys: "Escape", title: "Turn away from the outcome", run: () => choose(undefined), when: hasBegun },
    {
      keys: "n",
      title: lease.state === "mine" ? "Next case; this one goes back to its queue" : "Next case",
      run: shift.takeNext,
      when: me.may("next-case"),
    },
    { keys: "z", title: "Undo the last decision", run: shift.undo, when: me.may("undo-decision") },
    { keys: "t", title: "Take the case", run: lease.take, when: mayDecide && lease.state !== "mine" },
    { keys: "p", title: "Go to “Hold to peek”", run: () => focusOn("[data-panel=case] .peek") },
    { keys: ["j", "k"], title: "Go to the list", run: () => focusOn("[data-panel=queue] a[tabindex='0']") },
  ]);
  return places;
}

function focusIn({ current }: RefObject<HTMLElement | null>): boolean {
  const field = current?.querySelector<HTMLElement>("textarea, input, button");
  field?.focus();
  return field !== undefined && field !== null;
}

function focusOn(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  found?.focus();
  return found !== null;
}
