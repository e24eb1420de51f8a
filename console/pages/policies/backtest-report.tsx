import type { AnswerOf } from "../../api/route-types.ts";
import { grouped } from "../../parts/charts/chart-words.ts";
import { type Column, RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Section } from "../../parts/section.tsx";
import { Empty } from "../../parts/states.tsx";
import { DifferenceList } from "./difference-list.tsx";
import { ActionName, Move, shareText, shareWithRange, signed } from "./words.tsx";

type Report = NonNullable<AnswerOf<"get-backtest">["report"]>;
type View = "before" | "active" | "candidate";

const NAMES: Readonly<Record<View, string>> = {
  before: "Decided then",
  active: "Active now",
  candidate: "Candidate",
};

/** What was decided then is told apart only where what is active now says something else. */
const viewsOf = ({ drifted }: Report): readonly View[] =>
  drifted > 0 ? ["before", "active", "candidate"] : ["active", "candidate"];

/** A column of counts for each view. */
const counts = <Row extends Readonly<Record<View, number>>>(report: Report): Column<Row>[] =>
  viewsOf(report).map((view) => ({ head: NAMES[view], cell: (row) => grouped(row[view]), isFigure: true }));

/** What a backtest found, the most important first. */
export function BacktestReport({ report }: { readonly report: Report }) {
  const { items, asked = items, changed, days, drifted } = report;
  if (items === 0) return <Empty title="There was no verdict in that time">Ask of a longer one.</Empty>;
  return (
    <>
      <Section title="What would change">
        <p className="policy-line">
          {asked === 0 && changed.items === 0 ? (
            <>
              The candidate has a say in none of {grouped(items)} verdicts: its scope fits none of them, or policies
              nearer to them decide.
            </>
          ) : (
            <>
              <strong>{grouped(changed.items)}</strong> of {grouped(items)} verdicts would be otherwise than by what is
              active now: {shareWithRange({ estimate: changed.share, ...changed })}.
              {asked < items && ` The candidate has a say in ${grouped(asked)} of them; the rest is other policies'.`}
            </>
          )}{" "}
          They were made in {days.toFixed(1)} days.
          {drifted > 0 && ` What is active now treats ${grouped(drifted)} otherwise than they were decided then.`}
        </p>
        <Moves report={report} />
        <RowTable
          caption="Verdicts by action"
          columns={[
            { head: "Action", cell: ({ action }) => <ActionName action={action} /> },
            ...counts<Report["actions"][number]>(report),
          ]}
          rows={report.actions}
          keyOf={({ action }) => action}
        />
      </Section>
      <Work report={report} />
      <Judged report={report} />
      <Rules report={report} />
      <Groups report={report} />
      <Changes report={report} />
    </>
  );
}

function Moves({ report: { moves, changed } }: { readonly report: Report }) {
  const against = moves.filter(({ base }) => base === "active").sort((a, b) => b.items - a.items);
  const queueOnly = changed.items - against.reduce((sum, { items }) => sum + items, 0);
  if (against.length === 0 && queueOnly === 0) return null;
  return (
    <ul className="policy-changes">
      {against.map(({ from, to, items }) => (
        <li key={`${from} ${to}`}>
          <Move from={from} to={to} />: <strong>{grouped(items)}</strong>
        </li>
      ))}
      {queueOnly > 0 && (
        <li>
          Only to another queue: <strong>{grouped(queueOnly)}</strong>
        </li>
      )}
    </ul>
  );
}

const range = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  `${signed(low)} to ${signed(high)}`;

function Work({ report }: { readonly report: Report }) {
  const { queues, cost } = report;
  return (
    <Section title="Work for people">
      <p className="policy-line">
        <strong>{signed(cost.minutesPerDay)}</strong> minutes of moderators a day (95%: {range(cost)}), at{" "}
        {cost.minutesPerCase} {cost.minutesPerCase === 1 ? "minute" : "minutes"} a case.
      </p>
      {queues.length === 0 ? (
        <p className="policy-line quiet">No case in any queue, under either.</p>
      ) : (
        <>
          <RowTable
            caption="Cases by queue"
            columns={[
              { head: "Queue", cell: ({ queue }) => queue },
              ...counts<Report["queues"][number]>(report),
              {
                head: "A day (95%)",
                cell: ({ change: { active } }) => `${signed(active.perDay)} (${range(active)})`,
                isFigure: true,
              },
            ]}
            rows={queues}
            keyOf={({ queue }) => queue}
          />
          {queues.some(({ change }) => change.active.from === "counts") && (
            <p className="policy-line quiet">
              The interval takes items as independent of each other: a campaign makes it wider. With seven whole days
              that is counted in.
            </p>
          )}
        </>
      )}
      {report.load.length > 1 && (
        <RowTable
          caption="Cases by day"
          columns={[{ head: "Day (UTC)", cell: ({ day }) => day }, ...counts<Report["load"][number]>(report)]}
          rows={report.load}
          keyOf={({ day }) => day}
          maxHeight={320}
        />
      )}
    </Section>
  );
}

