import Checkbox from "@cloudscape-design/components/checkbox";
import Select from "@cloudscape-design/components/select";
import { useAnswer } from "../../api/use-answer.ts";
import { labelTitles } from "../../facts/desk.ts";
import { Age } from "../../parts/age.tsx";
import { Go } from "../../parts/go.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Asked } from "../../parts/states.tsx";
import type { Exception } from "./case-record.ts";
import type { CaseWork } from "./case-work.ts";
import { otherWay } from "./draft.ts";
import { reasonsFor } from "./use-deciding.ts";

/** As many as the API gives at once; the others are decided with them all the same. */
const MOST_SHOWN = "200";
const MOST_EXCEPTIONS = 50;
const FRESH = 120_000;

/** The items that are decided together, with a tick for each that is not like the others. */
export function ClusterItems({ work: { record, draft, change } }: { readonly work: CaseWork }) {
  const { id, cluster, openedAt, ref } = record;
  const size = cluster?.size ?? 1;
  const shown = useAnswer("list-cluster", { params: { id }, query: { limit: MOST_SHOWN } }, { fresh: FRESH });
  const other = otherWay(draft.outcome);
  const named = Object.keys(draft.exceptions).length;
  const set = (member: string, reason: Exception["reason"] | undefined) => {
    const { [member]: _, ...others } = draft.exceptions;
    change({ exceptions: reason === undefined ? others : { ...others, [member]: reason } });
  };
  const row = (member: string, name: string, at: string, labels: readonly string[]) => (
    <Member
      key={member}
      id={member}
      name={name}
      at={at}
      labels={labels}
      isFirst={member === id}
      other={other}
      reason={draft.exceptions[member]}
      isFull={named >= MOST_EXCEPTIONS}
      setReason={(reason) => set(member, reason)}
    />
  );
  return (
    <section className="case-cluster" aria-label="Items decided together">
      <h3>{size} items are decided together</h3>
      <p className="quiet">
        They say the same, or belong to one group. Tick those that are not like the others
        {other === undefined
          ? " once an outcome is chosen"
          : `: they are ${other === "uphold" ? "upheld" : "overturned"}`}
        .{named > 0 && ` ${named} ticked.`}
      </p>
      <Asked shown={shown}>
        {({ members, cursor }) => (
          <>
            <ul className="case-list">
              {row(
                id,
                ref.id,
                openedAt,
                record.verdict.labels.map(({ label }) => label),
              )}
              {members.map((one) => row(one.case, one.ref.id, one.openedAt, one.labels))}
            </ul>
            {cursor !== undefined && <p className="quiet">And more, up to {size}: decided with these.</p>}
          </>
        )}
      </Asked>
    </section>
  );
}

interface MemberProps {
  readonly id: string;
  readonly name: string;
  readonly at: string;
  readonly labels: readonly string[];
  readonly isFirst: boolean;
  readonly other: Exception["outcome"] | undefined;
  readonly reason: Exception["reason"] | undefined;
  readonly isFull: boolean;
  setReason(reason: Exception["reason"] | undefined): void;
}

function Member({ id, name, at, labels, isFirst, other, reason, isFull, setReason }: MemberProps) {
  const reasons = other === undefined ? [] : reasonsFor(other);
  const usual = other === "uphold" ? "violates_policy" : "wrongly_detected";
  const isTicked = reason !== undefined;
  return (
    <li>
      <Checkbox
        checked={isTicked}
        disabled={other === undefined || (isFull && !isTicked)}
        onChange={({ detail }) => setReason(detail.checked ? usual : undefined)}
      >
        <SafeInline text={name} />
      </Checkbox>
      <span className="quiet">
        {labels.map((label) => labelTitles[label] ?? label).join(", ")} · <Age since={at} ago />
      </span>
      {isFirst ? (
        <span className="quiet">shown above</span>
      ) : (
        <Go to={`/cases/${id}`} label={`Read ${name}`}>
          Read
        </Go>
      )}
      {isTicked && (
        <Select
          ariaLabel={`Why ${name} is another matter`}
          expandToViewport
          options={reasons.map((one) => ({ value: one.reason, label: one.title }))}
          selectedOption={
            reasons.flatMap((one) => (one.reason === reason ? [{ value: one.reason, label: one.title }] : []))[0] ??
            null
          }
          onChange={({ detail }) => setReason(detail.selectedOption.value as Exception["reason"])}
        />
      )}
    </li>
  );
}
