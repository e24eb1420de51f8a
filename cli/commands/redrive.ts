import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { countOf } from "../count.ts";
import { chooseQueues } from "../dead-letters/choose-queues.ts";
import { emptyDeadLetters } from "../dead-letters/queue-messages.ts";
import { findQueues, OPERATOR_OPTIONS } from "../deployment.ts";
import { liveLine } from "../live-line.ts";
import { print } from "../print.ts";
import { counted } from "../progress-line.ts";

export const redrive = defineCommand({
  words: ["redrive"],
  summary: "Send the dead letters of a queue through it again, after what killed them is mended.",
  arguments: ["QUEUE"],
  options: {
    max: { type: "string", value: "N", about: "take at most N messages" },
    discard: { type: "boolean", about: "delete them instead: their items never get a verdict; needs --yes" },
    yes: { type: "boolean", about: "with --discard: yes, delete them for good" },
    ...OPERATOR_OPTIONS,
  },
  about: [
    "QUEUE is one of posts, reviews, audiences and review. Each message is sent first and then deleted, so that none is " +
      "lost where this is cut off; one that is sent twice is handled once. What dies again stays dead until the next redrive.",
  ],
  async run([name = ""], { max, discard, yes, json, ...where }) {
    const most = countOf("redrive", "max", max) ?? Number.POSITIVE_INFINITY;
    if (discard && !yes)
      throw new CommandFailed("redrive: --discard deletes messages for good; add --yes if you mean it");
    const { queues, sqs } = findQueues(where);
    const [queue] = chooseQueues("redrive", queues, name);
    if (!queue) throw new CommandFailed("redrive: name a queue");
    const live = liveLine(process.stderr);
    const to = discard ? undefined : queue.url;
    const { done, left } = await emptyDeadLetters(sqs, queue.deadUrl, to, most, (count) =>
      live.show(`${counted(count, "message")} ${discard ? "deleted" : "sent again"}`),
    );
    live.clear();
    const stayed = left === 0 ? "" : `; ${counted(left, "message")} stayed: the queue did not take them`;
    const lines = [`${counted(done, "message")} ${discard ? "deleted" : `sent to ${queue.name} again`}${stayed}`];
    print(json, { queue: queue.name, [discard ? "discarded" : "redriven"]: done, left }, lines);
    return left > 0 ? EXIT.refused : EXIT.ok;
  },
});
