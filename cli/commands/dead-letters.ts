import { defineCommand, EXIT } from "../command.ts";
import { countOf } from "../count.ts";
import { chooseQueues } from "../dead-letters/choose-queues.ts";
import { causeOf, contentOf, type DeadLetter, readDeadLetter } from "../dead-letters/dead-letter.ts";
import { countMessages, peekMessages } from "../dead-letters/queue-messages.ts";
import { findQueues, OPERATOR_OPTIONS } from "../deployment.ts";
import { print } from "../print.ts";
import { counted } from "../progress-line.ts";
import { safeText } from "../safe-text.ts";
import { age } from "../views/age.ts";
import { paint } from "../views/paint.ts";

interface Shown extends DeadLetter {
  readonly content?: string;
}

interface QueueView {
  readonly queue: string;
  readonly count: number;
  readonly letters: readonly Shown[];
}

function letterLines(letter: Shown, now: number): string[] {
  const { kind, id, revision, receives, deadSince, messageId, bytes, content } = letter;
  const what =
    kind === undefined ? `a message of ${bytes} bytes that is not one of ours` : `${kind} ${id}, revision ${revision}`;
  const facts = [
    ...(receives === undefined ? [] : [`delivered ${receives} ${receives === 1 ? "time" : "times"}`]),
    ...(deadSince === undefined ? [] : [`dead for ${age((now - Date.parse(deadSince)) / 1000)}`]),
    `message ${safeText(messageId)}`,
  ];
  const words = content === undefined ? [] : safeText(content, { lines: true }).split("\n");
  return [
    `  ${what}: ${paint("bold", causeOf(letter))}`,
    `    ${facts.join(", ")}`,
    ...words.map((line) => `    | ${line}`),
  ];
}

function queueLines({ queue, count, letters }: QueueView, now: number): string[] {
  const more =
    count > letters.length && letters.length > 0
      ? [`  and ${counted(count - letters.length, "other")}: raise --limit`]
      : [];
  return [
    `${queue}: ${count === 0 ? "no dead letter" : counted(count, "dead letter")}`,
    ...letters.flatMap((letter) => letterLines(letter, now)),
    ...more,
  ];
}

export const deadLetters = defineCommand({
  words: ["dead-letters"],
  summary: "List the messages that could not be handled, and why; never what people wrote, unless asked.",
  arguments: ["[QUEUE]"],
  options: {
    limit: { type: "string", value: "N", about: "show at most N messages of each queue", default: "10" },
    "show-content": { type: "boolean", about: "also show what people wrote, with hidden characters made visible" },
    ...OPERATOR_OPTIONS,
  },
  about: [
    "QUEUE is one of posts, reviews, audiences (items without their verdict), review (verdicts without their case) and " +
      "jobs (days of a backtest or an undo); without it, all. Looking hides the messages from others for up to 15 s and changes nothing. " +
      "`redrive QUEUE` sends them again.",
  ],
  async run([name], { limit, "show-content": showContent, json, ...where }) {
    const most = countOf("dead-letters", "limit", limit) ?? 0;
    const { queues, sqs } = findQueues(where);
    const views: QueueView[] = [];
    for (const { name: queue, deadUrl } of chooseQueues("dead-letters", queues, name)) {
      const count = await countMessages(sqs, deadUrl);
      const messages = count === 0 ? [] : await peekMessages(sqs, deadUrl, most);
      const letters = messages.map((message) => ({
        ...readDeadLetter(message),
        ...(showContent ? { content: contentOf(message) } : {}),
      }));
      // The count is approximate and a moment old.
      views.push({ queue, count: Math.max(count, letters.length), letters });
    }
    const now = Date.now();
    print(
      json,
      { queues: views },
      views.flatMap((view) => queueLines(view, now)),
    );
    return EXIT.ok;
  },
});
