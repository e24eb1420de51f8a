import type { Answer, Call } from "../gate/call.ts";
import type { Interceptor } from "../gate/gate.ts";
import { chance } from "./chance.ts";
import type { Hostility } from "./hostility.ts";
import { operationOf, withInput } from "./operation.ts";
import { plain } from "./partial-tables.ts";

interface Entry {
  Id: string;
}

const why = { SenderFault: false, Code: "InternalError", Message: "The entry could not be taken." };
const batches = ["SendMessageBatch", "DeleteMessageBatch", "ChangeMessageVisibilityBatch"];
const field = /^PublishBatchRequestEntries\.member\.(\d+)\.(.+)$/;

/** Batches of SQS and SNS of which a share of the entries is refused while the others are taken. */
export function partialMessages({ options, tell }: Hostility): Interceptor {
  const draw = chance(options().seed, "failed entries");
  const unlucky = () => draw() < options().failedEntries;

  async function queueBatch(call: Call, next: (call: Call) => Promise<Answer>): Promise<Answer> {
    const { name, input } = operationOf(call);
    const entries = Array.isArray(input.Entries) ? (input.Entries as Entry[]) : [];
    const failed = entries.filter(unlucky);
    if (failed.length === 0) return await next(call);
    tell("failed entries", `sqs:${name}`);
    const refused = failed.map(({ Id }) => ({ Id, ...why }));
    const taken = entries.filter((entry) => !failed.includes(entry));
    if (taken.length === 0) {
      const headers = { "content-type": "application/x-amz-json-1.0" };
      return { status: 200, headers, body: JSON.stringify({ Successful: [], Failed: refused }) };
    }
    const answer = await next(withInput(call, { ...input, Entries: taken }));
    if (answer.status !== 200) return answer;
    const output = JSON.parse(answer.body) as { Failed?: unknown[] };
    const body = JSON.stringify({ ...output, Failed: [...(output.Failed ?? []), ...refused] });
    return { ...answer, ...plain(body, answer.headers) };
  }

  async function topicBatch(call: Call, next: (call: Call) => Promise<Answer>): Promise<Answer> {
    const entries = new Map<string, [string, string][]>();
    const taken = new URLSearchParams();
    for (const [name, value] of new URLSearchParams(call.body)) {
      const [, number, rest = ""] = field.exec(name) ?? [];
      if (number === undefined) taken.set(name, value);
      else entries.set(number, [...(entries.get(number) ?? []), [rest, value]]);
    }
    const failed: string[] = [];
    let count = 0;
    for (const fields of entries.values()) {
      if (unlucky()) {
        failed.push(fields.find(([name]) => name === "Id")?.[1] ?? "");
        continue;
      }
      count += 1;
      for (const [name, value] of fields) taken.set(`PublishBatchRequestEntries.member.${count}.${name}`, value);
    }
    if (failed.length === 0) return await next(call);
    tell("failed entries", "sns:PublishBatch");
    const refused = failed
      .map(
        (id) =>
          `<member><Id>${id}</Id><Code>${why.Code}</Code><Message>${why.Message}</Message><SenderFault>false</SenderFault></member>`,
      )
      .join("");
    const answer = count === 0 ? nothingTaken : await next({ ...call, body: taken.toString() });
    if (answer.status !== 200) return answer;
    const body = answer.body.replace(
      /<Failed\s*\/>|<Failed>(.*?)<\/Failed>/s,
      (_, before = "") => `<Failed>${before}${refused}</Failed>`,
    );
    return { ...answer, ...plain(body, answer.headers) };
  }

  return async (call, next) => {
    if (options().failedEntries === 0) return await next(call);
    const { name } = operationOf(call);
    if (call.service === "sqs" && batches.includes(name)) return await queueBatch(call, next);
    if (call.service === "sns" && name === "PublishBatch") return await topicBatch(call, next);
    return await next(call);
  };
}

const nothingTaken: Answer = {
  status: 200,
  headers: { "content-type": "text/xml" },
  body: '<PublishBatchResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishBatchResult><Successful></Successful><Failed></Failed></PublishBatchResult><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></PublishBatchResponse>',
};
