import type { RefObject } from "react";
import { AudiencePicture } from "./audience-picture.tsx";
import type { CaseWork } from "./case-work.ts";
import { ClusterItems } from "./cluster-items.tsx";
import { ItemInThread } from "./item-in-thread.tsx";
import { NotesForOthers } from "./notes-for-others.tsx";
import { PastDecisions } from "./past-decisions.tsx";
import { WhyFlagged } from "./why-flagged.tsx";

interface CaseContentProps {
  readonly work: CaseWork;
  /** The label whose evidence is pointed out now. */
  readonly activeLabel: string | undefined;
  setActiveLabel(label: string | undefined): void;
  readonly notes: RefObject<HTMLDivElement | null>;
}

/** The middle pane below its head: the item, why it is here, and what was said of it at the desk. */
export function CaseContent({ work, activeLabel, setActiveLabel, notes }: CaseContentProps) {
  const { record } = work;
  return (
    <div className="case-body">
      {record.ref.kind === "audience" && <AudiencePicture account={record.ref.id} />}
      <ItemInThread record={record} activeLabel={activeLabel} setActiveLabel={setActiveLabel} />
      <WhyFlagged record={record} activeLabel={activeLabel} setActiveLabel={setActiveLabel} />
      {(record.cluster?.size ?? 1) > 1 && <ClusterItems work={work} />}
      <NotesForOthers work={work} place={notes} />
      <PastDecisions record={record} />
    </div>
  );
}
