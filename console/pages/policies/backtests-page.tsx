import { useAnswer } from "../../api/use-answer.ts";
import { Age } from "../../parts/age.tsx";
import { grouped } from "../../parts/charts/chart-words.ts";
import { Go } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Section } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { isGoing, JobState } from "./job-progress.tsx";
import { backtestPath } from "./paths.ts";
import { Rooms } from "./rooms.tsx";
import { dayRange } from "./windows.ts";
import "./policies.css";

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
              <RowTable
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
                  { head: "State", cell: ({ state }) => <JobState state={state} /> },
                  { head: "Verdicts of", cell: (job) => dayRange(job) },
                  {
                    head: "Read",
                    cell: ({ progress: { items, done, parts }, state }) =>
                      isGoing(state) ? `${done} of ${parts} days` : grouped(items),
                    isFigure: true,
                  },
                  {
                    head: "Asked",
                    cell: ({ at, by }) => (
                      <>
                        <Age since={at} ago />{" "}
                        <span className="quiet">
                          by <SafeInline text={by} />
                        </span>
                      </>
                    ),
                  },
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
