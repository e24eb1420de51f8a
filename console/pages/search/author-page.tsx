import type { AnswerOf } from "../../api/route-types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import type { PageProps } from "../../app/page.ts";
import { Age } from "../../parts/age.tsx";
import { CaseLinkLine, OUTCOME_WORDS } from "../../parts/case-link.tsx";
import { grouped } from "../../parts/charts/chart-words.ts";
import { Go } from "../../parts/go.tsx";
import { isId, shownId } from "../../parts/ids.ts";
import { LabelBadges } from "../../parts/label-badges.tsx";
import { NotFound, notFound } from "../../parts/not-found.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { Pager } from "../../parts/pager.tsx";
import { audiencePath, itemPath, targetPath } from "../../parts/paths.ts";
import { type Column, RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { type Fact, FactList, Section } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { usePages } from "../../parts/use-pages.ts";
import { ACTION_WORDS, languageWord, placeOf } from "../queue/case-words.ts";

type Author = AnswerOf<"get-author">;
type HistoryItem = Author["items"][number];

/** What an author handed in and what became of it. */
export default function AuthorPage({ params: { id = "" } }: PageProps) {
  return (
    <>
      <PageHeader
        title={`Author ${shownId(id)}`}
        description="What they handed in and what was decided of it, in codes. Their words stand in the cases; how many people they reach stands nowhere."
      />
      <History key={id} id={id} />
    </>
  );
}

function History({ id }: { readonly id: string }) {
  const pages = usePages();
  const { cursor } = pages;
  const query = { limit: "25", ...(cursor !== undefined && { cursor }) };
  const shown = useAnswer("get-author", isId(id) ? { params: { id }, query } : undefined);
  if (notFound(shown)) return <NotFound what="author" id={id} />;
  return (
    <Asked shown={shown}>
      {(author) => (
        <>
          <Section title="Known of them">
            <FactList facts={factsOf(author)} />
            <Counted counted={author.counted} isPaged={pages.number > 1 || author.cursor !== undefined} />
            {author.audience && (
              <p className="card-line">
                <Go to={audiencePath(id)}>Following of this account</Go>
                <span>
                  {ACTION_WORDS[author.audience.action]} <Age since={author.audience.at} ago />
                </span>
                {author.audience.case && <CaseLinkLine link={author.audience.case} />}
              </p>
            )}
          </Section>
          <Section title="Items, the latest first">
            {author.items.length === 0 ? (
              <Empty title="No item is on this page" />
            ) : (
              <RowTable caption="Items of the author" columns={COLUMNS} rows={author.items} keyOf={keyOf} />
            )}
            <Pager of="items of the author" pages={pages} next={author.cursor} />
          </Section>
        </>
      )}
    </Asked>
  );
}

function factsOf({ firstSeen, lastSeen, about }: Author): Fact[] {
  return [
    ["Seen first", firstSeen && <Age since={firstSeen} ago />],
    ["Seen last", lastSeen && <Age since={lastSeen} ago />],
    ["Age of the account", about?.ageDays === undefined ? undefined : `${about.ageDays} days at the latest item`],
    ["Items posted, by the platform", about?.itemsPosted === undefined ? undefined : grouped(about.itemsPosted)],
    ["Verified", about?.verified === undefined ? undefined : about.verified ? "yes" : "no"],
    ["Age band", about?.ageBand],
  ];
}

const listed = (counts: readonly (readonly [words: string, count: number | undefined])[]): string =>
  counts.flatMap(([words, count]) => (count ? [`${count} ${words}`] : [])).join(", ") || "none";

function Counted({ counted, isPaged }: { readonly counted: Author["counted"]; readonly isPaged: boolean }) {
  const { items, actions, labels, decisions, open } = counted;
  return (
    <>
      <FactList
        facts={[
          [isPaged ? "Items on this page" : "Items", items],
          ["Actions", listed(Object.entries(actions).map(([action, count]) => [wordOf(ACTION_WORDS, action), count]))],
          ["Decisions", listed(Object.entries(decisions).map(([made, count]) => [wordOf(OUTCOME_WORDS, made), count]))],
          ["Open cases", open],
        ]}
      />
      {labels.length > 0 && (
        <ul className="label-badges" aria-label="Labels of these items">
          {labels.map(({ label, title, items: of }) => (
            <li key={label} className="label-badge">
              {title} <span className="quiet">{of === 1 ? "1 item" : `${of} items`}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const wordOf = (words: Readonly<Record<string, string>>, name: string): string => (words[name] ?? name).toLowerCase();

const keyOf = ({ ref: { kind, id, revision } }: HistoryItem): string => `${kind} ${id} ${revision}`;

const COLUMNS: readonly Column<HistoryItem>[] = [
  { head: "Received", cell: ({ at }) => <Age since={at} ago /> },
  {
    head: "Item",
    cell: (one) => (
      <>
        <Go to={itemPath(one.ref.kind, one.ref.id)}>
          <SafeInline text={one.ref.id} />
        </Go>
        <div className="quiet">
          {placeOf(one)}
          {one.language !== undefined && `, ${languageWord(one.language)}`}
          {one.targetId !== undefined && (
            <>
              {" of "}
              <Go to={targetPath(one.targetId)}>
                <SafeInline text={one.targetId} />
              </Go>
            </>
          )}
        </div>
      </>
    ),
  },
  { head: "Action", cell: ({ action, reversed }) => `${ACTION_WORDS[action]}${reversed ? ", taken back" : ""}` },
  {
    head: "Labels",
    cell: ({ labels, severity }) =>
      labels.length > 0 && (
        <>
          <LabelBadges labels={labels} />
          <div className="quiet">severity {severity} of 7</div>
        </>
      ),
  },
  { head: "Case", cell: (one) => one.case && <CaseLinkLine link={one.case} /> },
];
