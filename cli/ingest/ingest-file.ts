import type { Line } from "../items/read-items.ts";
import { type Sendable, type SendOptions, sendItems } from "../items/send-items.ts";
import type { Checkpoint, Progress } from "./checkpoint.ts";
import type { RefusalLog } from "./refusal-log.ts";
import { type Mark, Watermark } from "./watermark.ts";

/** Milliseconds between two states on disk: what a kill costs is sent again, which is harmless. */
const SAVE_EVERY = 500;
const SEND = { batch: 100, parallel: 4, pause: 0 } as const;

export interface IngestFile {
  /** The items from the first line on; those that an earlier run settled are passed over here. */
  readonly lines: AsyncIterable<Line>;
  readonly from: Mark;
  readonly to: Pick<SendOptions, "url" | "token" | "patience">;
  readonly checkpoint: Pick<Checkpoint, "save">;
  readonly log: RefusalLog;
  /** Called for each refused line, in the order of lines. */
  readonly refused: (line: number, why: string) => void;
  readonly waiting: (why: string) => void;
  /** Called now and then with what is settled so far. */
  readonly progress: (mark: Mark) => void;
}

/** Sends the items of a file and keeps account of them, so that a run that was cut off can go on. */
export async function ingestFile(options: IngestFile): Promise<Mark> {
  const { from, log } = options;
  const watermark = new Watermark(from, (line, why) => {
    log.add(line, why);
    options.refused(line, why);
  });
  const save = (): void => {
    const progress: Progress = { ...watermark.mark, refusedBytes: log.bytes };
    options.checkpoint.save(progress);
    options.progress(watermark.mark);
  };
  const unsettled = async function* (): AsyncGenerator<Sendable> {
    for await (const one of options.lines) {
      if (one.line <= from.line) continue;
      watermark.begin(one.line);
      if ("fault" in one) watermark.refused(one.line, one.fault);
      else yield one;
    }
  };
  const timer = setInterval(save, SAVE_EVERY);
  try {
    await sendItems(unsettled(), {
      ...options.to,
      ...SEND,
      waiting: options.waiting,
      answered: (outcome) => {
        if ("accepted" in outcome) watermark.accepted(outcome.line);
        else watermark.refused(outcome.line, outcome.refused);
      },
    });
  } finally {
    clearInterval(timer);
    save();
  }
  return watermark.mark;
}
