import type { ItemMessage } from "../../shared/contracts/messages.ts";
import { isSuspected, type ReviewJudge } from "../../shared/policy/judge-review.ts";
import { type MessagePorts, openMessage, verdictFor } from "../../shared/queue/open-message.ts";
import type { Topic } from "../../shared/queue/topic.ts";
import { verdictDelivery } from "../../shared/queue/verdict-delivery.ts";
import type { Clock } from "../../shared/runtime/clock.ts";
import { Unprocessable } from "../../shared/runtime/unprocessable.ts";
import type { Contents } from "../../shared/store/contents.ts";
import type { ReviewSignals } from "../../shared/store/review-signals.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";

export interface JudgeAndObserve extends MessagePorts {
  readonly verdicts: Pick<Verdicts, "record" | "settle">;
  readonly contents: Pick<Contents, "keep">;
  readonly signals: ReviewSignals;
  readonly topic: Topic;
  readonly judge: ReviewJudge;
  readonly clock: Clock;
}

/**
 * One review from the queue to its verdict, and into the states that later reviews are scored by. The verdict comes
 * first, by one conditional put that also says that the states owe; a repeat counts the review only while they do.
 */
export function judgeAndObserve(ports: JudgeAndObserve) {
  const { verdicts, signals, judge, clock } = ports;
  const deliver = verdictDelivery(ports.contents, ports.topic);
  return async (message: ItemMessage): Promise<void> => {
    const { tenant, ref, digest } = message;
    const opened = await openMessage(ports, message, ["review"]);
    if (!opened) return;
    const { item: review, settings } = opened;
    const now = clock();
    const situation = await signals.look(tenant, review, now);
    const question = { tenant, ref, digest, receivedAt: new Date(message.receivedAt), now };
    const judged = verdictFor(message, () => judge({ ...question, review, features: situation.features }));
    const recorded = await verdicts.record(judged, settings.verdictDays, true);
    if (recorded.kind === "conflict") throw new Unprocessable("revision_conflict");
    const made = recorded.verdict;
    if (recorded.kind === "recorded" || recorded.owing) {
      const event = { id: `${ref.id}#${ref.revision}`, suspected: isSuspected(made), now };
      await signals.observe(tenant, review, situation, event);
      await verdicts.settle(tenant, ref);
    }
    await deliver(made, review, settings, now);
  };
}
