import type { AnswerOf } from "../../api/route-types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { grouped } from "../../parts/charts/chart-words.ts";
import { Go } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { RowTable } from "../../parts/row-table.tsx";
import { Section } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { jobColumns } from "./job-columns.tsx";
import { isGoing } from "./job-progress.tsx";
import { backtestPath } from "./paths.ts";
import { Rooms } from "./rooms.tsx";
import "./policies.css";

type Backtest = AnswerOf<"list-backtests">["backtests"][number];

/** The backtests of the last 30 days. */
export default function BacktestsPage() {
  const shown = useAnswer("list-backtests", { query: { limit: "50" } });
  return (
    <>
      <PageHeader
        title="Backtests"
        description="What a candidate would have done with the verdicts of a time that is over. One begins on a policy’s page, or in its editor."
      />
      <Rooms at="/backtests" />
      <Asked shown={shown}>
        {({ backtests }) =>
          backtests.length === 0 ? (
            <Empty title="No backtest in the last 30 days" action={<Go to="/policies">Choose a policy to try</Go>} />
          ) : (
            <Section title="The last 30 days">
              <RowTable<Backtest>
                caption="Backtests"
                columns={[
                  {
                    head: "Candidate",
                    cell: ({ id, candidate: { policy, version, saved } }) => (
                      <Go to={backtestPath(id)}>
                        {policy}, {saved ? `version ${version}` : "not saved"}
                      </Go>
                    ),
                  },
                  jobColumns.state,
                  jobColumns.days,
                  {
                    head: "Read",
                    cell: ({ progress: { items, done, parts }, state }) =>
                      isGoing(state) ? `${done} of ${parts} days` : grouped(items),
                    isFigure: true,
                  },
                  jobColumns.asked,
                ]}
                rows={backtests}
                keyOf={({ id }) => id}
              />
            </Section>
          )
        }
      </Asked>
    </>
  );
}
