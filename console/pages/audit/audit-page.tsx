import Button from "@cloudscape-design/components/button";
import { useAnswer } from "../../api/use-answer.ts";
import { dayText } from "../../parts/charts/chart-words.ts";
import { Go } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { Pager } from "../../parts/pager.tsx";
import { type Column, RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Section } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { usePages } from "../../parts/use-pages.ts";
import { useMe } from "../../session/me.tsx";
import { ROLE_TITLES } from "../../session/role-titles.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { type AuditQuery, auditPath, useAuditQuery } from "./audit-query.ts";
import { actionWords, type Entry, factWords } from "./audit-words.ts";
import "./audit.css";

/** The log of the desk: who did what, the newest first. */
export default function AuditPage() {
  const [query, change] = useAuditQuery();
  const title = query.case === undefined ? `Entries of ${dayText(query.day)}` : "Entries of a case";
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Who did what at the desk, in codes and pseudonyms, the newest first; kept for two years, and changed by nobody. That you read it is logged, too."
      />
      <AuditFilters query={query} change={change} />
      <Section title={title}>
        <Entries
          key={JSON.stringify(query)}
          query={query}
          clear={() => change({ actor: undefined, action: undefined })}
        />
      </Section>
    </>
  );
}

interface EntriesProps {
  readonly query: AuditQuery;
  clear(): void;
}

function Entries({ query, clear }: EntriesProps) {
  const me = useMe();
  const pages = usePages();
  const { day, case: id, actor, action } = query;
  const shown = useAnswer("list-audit", {
    query: {
      ...(id === undefined ? { day } : { case: id }),
      ...(actor !== undefined && { actor }),
      ...(action !== undefined && { action }),
      ...(pages.cursor !== undefined && { cursor: pages.cursor }),
      limit: "50",
    },
  });
  const narrowed = actor !== undefined || action !== undefined;
  return (
    <Asked shown={shown}>
      {({ entries, cursor }) => (
        <>
          <p role="status" className="unseen">
            {entries.length === 1 ? "1 entry" : `${entries.length} entries`} on page {pages.number}
          </p>
          {entries.length > 0 ? (
            <RowTable
              caption="Entries of the log"
              columns={columnsFor({ query, mayOpenCases: me.may("get-case") })}
              rows={entries}
              keyOf={({ id: key }) => key}
            />
          ) : (
            <Empty
              title={cursor === undefined ? "Nothing is in the log here" : "Nothing that fits, so far"}
              action={narrowed ? <Button onClick={clear}>Clear the filters</Button> : undefined}
            >
              {cursor !== undefined
                ? "The log was looked through as far as one request goes: look at what is older."
                : narrowed
                  ? "No entry fits the filters."
                  : "Nobody did anything that is logged."}
            </Empty>
          )}
          <Pager of="entries of the log" pages={pages} next={cursor} />
        </>
      )}
    </Asked>
  );
}

interface Context {
  readonly query: AuditQuery;
  readonly mayOpenCases: boolean;
}

const columnsFor = ({ query, mayOpenCases }: Context): readonly Column<Entry>[] => [
  {
    head: "When (UTC)",
    cell: ({ at }) => (
      <time className="age" dateTime={at}>
        {query.case === undefined ? at.slice(11, 19) : at.slice(0, 19).replace("T", " ")}
      </time>
    ),
  },
  {
    head: "Who",
    cell: ({ actor, role }) => (
      <>
        {actor === query.actor ? (
          <SafeInline text={actor} />
        ) : (
          <Go to={auditPath({ ...query, actor })} label={`${actor}: only their entries`}>
            <SafeInline text={actor} />
          </Go>
        )}
        {role && <div className="quiet">{ROLE_TITLES[role].title}</div>}
      </>
    ),
  },
  { head: "Did what", cell: ({ action }) => actionWords(action) },
  {
    head: "Case",
    cell: ({ case: id }) =>
      id !== undefined && (
        <>
          {mayOpenCases ? <Go to={`/cases/${id}`}>{id}</Go> : <code>{id}</code>}
          {id !== query.case && (
            <div>
              <Go to={`/audit?case=${id}`} label={`Its log, case ${id}`}>
                Its log
              </Go>
            </div>
          )}
        </>
      ),
  },
  {
    head: "How",
    cell: ({ facts }) =>
      facts && (
        <ul className="audit-facts">
          {Object.entries(facts).map(([name, value]) => (
            <li key={name}>
              <SafeInline text={factWords(name, value)} />
            </li>
          ))}
        </ul>
      ),
  },
];
