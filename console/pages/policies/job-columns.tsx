import { Age } from "../../parts/age.tsx";
import type { Column } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { type Job, JobState } from "./job-progress.tsx";
import { dayRange } from "./windows.ts";

/** What tables say of any job: how it stands, about which days, who asked for it. */
export const jobColumns = {
  state: { head: "State", cell: ({ state }) => <JobState state={state} /> },
  days: { head: "Verdicts of", cell: (job) => dayRange(job) },
  asked: {
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
} satisfies Readonly<Record<string, Column<Job>>>;
