import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { timestamp } from "../domain/id.ts";
import { caseKey } from "./cases.ts";
import { held, queryAll, type Table } from "./table.ts";

/** What a moderator wrote beside a case; `text` is sealed (base64): it may quote people. */
export const caseNote = z.strictObject({
  /** Unique within the case: the sender's id and the sender. */
  id: z.string().max(130),
  by: z.string().max(64),
  at: timestamp,
  text: z.string(),
});
export type CaseNote = z.infer<typeof caseNote>;

export interface CaseNotes {
  /** Adds a note; false where one of this id stands already. */
  add(tenant: string, caseId: string, note: CaseNote): Promise<boolean>;
  get(tenant: string, caseId: string, id: string): Promise<CaseNote | undefined>;
  /** All notes of a case, the oldest first. */
  list(tenant: string, caseId: string): Promise<readonly CaseNote[]>;
  /** Notes may quote an author who asked to be forgotten. */
  forget(tenant: string, caseId: string): Promise<void>;
}

/** Notes under their case. */
export function caseNoteStore(table: Table): CaseNotes {
  const { client, name: TableName } = table;
  const rowsOf = (tenant: string, id: string) =>
    queryAll(table, {
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :notes)",
      ExpressionAttributeValues: { ":pk": caseKey(tenant, id).pk, ":notes": "note#" },
      ConsistentRead: true,
    });
  return {
    add: (tenant, id, note) =>
      held(
        client.send(
          new PutCommand({
            TableName,
            Item: { ...caseKey(tenant, id, `note#${note.id}`), note },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        ),
      ),
    async get(tenant, id, noteId) {
      const Key = caseKey(tenant, id, `note#${noteId}`);
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item ? caseNote.parse(Item.note) : undefined;
    },
    async list(tenant, id) {
      const notes = (await rowsOf(tenant, id)).map(({ note }) => caseNote.parse(note));
      return notes.sort((a, b) => (a.at < b.at ? -1 : 1));
    },
    async forget(tenant, id) {
      for (const { pk, sk } of await rowsOf(tenant, id)) {
        await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
      }
    },
  };
}
