import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Multiselect from "@cloudscape-design/components/multiselect";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useRef, useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import type { AnswerOf } from "../../api/route-types.ts";
import { newActId, useAct } from "../../api/use-act.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { labelTitles } from "../../facts/desk.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Failed } from "../../parts/states.tsx";
import {
  DECIDED_WORDS,
  type Label,
  OUTCOME_MEANINGS,
  OUTCOME_WORDS,
  type Outcome,
  type Reason,
} from "../case/case-record.ts";
import { missingIn } from "../case/draft.ts";
import { ReasonChoice } from "../case/reason-choice.tsx";
import { reasonsFor } from "../case/use-deciding.ts";
import type { CaseList } from "./use-case-list.ts";
import type { Selection } from "./use-selection.ts";

type Results = AnswerOf<"decide-many">["results"];

const OUTCOMES: readonly Outcome[] = ["uphold", "overturn", "correct", "escalate"];
const LABELS = Object.entries(labelTitles).map(([value, label]) => ({ value, label }));

interface BulkDecisionProps {
  readonly selection: Selection;
  readonly list: CaseList;
  onClose(): void;
}

/** One judgement of several cases. Each has a result of its own: what somebody else was faster with stays ticked no more. */
export function BulkDecision({ selection, list, onClose }: BulkDecisionProps) {
  const { call } = useApi();
  const { flash } = useFlashes();
  const { act, busy, refused } = useAct("decide-many");
  /** The same judgement sent again is the same act; another one is another. */
  const sent = useRef({ id: newActId(), words: "" });
  const [outcome, setOutcome] = useState<Outcome>("uphold");
  const [reason, setReason] = useState<Reason>();
  const [note, setNote] = useState("");
  const [labels, setLabels] = useState<readonly Label[]>([]);
  const { cases } = selection;
  const corrected = outcome === "correct" ? { labels: [...labels] } : {};
  const missing = missingIn({ outcome, reason, note, labels }) !== undefined;

  const undo = async (results: Results) => {
    let undone = 0;
    for (const one of results) {
      if (one.status !== "decided") continue;
      const answer = await call("undo-decision", { params: { id: one.id }, body: { decision: one.decision } });
      if (answer.ok) undone += 1;
    }
    flash({
      id: "undo",
      type: "success",
      content: undone === 1 ? "One case is open again." : `${undone} cases are open again.`,
    });
    list.refresh();
  };

  const send = async () => {
    if (missing || reason === undefined) return;
    const words = JSON.stringify([outcome, reason, note, corrected]);
    if (sent.current.words !== words) sent.current = { id: newActId(), words };
    const body = {
      ...{ id: sent.current.id, outcome, reason, cases: cases.map((one) => ({ id: one.id, version: one.version })) },
      ...(note.trim() !== "" && { note: note.trim() }),
      ...corrected,
    };
    const answer = await act({ body });
    if (!answer.ok) return;
    const { results } = answer.value;
    const decided = results.filter(({ status }) => status === "decided");
    for (const one of decided) list.drop(one.id);
    flash({
      id: "undo",
      type: decided.length === results.length ? "success" : "warning",
      seconds: 20,
      content: sayResults(results, outcome),
      ...(decided.length > 0 && { action: { title: "Undo all", run: () => void undo(results) } }),
    });
    selection.clear();
    onClose();
  };

  return (
    <Dialog
      title={`Decide ${cases.length === 1 ? "one case" : `${cases.length} cases`}`}
      onClose={onClose}
      keys={[
        {
          keys: reasonsFor(outcome).map(({ number }) => String(number)),
          title: "Choose the reason of that number",
          run: ({ key }) => setReason(reasonsFor(outcome).find(({ number }) => String(number) === key)?.reason),
        },
        { keys: "Mod+Enter", title: "Send", run: () => void send(), inFields: true },
      ]}
      footer={
        <Button variant="primary" disabled={missing} loading={busy} onClick={() => void send()}>
          {OUTCOME_WORDS[outcome]} {cases.length}
        </Button>
      }
    >
      <SpaceBetween size="m">
        <FormField label="Outcome">
          <RadioGroup
            value={outcome}
            items={OUTCOMES.map((value) => ({
              value,
              label: OUTCOME_WORDS[value],
              description: OUTCOME_MEANINGS[value],
            }))}
            onChange={({ detail }) => {
              const next = detail.value as Outcome;
              setOutcome(next);
              setReason(reasonsFor(next).find((one) => one.reason === reason)?.reason);
            }}
          />
        </FormField>
        {outcome === "correct" && (
          <FormField label="The labels as they should be" description="The same for each of these cases.">
            <Multiselect
              filteringType="auto"
              filteringAriaLabel="Find a label"
              expandToViewport
              placeholder="Choose labels"
              deselectAriaLabel={({ label }) => `Take away: ${label}`}
              options={LABELS}
              selectedOptions={LABELS.filter(({ value }) => labels.some((one) => one === value))}
              onChange={({ detail }) => setLabels(detail.selectedOptions.map(({ value }) => value as Label))}
            />
          </FormField>
        )}
        <ReasonChoice outcome={outcome} reason={reason} choose={setReason} />
        <FormField label="Note" description="It goes with each of the decisions.">
          <Textarea rows={2} value={note} onChange={({ detail }) => setNote(detail.value)} />
        </FormField>
        {refused && <Failed refused={refused} onRetry={() => void send()} />}
      </SpaceBetween>
    </Dialog>
  );
}

/** "12 upheld. 2 not: The case was already decided (1), Somebody else holds the case (1)." */
function sayResults(results: Results, outcome: Outcome): string {
  const lost = new Map<string, number>();
  for (const one of results)
    if (one.status === "refused") lost.set(one.problem.title, (lost.get(one.problem.title) ?? 0) + 1);
  const count = results.filter(({ status }) => status === "decided").length;
  // "2 labels corrected" would count labels.
  const decided = outcome === "correct" ? "corrected" : DECIDED_WORDS[outcome];
  const not = [...lost].map(([title, times]) => `${title} (${times})`).join(", ");
  return `${count} ${decided.toLowerCase()}.${lost.size > 0 ? ` ${results.length - count} not: ${not}.` : ""}`;
}
