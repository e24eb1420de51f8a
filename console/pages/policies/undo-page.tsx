import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import type { PageProps } from "../../app/page.ts";
import { grouped } from "../../parts/charts/chart-words.ts";
import { Go, useGo } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { FactList } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { isGoing, JobProgress, JobState } from "./job-progress.tsx";
import { undoPath } from "./paths.ts";
import { Rooms } from "./rooms.tsx";
import { UndoRecord } from "./undo-record.tsx";
import { UndoResult } from "./undo-result.tsx";
import { causeWords, reversedIn, type Undo } from "./undo-words.ts";
import { dayRange, LOOK_MS } from "./windows.ts";
import { WithNote } from "./with-note.tsx";
import "./policies.css";

/** One undo, or its dry run: how far it is, then what it found or did. */
export default function UndoPage({ params: { id = "" } }: PageProps) {
  const [isOver, setOver] = useState(false);
  const shown = useAnswer("get-undo", { params: { id } }, isOver ? { fresh: 60_000 } : { every: LOOK_MS });
  const { value, refused } = shown;
  const over = value !== undefined && !isGoing(value.state);
  if (over !== isOver) setOver(over);
  const unknown = refused?.code === "not_found" || refused?.code === "invalid_request";
  return (
    <>
      <PageHeader
        title={value ? `${value.dryRun ? "Dry run" : "Undo"} of ${causeWords(value.cause)}` : "Undo"}
        tab="Undo"
        actions={value && <TakeBack undo={value} />}
      />
      <Rooms at="/undos" inside />
      {unknown ? (
        <Empty title="There is no such undo" action={<Go to="/undos">See all undos</Go>}>
          They are kept for 30 days.
        </Empty>
      ) : (
        <Asked shown={shown}>{(undo) => <Shown key={undo.id} undo={undo} />}</Asked>
      )}
    </>
  );
}

function Shown({ undo }: { readonly undo: Undo }) {
  const me = useMe();
  const { cache } = useApi();
  const cancel = useAct("cancel-undo");
  const resume = useAct("resume-undo");
  const { id, state, dryRun, of, note, by, result } = undo;
  const change = async (act: typeof cancel | typeof resume) => {
    const answer = await act.act({ params: { id } });
    if (answer.ok) cache.drop("get-undo");
  };
  return (
    <>
      <div className="policy-facts">
        <FactList
          facts={[
            ["State", <JobState key="state" state={state} />],
            ["Verdicts of", dayRange(undo)],
            [dryRun ? "Asked by" : "Taken back by", <SafeInline key="by" text={by} />],
            ["Why", note === undefined ? undefined : <SafeInline key="why" text={note} />],
            [
              "What it was to do",
              of === undefined ? undefined : (
                <Go key="of" to={undoPath(of)}>
                  its dry run
                </Go>
              ),
            ],
          ]}
        />
      </div>
      {state !== "done" && (
        <JobProgress
          job={undo}
          what={dryRun ? "Looking at verdicts day by day" : "Taking back day by day"}
          mayChange={me.may("cancel-undo", "resume-undo")}
          busy={cancel.busy || resume.busy}
          refused={cancel.refused ?? resume.refused}
          onCancel={() => void change(cancel)}
          onResume={() => void change(resume)}
        />
      )}
      {result && <UndoResult result={result} dryRun={dryRun} />}
      {!dryRun && <UndoRecord id={id} />}
    </>
  );
}

/** Takes back what a finished dry run found. */
function TakeBack({ undo: { id, dryRun, state, result, cause } }: { readonly undo: Undo }) {
  const me = useMe();
  const go = useGo();
  const [asking, ask] = useState(false);
  const { act, busy, refused } = useAct("start-undo");
  const found = result ? reversedIn(result.outcomes) : 0;
  if (!dryRun || state !== "done" || found === 0 || !me.may("start-undo")) return null;
  const run = async (note: string) => {
    const answer = await act({ body: { dryRun: false, of: id, note } });
    if (answer.ok) go(undoPath(answer.value.id));
  };
  const verdicts = `${grouped(found)} ${found === 1 ? "verdict" : "verdicts"}`;
  return (
    <>
      <Button variant="primary" onClick={() => ask(true)}>
        Take back {verdicts}
      </Button>
      {asking && (
        <WithNote
          title={`Take back ${verdicts}?`}
          verb="Take back, for good"
          busy={busy}
          refused={refused}
          onClose={() => ask(false)}
          onGo={(note) => void run(note)}
        >
          <p className="policy-line">
            Because of <SafeInline text={causeWords(cause)} />. It does what this dry run showed and nothing else. There
            is no undo of an undo: what it closes is not opened again.
          </p>
        </WithNote>
      )}
    </>
  );
}
