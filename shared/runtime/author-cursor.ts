import { itemRef } from "../domain/id.ts";

/** A cursor of an author's items: it holds a time and an item's ids, nothing secret. */
export const writePosition = (position: string): string => Buffer.from(position).toString("base64url");

/** @returns `bad` for what `writePosition` never made: it would be refused by the table, not by us. */
export function readPosition(cursor: string | undefined): string | "bad" | undefined {
  if (cursor === undefined) return undefined;
  const position = Buffer.from(cursor, "base64url").toString("utf8");
  const [time = "", kind, id, revision, ...more] = position.split("#");
  const isOne = itemRef.safeParse({ kind, id, revision }).success && more.length === 0;
  return isOne && /^[0-9a-z]{7}$/.test(time) ? position : "bad";
}
