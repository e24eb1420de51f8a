import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { tenantId } from "../domain/id.ts";
import { memberId } from "../domain/member.ts";
import { held, key, type Table } from "./table.ts";

const membership = z.object({ tenant: tenantId, member: memberId });
/** As whom somebody acts, and where. */
export type Membership = z.infer<typeof membership>;

export interface Subjects {
  get(subject: string): Promise<Membership | undefined>;
  /**
   * Ties somebody to a member. One person is a member of one tenant, once.
   * @param from the member of the same tenant whose they may be until now; the same one if absent
   * @returns false where they are somebody else's
   */
  claim(subject: string, to: Membership, from?: string): Promise<boolean>;
  /** Unties them, if they are still that member's. */
  release(subject: string, from: Membership): Promise<void>;
}

/**
 * Who of those that sign in is which member, in the directory: a row each, whose key is a digest that names no tenant. The
 * member's own row has to say the same, so that a row alone lets nobody in.
 */
export function subjectStore({ client, name: TableName }: Table): Subjects {
  const keyOf = (subject: string) => ({ pk: key("subject", subject), sk: "member" });
  const theirs = {
    ConditionExpression: "#tenant = :tenant AND #member = :member",
    ExpressionAttributeNames: { "#tenant": "tenant", "#member": "member" },
  };
  return {
    async get(subject) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(subject), ConsistentRead: true }));
      return Item ? membership.parse(Item) : undefined;
    },
    claim: (subject, to, from = to.member) =>
      held(
        client.send(
          new PutCommand({
            TableName,
            Item: { ...keyOf(subject), ...to },
            ...theirs,
            ConditionExpression: `attribute_not_exists(pk) OR (${theirs.ConditionExpression})`,
            ExpressionAttributeValues: { ":tenant": to.tenant, ":member": from },
          }),
        ),
      ),
    async release(subject, { tenant, member }) {
      await held(
        client.send(
          new DeleteCommand({
            TableName,
            Key: keyOf(subject),
            ...theirs,
            ExpressionAttributeValues: { ":tenant": tenant, ":member": member },
          }),
        ),
      );
    },
  };
}
