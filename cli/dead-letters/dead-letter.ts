import type { Message } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { deliveryMessage } from "../../shared/contracts/delivery-message.ts";
import { eventMessage, jobMessage } from "../../shared/contracts/messages.ts";
import { itemRef, tenantId } from "../../shared/domain/id.ts";
import { readJson } from "../../shared/runtime/read-json.ts";

/** What the messages of all queues have in common: whose it is and what it is about. */
const about = z.union([
  z.looseObject({ tenant: tenantId, ref: itemRef }),
  z.looseObject({ verdict: z.looseObject({ tenant: tenantId, ref: itemRef }) }).transform(({ verdict }) => verdict),
  // What somebody was to be told.
  deliveryMessage.transform(({ tenant, delivery, version }) => ({
    tenant,
    ref: { kind: "delivery", id: delivery, revision: `version ${version}` },
  })),
  eventMessage.transform(({ tenant, event }) => ({
    tenant,
    ref: { kind: event.type, id: "case" in event ? event.case : event.id, revision: event.at },
  })),
  // A day of a backtest or an undo.
  jobMessage.transform(({ tenant, kind, job, part, leg }) => ({
    tenant,
    ref: { kind, id: job, revision: `day ${part + 1}, stretch ${leg + 1}` },
  })),
]);

const words = z.looseObject({
  sealed: z.string().optional(),
  item: z.looseObject({ title: z.string().optional(), text: z.string().optional() }).optional(),
});

/** A message that could not be handled, as an operator sees it: nothing of it is what people wrote. */
export interface DeadLetter {
  readonly messageId: string;
  readonly tenant: string | undefined;
  readonly kind: string | undefined;
  readonly id: string | undefined;
  readonly revision: string | undefined;
  /** A code, such as `message_not_json`; undefined where SQS itself moved the message. */
  readonly reason: string | undefined;
  /** How often a step had it. */
  readonly receives: number | undefined;
  /** Since when it lies in the dead-letter queue, RFC 3339. */
  readonly deadSince: string | undefined;
  readonly bytes: number;
}

/** Why it died, for people. Only a step that got to its fifth failure records a reason. */
export const causeOf = ({ reason }: Pick<DeadLetter, "reason">): string =>
  reason ??
  "no reason recorded: the function ran out of time, crashed or could not write one, at every delivery; its log may say more";

const CODE = /^[A-Za-z][A-Za-z0-9_.:-]{0,99}$/;

const attributeOf = (message: Message, name: string): string | undefined =>
  message.MessageAttributes?.[name]?.StringValue;

const bodyOf = (message: Message): unknown => {
  const read = readJson(message.Body ?? "");
  return read.ok ? read.value : undefined;
};

/** What is known of a dead letter; a body that cannot be read leaves the fields of its item undefined. */
export function readDeadLetter(message: Message): DeadLetter {
  const parsed = about.safeParse(bodyOf(message));
  const { tenant, ref } = parsed.success ? parsed.data : { tenant: undefined, ref: undefined };
  const reason = attributeOf(message, "reason");
  const receives = Number(attributeOf(message, "receives") ?? Number.NaN);
  const sent = Number(message.Attributes?.SentTimestamp ?? Number.NaN);
  return {
    messageId: message.MessageId ?? "",
    tenant,
    kind: ref?.kind,
    id: ref?.id,
    revision: ref?.revision,
    // The reason is a code of ours; anything else in its place came from elsewhere.
    reason: reason !== undefined && CODE.test(reason) ? reason : undefined,
    receives: Number.isFinite(receives) ? receives : undefined,
    deadSince: Number.isFinite(sent) ? new Date(sent).toISOString() : undefined,
    bytes: Buffer.byteLength(message.Body ?? ""),
  };
}

/** What people wrote in it, only for who asks to see it; `sealed` where it is private, the body where it is not ours. */
export function contentOf(message: Message): string {
  const parsed = words.safeParse(bodyOf(message));
  if (!parsed.success) return message.Body ?? "";
  const { item, sealed } = parsed.data;
  if (sealed !== undefined) return "(sealed: private)";
  if (item === undefined) return message.Body ?? "";
  return [item.title, item.text].filter((part) => part !== undefined).join("\n") || "(no text)";
}
