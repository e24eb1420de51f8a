import type { AnalysedPostJudge } from "../../shared/analyzers/analysed-post-judge.ts";
import type { Invocation } from "../../shared/analyzers/analyzer.ts";
import type { ItemMessage } from "../../shared/contracts/messages.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import { withCluster } from "../../shared/queue/cluster-digest.ts";
import { type MessagePorts, openMessage, verdictFor } from "../../shared/queue/open-message.ts";
import type { Topic } from "../../shared/queue/topic.ts";
import { verdictDelivery } from "../../shared/queue/verdict-delivery.ts";
import type { Clock } from "../../shared/runtime/clock.ts";
import { Unprocessable } from "../../shared/runtime/unprocessable.ts";
import type { Contents } from "../../shared/store/contents.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";

export interface JudgeAndRecord extends MessagePorts {
  readonly keys: Pick<Keys, "open" | "digest">;
  readonly verdicts: Pick<Verdicts, "record">;
  readonly contents: Pick<Contents, "keep">;
  readonly topic: Topic;
  readonly judge: AnalysedPostJudge;
  readonly clock: Clock;
}

/**
 * One post from the queue to its verdict. The verdict is written first, by one conditional put; what follows from it
 * (content, event) is done again by a repeat, which finds the first verdict and uses that.
 */
export function judgeAndRecord(ports: JudgeAndRecord) {
  const { verdicts, judge, clock } = ports;
  const deliver = verdictDelivery(ports.contents, ports.topic);
  return async (message: ItemMessage, invocation: Invocation): Promise<void> => {
    const { tenant, ref, digest } = message;
    const opened = await openMessage(ports, message, ["post"]);
    if (!opened) return;
    const { item: post, settings } = opened;
    const now = clock();
    const receivedAt = new Date(message.receivedAt);
    const question = { tenant, ref, digest, post, receivedAt, now };
    const judged = await withCluster(
      ports.keys,
      post,
      await verdictFor(message, () => judge(question, settings, invocation)),
    );
    const recorded = await verdicts.record(judged, settings.verdictDays);
    if (recorded.kind === "conflict") throw new Unprocessable("revision_conflict");
    await deliver(recorded.verdict, post, settings, now);
  };
}
