import Button from "@cloudscape-design/components/button";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { useAct } from "../../api/use-act.ts";
import { reopenReasons } from "../../facts/desk.ts";
import { Age, Countdown } from "../../parts/age.tsx";
import { Go } from "../../parts/go.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Failed } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { DECIDED_WORDS } from "./case-record.ts";
import type { CaseWork } from "./case-work.ts";

const REOPEN_TITLES: Readonly<Record<(typeof reopenReasons)[number], string>> = {
  appeal: "Somebody appealed",
  new_evidence: "There is new evidence",
  wrong_decision: "The decision was wrong",
  quality_check: "A check of quality",
};

/** A case that nobody can decide any more: what became of it, and the ways back. */
export function DecidedBar({ work }: { readonly work: CaseWork }) {
  const { record, readAgain } = work;
  const me = useMe();
  const { id, state, joined, decision, undoUntil, version } = record;
  const undo = useAct("undo-decision");
  const takeBack = async () => {
    if (decision && (await undo.act({ params: { id }, body: { decision: decision.id } })).ok) readAgain();
  };
  if (state === "joined" && joined)
    return (
      <p>
        This item is decided with its cluster. <Go to={`/cases/${joined}`}>Open the case of the cluster</Go>
      </p>
    );
  if (state === "erased") return <p>Its author was erased. There is nothing left to decide.</p>;
  if (!decision) return null;
  const mayUndo =
    undoUntil !== undefined && Date.parse(undoUntil) > Date.now() && (me.is(decision.by) || me.may("set-queues"));
  return (
    <div className="case-decided">
      <span>
        <strong>{DECIDED_WORDS[decision.outcome]}</strong> by{" "}
        {me.is(decision.by) ? "you" : <SafeInline text={decision.by} />}, <Age since={decision.at} ago />
      </span>
      {mayUndo && (
        <Button loading={undo.busy} onClick={() => void takeBack()}>
          Undo, for <Countdown until={undoUntil} over="no longer" />
        </Button>
      )}
      {me.may("reopen-case") && <Reopen id={id} version={version} onDone={readAgain} />}
      {undo.refused && <Failed refused={undo.refused} />}
    </div>
  );
}

interface ReopenProps {
  readonly id: string;
  readonly version: number;
  onDone(): void;
}

function Reopen({ id, version, onDone }: ReopenProps) {
  const { act, busy, refused } = useAct("reopen-case");
  const options = reopenReasons.map((value) => ({ value, label: REOPEN_TITLES[value] }));
  const [reason, setReason] = useState(options[0]);
  const reopen = async () => {
    if (reason && (await act({ params: { id }, body: { reason: reason.value, version } })).ok) onDone();
  };
  return (
    <>
      <Select
        ariaLabel="Why the case is opened again"
        expandToViewport
        options={options}
        selectedOption={reason ?? null}
        onChange={({ detail }) => setReason(options.find(({ value }) => value === detail.selectedOption.value))}
      />
      <Button loading={busy} onClick={() => void reopen()}>
        Open again
      </Button>
      {refused && <Failed refused={refused} onRetry={() => void reopen()} />}
    </>
  );
}
