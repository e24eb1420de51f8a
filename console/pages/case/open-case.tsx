import { useEffect, useRef, useState } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { useAnnounce } from "../../app/announcer.tsx";
import { Panel } from "../../keys/panel.tsx";
import { Go } from "../../parts/go.tsx";
import { Asked, Empty, Loading } from "../../parts/states.tsx";
import { type CaseSummary, inOneLine } from "../queue/case-words.ts";
import { CaseContent } from "./case-content.tsx";
import { CaseContext } from "./case-context.tsx";
import { CaseHead } from "./case-head.tsx";
import type { CaseRecord } from "./case-record.ts";
import { DecisionArea } from "./decision-area.tsx";
import { useCaseKeys } from "./use-case-keys.ts";
import { useDeciding } from "./use-deciding.ts";
import { useDraft } from "./use-draft.ts";
import { useLease } from "./use-lease.ts";
import type { Shift } from "./use-shift.ts";

/** What was read within this time is shown without reading it again: each reading is an entry of the log. */
const FRESH = 120_000;

interface OpenCaseProps {
  readonly id: string;
  /** As the list knows it, while the case itself is under way. */
  readonly known: CaseSummary | undefined;
  readonly shift: Shift;
  /** The queue that was chosen; what comes next is taken from it. */
  readonly queue: string | undefined;
}

/** The case that is open: the item, what surrounds it, and the decision. */
export function OpenCase({ id, known, shift, queue }: OpenCaseProps) {
  const shown = useAnswer("get-case", { params: { id } }, { fresh: FRESH });
  const title = known ? inOneLine(known) : "Case";
  if (shown.refused?.code === "not_found")
    return (
      <div className="case-missing">
        <Empty title="There is no such case" action={<Go to="/queue">Back to the queue</Go>}>
          It may have been erased, or it is not for you to see.
        </Empty>
      </div>
    );
  return (
    <Panel scope="case" label={title} initial className="case-work">
      <Asked shown={shown} loading={<Loading what={`Loading: ${title}`} lines={12} />}>
        {(record) => <ReadCase record={record} shift={shift} queue={queue} readAgain={shown.refresh} />}
      </Asked>
    </Panel>
  );
}

interface ReadCaseProps {
  readonly record: CaseRecord;
  readonly shift: Shift;
  readonly queue: string | undefined;
  readAgain(): void;
}

function ReadCase({ record, shift, queue, readAgain }: ReadCaseProps) {
  const lease = useLease(record);
  const [draft, change] = useDraft(record);
  const [activeLabel, setActiveLabel] = useState<string>();
  const announce = useAnnounce();
  const heading = useRef<HTMLHeadingElement>(null);
  const work = { record, lease, draft, change, shift, queue, readAgain };
  const deciding = useDeciding(work);
  const places = useCaseKeys(work, deciding);

  const mine = lease.state === "mine" && record.state === "open";
  useEffect(() => {
    shift.holding.current = mine ? record.id : undefined;
  }, [shift.holding, mine, record.id]);
  const { setClaim } = shift;
  const { claim } = lease;
  useEffect(() => setClaim(record.id, claim), [setClaim, record.id, claim]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each case, not with each reading of it
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    announce(heading.current?.textContent ?? "");
  }, [record.id]);

  const { lost } = lease;
  useEffect(() => {
    if (lost?.code === "case_decided" || lost?.code === "case_joined") readAgain();
  }, [lost, readAgain]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that somebody is there
    <div className="case-grid" onPointerMove={lease.touch} onKeyDown={lease.touch}>
      <div className="case-content">
        <CaseHead record={record} lease={lease} heading={heading} readAgain={readAgain} />
        <CaseContent work={work} activeLabel={activeLabel} setActiveLabel={setActiveLabel} notes={places.notes} />
      </div>
      <CaseContext record={record} />
      <DecisionArea work={work} deciding={deciding} places={places} />
    </div>
  );
}
