import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** A DynamoDB table: the client, shared by all tables of a function, and the table's name. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

/** One document client; where DynamoDB is comes from the environment (`AWS_ENDPOINT_URL_DYNAMODB` on one machine). */
export const documentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: 4 }), {
    marshallOptions: { removeUndefinedValues: true },
  });

/**
 * Runs a conditional write.
 * @returns false where its condition did not hold: a lost race is an answer, not an error.
 */
export async function held(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Joins the parts of a key. `#` is in no id that we accept, so no part can reach into another. */
export const key = (...parts: readonly string[]): string => parts.join("#");

/** Seconds since 1970, the unit of DynamoDB's time to live. */
export const epochSeconds = (date: Date): number => Math.floor(date.getTime() / 1000);

export const daysAfter = (date: Date, days: number): number => epochSeconds(date) + days * 86_400;

/** Expired rows may linger for days before DynamoDB removes them: when reading, treat them as absent. */
export const alive = (row: Record<string, unknown>, now: Date): boolean =>
  typeof row.expiresAt !== "number" || row.expiresAt > epochSeconds(now);