function Judged({ report }: { readonly report: Report }) {
  const { precision } = report;
  return (
    <Section title="Against what people decided">
      {precision.decided === 0 ? (
        <p className="policy-line quiet">Nobody decided a case in that time, so it is not known.</p>
      ) : (
        <>
          <RowTable
            caption="Precision against people's decisions"
            columns={[
              { head: "By", cell: (view: View) => NAMES[view] },
              { head: "Brought to people", cell: (view: View) => grouped(precision[view].items), isFigure: true },
              { head: "Upheld", cell: (view: View) => grouped(precision[view].upheld), isFigure: true },
              {
                head: "Precision (95%)",
                cell: (view: View) =>
                  precision[view].items === 0
                    ? "not known"
                    : shareWithRange({ estimate: precision[view].share, ...precision[view] }),
                isFigure: true,
              },
            ]}
            rows={viewsOf(report)}
            keyOf={(view) => view}
          />
          <p className="policy-line quiet">
            Of {grouped(precision.decided)} cases that people decided, {grouped(precision.upheld)} upheld. Of what
            nobody looked at then, nothing is known.
          </p>
        </>
      )}
    </Section>
  );
}

/** By the rule's name: an inherited rule decides under the id of whatever policy is the nearest to the item. */
function rulesByName({ rules }: Report): (Readonly<Record<View, number>> & { readonly name: string })[] {
  const byName = new Map<string, Record<View, number>>();
  for (const { rule, ...hits } of rules) {
    const name = rule.slice(rule.indexOf("/") + 1);
    const sum = byName.get(name) ?? { before: 0, active: 0, candidate: 0 };
    for (const view of ["before", "active", "candidate"] as const) sum[view] += hits[view];
    byName.set(name, sum);
  }
  return [...byName]
    .flatMap(([name, hits]) => (hits.active === hits.candidate ? [] : [{ name, ...hits }]))
    .sort((a, b) => Math.abs(b.candidate - b.active) - Math.abs(a.candidate - a.active));
}

function Rules({ report }: { readonly report: Report }) {
  const rows = rulesByName(report);
  if (rows.length === 0) return null;
  return (
    <Section title="Rules that decide another number of items">
      <RowTable
        caption="Rules that decide another number of items"
        columns={[{ head: "Rule", cell: ({ name }) => name }, ...counts<(typeof rows)[number]>(report)]}
        rows={rows}
        keyOf={({ name }) => name}
        maxHeight={400}
      />
    </Section>
  );
}

type Group = Report["groups"]["kind"][number];

function Groups({ report }: { readonly report: Report }) {
  return (
    <Section title="Who it concerns">
      {(["kind", "language", "surface"] as const).map((dimension) => (
        <RowTable
          key={dimension}
          caption={`Verdicts by ${dimension}`}
          columns={[
            { head: `By ${dimension}`, cell: ({ name }: Group) => <SafeInline text={name} /> },
            { head: "Verdicts", cell: ({ items }: Group) => grouped(items), isFigure: true },
            { head: "Changed", cell: ({ changed }: Group) => grouped(changed), isFigure: true },
            ...viewsOf(report).map(
              (view): Column<Group> => ({
                head: `${NAMES[view]}: for people`,
                cell: ({ review }) => shareText(review[view]),
                isFigure: true,
              }),
            ),
          ]}
          rows={report.groups[dimension]}
          keyOf={({ name }) => name}
        />
      ))}
    </Section>
  );
}

function Changes({ report: { changes, changed } }: { readonly report: Report }) {
  if (changes.length === 0) return null;
  return (
    <Section title="Items that would be treated otherwise">
      {changed.items > changes.length && (
        <p className="policy-line quiet">
          {grouped(changes.length)} of {grouped(changed.items)}: the most severe, then a sample.
        </p>
      )}
      <DifferenceList
        caption="Items that would be treated otherwise"
        was="By what is active"
        rows={changes.map(({ active, candidate, before: _before, ...item }) => ({
          ...item,
          was: active,
          would: candidate,
        }))}
      />
    </Section>
  );
}
