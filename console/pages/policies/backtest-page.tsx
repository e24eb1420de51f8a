import { useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import type { PageProps } from "../../app/page.ts";
import { Go } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { FactList } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { BacktestReport } from "./backtest-report.tsx";
import { isGoing, JobProgress, JobState } from "./job-progress.tsx";
import { policyPath } from "./paths.ts";
import { Rooms } from "./rooms.tsx";
import { dayRange, LOOK_MS } from "./windows.ts";
import "./policies.css";

type Backtest = AnswerOf<"get-backtest">;

/** One backtest: how far it is, then what it found. */
export default function BacktestPage({ params: { id = "" } }: PageProps) {
  const [isOver, setOver] = useState(false);
  const shown = useAnswer(
    "get-backtest",
    { params: { id }, query: {} },
    isOver ? { fresh: 60_000 } : { every: LOOK_MS },
  );
  const { value, refused } = shown;
  const over = value !== undefined && !isGoing(value.state);
  if (over !== isOver) setOver(over);
  const unknown = refused?.code === "not_found" || refused?.code === "invalid_request";
  return (
    <>
      <PageHeader title={value ? `Backtest of ${value.candidate.policy}` : "Backtest"} />
      <Rooms at="/backtests" inside />
      {unknown ? (
        <Empty title="There is no such backtest" action={<Go to="/backtests">See all backtests</Go>}>
          They are kept for 30 days.
        </Empty>
      ) : (
        <Asked shown={shown}>{(backtest) => <Shown backtest={backtest} />}</Asked>
      )}
    </>
  );
}

function Shown({ backtest }: { readonly backtest: Backtest }) {
  const me = useMe();
  const { cache } = useApi();
  const cancel = useAct("cancel-backtest");
  const resume = useAct("resume-backtest");
  const { id, candidate, state, report, by } = backtest;
  const change = async (act: typeof cancel | typeof resume) => {
    const answer = await act.act({ params: { id } });
    if (answer.ok) cache.drop("get-backtest");
  };
  return (
    <>
      <div className="policy-facts">
        <FactList
          facts={[
            ["State", <JobState key="state" state={state} />],
            [
              "Candidate",
              <span key="candidate">
                <Go to={policyPath(candidate.policy)}>{candidate.policy}</Go>,{" "}
                {candidate.saved ? `version ${candidate.version}` : `not saved (would be version ${candidate.version})`}
              </span>,
            ],
            [
              "Beside",
              candidate.active.length === 0
                ? "the built-in policy alone"
                : candidate.active.map((one) => `${one.id} ${one.version}`).join(", "),
            ],
            ["Verdicts of", dayRange(backtest)],
            ["Asked by", <SafeInline key="by" text={by} />],
          ]}
        />
      </div>
      {state !== "done" && (
        <JobProgress
          job={backtest}
          what="Reading verdicts day by day"
          mayChange={me.may("cancel-backtest", "resume-backtest")}
          busy={cancel.busy || resume.busy}
          refused={cancel.refused ?? resume.refused}
          onCancel={() => void change(cancel)}
          onResume={() => void change(resume)}
        />
      )}
      {report && <BacktestReport report={report} />}
    </>
  );
}
