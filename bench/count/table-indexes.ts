import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { WireItem } from "./item-size.ts";
import { writeUnits } from "./item-size.ts";

interface TableIndex {
  readonly keys: readonly string[];
  /** Attributes that it holds besides all keys; undefined where it holds everything. */
  readonly also: readonly string[] | undefined;
}

/** A table as a bill sees it. */
export interface CountedTable {
  /** As people know it: `verdicts`. */
  readonly name: string;
  readonly keys: readonly string[];
  readonly indexes: readonly TableIndex[];
}

/** The tables that the stacks' outputs name, by their physical names. */
export async function readTables(outputs: Readonly<Record<string, string>>): Promise<Map<string, CountedTable>> {
  const client = new DynamoDBClient();
  const named = Object.entries(outputs).filter(([output]) => output.startsWith("Table"));
  const tables = await Promise.all(
    named.map(async ([output, physical]): Promise<[string, CountedTable]> => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: physical }));
      const keysIn = (schema: readonly { AttributeName?: string | undefined }[] = []) =>
        schema.map(({ AttributeName = "" }) => AttributeName);
      const indexes = (Table?.GlobalSecondaryIndexes ?? []).map(({ KeySchema, Projection }) => ({
        keys: keysIn(KeySchema),
        also: Projection?.ProjectionType === "ALL" ? undefined : (Projection?.NonKeyAttributes ?? []),
      }));
      return [physical, { name: output.slice("Table".length).toLowerCase(), keys: keysIn(Table?.KeySchema), indexes }];
    }),
  );
  client.destroy();
  return new Map(tables);
}

/** Write units that a new item takes in the table's indexes: those whose keys it has. */
export function indexUnits({ keys, indexes }: CountedTable, item: WireItem): number {
  const held = indexes.filter((index) => index.keys.every((key) => item[key] !== undefined));
  return held.reduce((sum, index) => {
    if (index.also === undefined) return sum + writeUnits(item);
    const kept = [...keys, ...index.keys, ...index.also];
    return sum + writeUnits(Object.fromEntries(Object.entries(item).filter(([name]) => kept.includes(name))));
  }, 0);
}

/** Does any index of the table name this attribute, as a key or as one that it holds besides? */
export const isNamedInIndex = ({ indexes }: CountedTable, attribute: string): boolean =>
  indexes.some(({ keys, also = [] }) => [...keys, ...also].includes(attribute));
