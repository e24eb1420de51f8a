import { itemMessage, verdictMessage } from "../../shared/contracts/messages.ts";
import { caseIdOf, needsReview } from "../../shared/domain/case.ts";
import { readJson } from "../../shared/runtime/read-json.ts";
import { authorStore } from "../../shared/store/authors.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { verdictStore } from "../../shared/store/verdicts.ts";
import { type DeadLetter, operatorQueues } from "../cloud/security/queues.ts";
import type { WholeCloud } from "../cloud/security/whole-cloud.ts";
import type { MessagePlan } from "./message-plans.ts";
import { PLANTED } from "./words.ts";

export interface MessageReport {
  readonly messages: number;
  /** `verdict`, `reflected`, `erased`, `case`, `nothing to do`, `refused by the queue`, or `dead: <reason>`. */
  readonly byEnd: Readonly<Record<string, number>>;
  /** One line each: queue, sort and what is wrong; nothing of what was sent. */
  readonly faults: readonly string[];
}

/** Milliseconds for five tries with 2, 4, 8 and 16 seconds between them, on a busy machine. */
const PATIENCE = 90_000;
const REASON = /^[A-Za-z_.]{3,60}$/;

export interface SentMessages {
  /** Waits until every queue is empty, and says how each message ended. */
  ends(): Promise<MessageReport>;
}

/** Puts every message into its queue at once: those that fail wait for their further tries together. */
export async function sendMessages(whole: WholeCloud, plans: readonly MessagePlan[]): Promise<SentMessages> {
  const queues = operatorQueues();
  const urlOf = (output: string): string => whole.cloud.outputs[output] ?? "";
  const outputs = [...new Set(plans.map(({ queue }) => queue))];
  const taken = new Map<MessagePlan, boolean>();
  for (const output of outputs) {
    const own = plans.filter(({ queue }) => queue === output);
    const results = await queues.send(
      urlOf(output),
      own.map(({ body }) => body),
    );
    own.forEach((plan, index) => {
      taken.set(plan, results[index] === true);
    });
  }

  const verdicts = verdictStore(whole.table("TableVerdicts"));
  const authors = authorStore(whole.table("TableAuthors"));
  const cases = caseStore(whole.table("TableCases"));

  /** Where a message that is in no dead-letter queue has gone; undefined: nowhere. */
  async function endOf({ queue, body }: MessagePlan): Promise<string | undefined> {
    const read = readJson(body);
    if (!read.ok) return undefined;
    if (queue === "QueueReview") {
      const { data } = verdictMessage.safeParse(read.value);
      if (!data) return undefined;
      if (!needsReview(data.verdict)) return "nothing to do";
      const { tenant, ref } = data.verdict;
      return (await cases.get(tenant, caseIdOf(tenant, ref))) ? "case" : undefined;
    }
    const { data } = itemMessage.safeParse(read.value);
    if (!data) return undefined;
    const found = await verdicts.findMany(data.tenant, [data.ref]);
    if (found.verdicts.length > 0) return "verdict";
    if (found.reflected.length > 0) return "reflected";
    // Requests of the same run erase authors, some of whom wrote messages of it.
    const receivedAt = new Date(data.receivedAt);
    const person = data.item && ("author" in data.item ? data.item.author.id : data.item.account.id);
    const erasedAt = person && (await authors.erasedAt(data.tenant, person, receivedAt));
    return erasedAt && erasedAt >= receivedAt ? "erased" : undefined;
  }

  return {
    async ends() {
      const faults: string[] = [];
      const byEnd: Record<string, number> = {};
      if (!(await whole.cloud.idle(PATIENCE)))
        faults.push(`messages were still on their way after ${PATIENCE / 1000} s`);
      const dead = new Map<string, DeadLetter[]>();
      for (const output of outputs) {
        for (const letter of await queues.drain(urlOf(`${output}Dead`))) {
          const name = `${output} ${letter.body}`;
          dead.set(name, [...(dead.get(name) ?? []), letter]);
        }
      }
      for (const [index, plan] of plans.entries()) {
        const place = `message ${index} (${plan.queue}, ${plan.sort})`;
        const letter = dead.get(`${plan.queue} ${plan.body}`)?.shift();
        const reason = letter?.attributes.reason;
        const end = taken.get(plan) !== true ? "refused by the queue" : letter ? `dead: ${reason}` : await endOf(plan);
        byEnd[end ?? "lost"] = (byEnd[end ?? "lost"] ?? 0) + 1;
        if (end === undefined) faults.push(`${place}: neither handled nor in the dead-letter queue`);
        if (letter && !REASON.test(reason ?? "")) faults.push(`${place}: a dead letter without a reason`);
        if (letter && JSON.stringify(letter.attributes).includes(PLANTED))
          faults.push(`${place}: the planted word in an attribute`);
        if (plan.sort === "valid" && (letter || end === "refused by the queue"))
          faults.push(`${place}: valid, and ${end}`);
        if (plan.sort === "poison" && reason !== plan.reason)
          faults.push(`${place}: ${end} instead of dead: ${plan.reason}`);
      }
      const strangers = [...dead.values()].flat().length;
      if (strangers > 0) faults.push(`${strangers} dead letters that nobody sent`);
      return { messages: plans.length, byEnd, faults };
    },
  };
}
