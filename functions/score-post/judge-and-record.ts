import type { AnalysedPostJudge } from "../../shared/analyzers/analysed-post-judge.ts";
import type { ItemMessage } from "../../shared/contracts/messages.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import type { PoliciesOf } from "../../shared/policy/compiled-policies.ts";
import { withCluster } from "../../shared/queue/cluster-digest.ts";
import { type MessagePorts, openMessage, verdictFor } from "../../shared/queue/open-message.ts";
import type { Topic } from "../../shared/queue/topic.ts";
import { verdictDelivery } from "../../shared/queue/verdict-delivery.ts";
import { gatheredNotes, type VerdictNotes } from "../../shared/queue/verdict-notes.ts";
import { allSettled } from "../../shared/runtime/all-settled.ts";
import type { Clock } from "../../shared/runtime/clock.ts";
import type { QueueInvocation } from "../../shared/runtime/queue-stack.ts";
import { Unprocessable } from "../../shared/runtime/unprocessable.ts";
import type { Contents } from "../../shared/store/contents.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";

export interface JudgeAndRecord extends MessagePorts {
  readonly keys: Pick<Keys, "open" | "digest">;
  readonly verdicts: Pick<Verdicts, "record">;
  readonly contents: Pick<Contents, "keep">;
  readonly topic: Topic;
  readonly notes: VerdictNotes;
  readonly policiesOf: PoliciesOf;
  readonly judge: AnalysedPostJudge;
  readonly clock: Clock;
}

/**
 * One post from the queue to its verdict. The verdict is written first, by one conditional put; what follows from it
 * (content, event, journal) is done again by a repeat, which finds the first verdict and uses that.
 */
export function judgeAndRecord(ports: JudgeAndRecord) {
  const { verdicts, policiesOf, judge, clock } = ports;
  const deliver = verdictDelivery(ports.contents, ports.topic);
  const note = gatheredNotes(ports.notes);
  return async (message: ItemMessage, invocation: QueueInvocation): Promise<void> => {
    const { tenant, ref, digest } = message;
    const opened = await openMessage(ports, message, ["post"]);
    if (!opened) return;
    const { item: post, settings } = opened;
    const now = clock();
    const receivedAt = new Date(message.receivedAt);
    const policies = await policiesOf(tenant);
    const question = { tenant, policies, ref, digest, post, receivedAt, now };
    const judged = await withCluster(
      ports.keys,
      post,
      await verdictFor(message, () => judge(question, settings, invocation)),
    );
    const recorded = await verdicts.record(judged, settings.verdictDays);
    if (recorded.kind === "conflict") throw new Unprocessable("revision_conflict");
    const { kind, verdict: made } = recorded;
    const by = { policies, breakerFactor: settings.breakerFactor };
    await allSettled([
      deliver(made, post, settings, now),
      note(tenant, { made, isFirst: kind === "recorded" }, by, invocation.messages),
    ]);
  };
}
