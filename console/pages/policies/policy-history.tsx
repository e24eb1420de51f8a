import { type Column, RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Section } from "../../parts/section.tsx";
import { Empty } from "../../parts/states.tsx";
import { eventWords, type PolicyView } from "./words.tsx";

const When = ({ at }: { readonly at: string }) => (
  <time className="age" dateTime={at}>
    {at.slice(0, 16).replace("T", " ")}
  </time>
);

type Event = PolicyView["history"][number];
type Version = PolicyView["versions"][number];

const EVENTS: readonly Column<Event>[] = [
  { head: "When (UTC)", cell: ({ at }) => <When at={at} /> },
  { head: "What", cell: eventWords },
  { head: "By", cell: ({ by }) => <SafeInline text={by} /> },
  { head: "Why", cell: ({ note }) => note !== undefined && <SafeInline text={note} /> },
];

const VERSIONS: readonly Column<Version>[] = [
  { head: "Version", cell: ({ version }) => version, isFigure: true },
  { head: "Saved (UTC)", cell: ({ savedAt }) => <When at={savedAt} /> },
  { head: "By", cell: ({ savedBy }) => <SafeInline text={savedBy} /> },
  { head: "Title", cell: ({ title }) => <SafeInline text={title} /> },
  { head: "Note", cell: ({ note }) => note !== undefined && <SafeInline text={note} /> },
];

/** What was done with a policy, and its versions, both the newest first. */
export function PolicyHistory({ policy: { history, versions } }: { readonly policy: PolicyView }) {
  return (
    <>
      <Section title="What was done">
        {history.length === 0 ? (
          <Empty title="It was never activated, and never ran in shadow" />
        ) : (
          <RowTable
            caption="What was done with this policy"
            columns={EVENTS}
            rows={history}
            keyOf={({ epoch }) => String(epoch)}
          />
        )}
      </Section>
      <Section title="Versions">
        <RowTable
          caption="Versions of this policy"
          columns={VERSIONS}
          rows={versions}
          keyOf={({ version }) => String(version)}
        />
        {versions.length === 50 && <p className="quiet">The latest 50.</p>}
      </Section>
    </>
  );
}
