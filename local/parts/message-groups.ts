import * as z from "zod";
import type { Call } from "../gate/call.ts";

const entry = z.object({ MessageBody: z.string().optional(), MessageGroupId: z.string().optional() });
const sending = entry.extend({ Entries: z.array(entry).optional() });

/** The groups that a call sends messages with, by the message's body; none where it sends nothing or names none. */
export function groupsOf({ headers, body }: Pick<Call, "headers" | "body">): Map<string, string> {
  const groups = new Map<string, string>();
  if (!body.includes("MessageGroupId")) return groups;
  const target = String(headers["x-amz-target"] ?? "");
  if (target.startsWith("AmazonSQS.SendMessage")) {
    const { Entries, ...single } = sending.parse(JSON.parse(body));
    for (const { MessageBody, MessageGroupId } of Entries ?? [single])
      if (MessageBody !== undefined && MessageGroupId !== undefined) groups.set(MessageBody, MessageGroupId);
  } else if (target === "") {
    // SNS speaks in forms: `…member.1.Message=` and `…member.1.MessageGroupId=`, or the same without a prefix.
    const form = new URLSearchParams(body);
    for (const [name, group] of form) {
      const message = name.endsWith("MessageGroupId") ? form.get(name.slice(0, -"GroupId".length)) : null;
      if (message !== null) groups.set(message, group);
    }
  }
  return groups;
}
