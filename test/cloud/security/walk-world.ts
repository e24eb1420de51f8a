import { expect } from "vitest";
import type { ItemMessage } from "../../../shared/contracts/messages.ts";
import { item as itemSchema } from "../../../shared/domain/item.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { tenantKeys } from "../../../shared/keys/keys.ts";
import { kmsClient, unwrapByKms } from "../../../shared/keys/kms.ts";
import { prepareItem, toMessage } from "../../../shared/queue/prepare-item.ts";
import { dataKeyStore } from "../../../shared/store/data-keys.ts";
import { type Api, eventually } from "../pipeline/api.ts";
import type { Belongings } from "./belongings.ts";
import type { WholeCloud } from "./whole-cloud.ts";

/** Where everything that functions do is done once: a cloud, a tenant's belongings, and callers of that tenant. */
export interface Walk {
  readonly whole: WholeCloud;
  readonly has: Belongings;
  readonly platform: Api;
  readonly moderator: Api;
  readonly admin: Api;
}

/** Asks, and expects this status. */
export const ok = async (asked: ReturnType<Api>, status = 200): Promise<void> => {
  const answer = await asked;
  expect([answer.status, answer.text.slice(0, 300)]).toEqual([status, expect.anything()]);
};

export const urlOf = ({ whole }: Pick<Walk, "whole">, output: string): string => whole.cloud.outputs[output] ?? "";

/** The message that intake would send. */
export async function messageOf(walk: Pick<Walk, "whole" | "has">, raw: object): Promise<ItemMessage> {
  const stored = dataKeyStore(walk.whole.table("TableDirectory"));
  const keys = tenantKeys(unwrapByKms(kmsClient(), urlOf(walk, "KeyContent"), stored), () => new Date());
  return toMessage(keys, walk.has.tenant, await prepareItem(keys, walk.has.tenant, itemSchema.parse(raw)), new Date());
}

export async function verdictOf({ platform, has }: Pick<Walk, "platform" | "has">, id: string): Promise<Verdict> {
  const { json } = await eventually(
    () => platform("GET", `/v1/verdicts/post/${id}`),
    (answer) => answer.json?.verdicts?.length > 0,
  );
  const { explanation: _, decided: __, ...made } = json.verdicts[0];
  return { tenant: has.tenant, ...made };
}

/** What a mapping hands to a function of one message. */
export const delivered = (body: string, times: string) => deliveredAll([body], times);

export const deliveredAll = (bodies: readonly string[], times: string) => ({
  Records: bodies.map((body, index) => ({
    messageId: `m-${index + 1}`,
    receiptHandle: "none",
    body,
    attributes: { ApproximateReceiveCount: times, ApproximateFirstReceiveTimestamp: String(Date.now()) },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "",
    awsRegion: "us-east-1",
  })),
});
