import type { JobProgress } from "../../shared/domain/job.ts";
import { CommandFailed } from "../command.ts";
import { liveLine } from "../live-line.ts";
import { counted, progressLine } from "../progress-line.ts";

/** What the views of backtests and undos have in common. */
export interface JobView {
  readonly id: string;
  readonly state: JobProgress["state"];
  readonly progress: Omit<JobProgress, "state">;
}

export interface Waiting<View extends JobView> {
  readonly ask: () => Promise<View>;
  readonly cancel: () => Promise<unknown>;
  /** How to look at it again, for whoever stops waiting. */
  readonly again: string;
}

const EVERY = 300;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, EVERY));

/** What stalls a job, in one sentence. */
export const stalledLine = ({ progress: { stalled } }: JobView): string =>
  `it goes no further: ${stalled.map(({ day, reason }) => `${day} (${reason})`).join(", ")}; mend the cause, then add --resume`;

/**
 * Waits until a job is over, with a line that shows how far it is. Ctrl-C cancels the job; a second one only stops waiting.
 * @throws CommandFailed where it stalls or was cancelled by somebody else
 */
export async function waitForJob<View extends JobView>(
  command: string,
  first: View,
  waiting: Waiting<View>,
): Promise<View> {
  const live = liveLine(process.stderr);
  const began = Date.now();
  const from = first.progress.done / Math.max(1, first.progress.parts);
  let view = first;
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(130);
    isStopping = true;
    live.say(`cancelling ${first.id} (Ctrl-C again to leave it at that)`);
    waiting.cancel().then(
      () => {
        live.say(`cancelled; \`${waiting.again} --resume\` goes on from here`);
        process.exit(130);
      },
      () => process.exit(130),
    );
  };
  process.on("SIGINT", stop);
  try {
    while (view.state === "waiting" || view.state === "running") {
      const { parts, done, items } = view.progress;
      const seconds = (Date.now() - began) / 1000;
      const facts = [`${done} of ${counted(parts, "day")}`, counted(items, "verdict")];
      live.show(progressLine({ share: done / parts, seconds, from, done: items - first.progress.items, facts }));
      await pause();
      view = await waiting.ask();
    }
  } finally {
    process.removeListener("SIGINT", stop);
    live.clear();
  }
  if (view.state === "stalled")
    throw new CommandFailed(`${command}: ${stalledLine(view)}: \`${waiting.again} --resume\``);
  if (view.state === "cancelled")
    throw new CommandFailed(`${command}: it was cancelled; \`${waiting.again} --resume\` goes on`);
  return view;
}
