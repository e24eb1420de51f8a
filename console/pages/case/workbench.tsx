import { useEffect, useState } from "react";
import { PageHeader } from "../../parts/page-header.tsx";
import { Empty } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { QueuePane } from "../queue/queue-pane.tsx";
import { useQueueQuery } from "../queue/queue-query.ts";
import { useCaseList } from "../queue/use-case-list.ts";
import { OpenCase } from "./open-case.tsx";
import { type Step, StepBar } from "./step-bar.tsx";
import { useShift } from "./use-shift.ts";
import "./case.css";

/** The queue, and beside it the case that is open. */
export function Workbench({ id }: { readonly id: string | undefined }) {
  const query = useQueueQuery();
  const list = useCaseList(query);
  const shift = useShift(id, query, list);
  const [step, setStep] = useState<Step>(id === undefined ? "queue" : "case");
  useEffect(() => setStep(id === undefined ? "queue" : "case"), [id]);
  const known = list.rows.find((row) => row.id === id);

  return (
    <div className="bench" data-step={step}>
      <div className="unseen">
        <PageHeader title={id === undefined ? "Queue" : "Case"} />
      </div>
      {id !== undefined && <StepBar step={step} setStep={setStep} />}
      <div className="bench-panes">
        <QueuePane
          query={query}
          list={list}
          openId={id}
          isTaking={shift.isTaking}
          takeNext={() => void shift.takeNext()}
          open={shift.open}
          undo={() => void shift.undo()}
        />
        {id === undefined ? <NoCase /> : <OpenCase key={id} id={id} known={known} shift={shift} queue={query.chosen} />}
      </div>
    </div>
  );
}

function NoCase() {
  const me = useMe();
  return (
    <div className="bench-none">
      <Empty title="No case is open">
        {me.may("next-case") ? (
          <>
            Press <kbd>n</kbd> for the next case in turn, or choose one with <kbd>j</kbd> <kbd>k</kbd> and{" "}
            <kbd>Enter</kbd>. <kbd>?</kbd> lists all keys.
          </>
        ) : (
          "Choose one of the list to read it."
        )}
      </Empty>
    </div>
  );
}
