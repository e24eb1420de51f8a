import { judgeAndObserve } from "../../../functions/score-review/judge-and-observe.ts";
import type { ItemMessage } from "../../../shared/contracts/messages.ts";
import type { Review } from "../../../shared/domain/item.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";
import { reviewJudge } from "../../../shared/policy/judge-review.ts";
import { prepareItem, toMessage } from "../../../shared/queue/prepare-item.ts";
import { reviewSignals } from "../../../shared/store/review-signals.ts";
import { exampleReview } from "../domain/example-items.ts";
import { exampleKeys, NOW } from "../domain/examples.ts";
import { memoryAuthors, memoryContents, memoryNotes, memoryTopic, settingsOf } from "./ports.ts";
import { Life, memoryBands, memoryStates, memoryVerdictRows } from "./state-ports.ts";

const keys = exampleKeys();
/** A review's message as intake makes it. */
export const messageOf = async (review: Review, receivedAt = NOW): Promise<ItemMessage> =>
  toMessage(keys, "acme", await prepareItem(keys, "acme", review), receivedAt);
export const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1_000);

const device = "device-of-the-owner-0001";
const owner = { id: "hotelier", device };
/** Praise from the owner's own device: consistent with a conflict of interest. */
export const praise = (more: Record<string, unknown> = {}): Review =>
  exampleReview({ target: { id: "hotel-1", owner }, fingerprints: { device }, ...more });

/** The step of reviews over ports in memory; `stepOf` is that of a process with a life of its own. */
export function reviewWorld() {
  const verdicts = memoryVerdictRows();
  const contents = memoryContents();
  const states = memoryStates();
  const bands = memoryBands();
  const topic = memoryTopic();
  const notes = memoryNotes();
  const silent = () => ({ labels: [], features: {}, models: [], degraded: false });
  const judge = reviewJudge(silent);
  let judged = 0;
  const stepOf = (life = new Life(), erased: Readonly<Record<string, Date>> = {}, counting: typeof states = states) =>
    judgeAndObserve({
      settingsOf: settingsOf(),
      keys,
      authors: memoryAuthors(erased),
      verdicts: life.of(verdicts),
      contents: life.of(contents),
      signals: reviewSignals(life.of(counting), life.of(bands)),
      topic: life.of(topic),
      notes: life.of(notes),
      policiesOf: async () => builtInPolicies,
      judge: (question) => {
        judged += 1;
        return judge(question);
      },
      clock: () => NOW,
    });
  const reading = reviewSignals(states, bands);
  return {
    stepOf,
    step: stepOf(),
    verdicts,
    contents,
    states,
    bands,
    topic,
    notes,
    judgements: () => judged,
    target: (id = "hotel-1") => reading.target("acme", id, NOW),
  };
}
