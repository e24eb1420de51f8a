import Button from "@cloudscape-design/components/button";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { Refused } from "../../api/answered.ts";
import type { AnswerOf } from "../../api/route-types.ts";
import { grouped } from "../../parts/charts/chart-words.ts";
import { Failed } from "../../parts/states.tsx";

export type Job = Pick<AnswerOf<"get-backtest">, "id" | "state" | "progress" | "since" | "until" | "by" | "at">;

/** Whether it goes on by itself, so that asking again is worth it. */
export const isGoing = (state: Job["state"]): boolean => state === "waiting" || state === "running";

const STATES = {
  waiting: { type: "pending", text: "waiting" },
  running: { type: "in-progress", text: "running" },
  done: { type: "success", text: "done" },
  cancelled: { type: "stopped", text: "cancelled" },
  stalled: { type: "error", text: "stalled" },
} as const;

export const JobState = ({ state }: Pick<Job, "state">) => (
  <StatusIndicator type={STATES[state].type}>{STATES[state].text}</StatusIndicator>
);

interface JobProgressProps {
  readonly job: Job;
  readonly what: string;
  readonly mayChange: boolean;
  readonly busy: boolean;
  readonly refused: Refused | undefined;
  onCancel(): void;
  onResume(): void;
}

/** How far long work is, while it is not done; what stalls it, and how it goes on. */
export function JobProgress({ job, what, mayChange, busy, refused, onCancel, onResume }: JobProgressProps) {
  const { state, progress } = job;
  const { parts, done, items, stalled } = progress;
  return (
    <div className="policy-job">
      <ProgressBar
        value={parts === 0 ? 0 : (done / parts) * 100}
        label={what}
        description={`${done} of ${parts} ${parts === 1 ? "day" : "days"}, ${grouped(items)} verdicts read`}
        {...(state === "cancelled" && { status: "error" as const, resultText: "Cancelled; what was counted is kept." })}
        {...(state === "stalled" && { status: "error" as const, resultText: "It goes no further by itself." })}
      />
      {stalled.length > 0 && (
        <ul className="policy-changes">
          {stalled.map(({ day, reason }) => (
            <li key={day}>
              {day}: {reason.replaceAll("_", " ")}
            </li>
          ))}
        </ul>
      )}
      {mayChange && (
        <span className="button-row">
          {isGoing(state) ? (
            <Button loading={busy} onClick={onCancel}>
              Cancel
            </Button>
          ) : (
            <Button loading={busy} onClick={onResume}>
              Go on
            </Button>
          )}
        </span>
      )}
      {refused && <Failed refused={refused} />}
    </div>
  );
}
