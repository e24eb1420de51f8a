import type { Answer, Call } from "../gate/call.ts";
import { withInput } from "./operation.ts";

export interface KeyNames {
  hash: string;
  range: string | undefined;
}

export interface TableShape {
  keys: KeyNames;
  indexes: Readonly<Record<string, { keys: KeyNames; keysOnly: boolean }>>;
}

type Next = (call: Call) => Promise<Answer>;

interface Described {
  KeySchema: { AttributeName: string; KeyType: string }[];
  Projection?: { ProjectionType: string };
  IndexName?: string;
  GlobalSecondaryIndexes?: Described[];
}

/** Asks the part once for each table's keys and indexes. Undefined where it has no such table. */
export function tableShapes(): (call: Call, next: Next, table: string) => Promise<TableShape | undefined> {
  const known = new Map<string, TableShape>();
  return async (call, next, table) => {
    const before = known.get(table);
    if (before !== undefined) return before;
    const { status, body } = await next(withInput(call, { TableName: table }, "DescribeTable"));
    if (status !== 200) return undefined;
    const { Table } = JSON.parse(body) as { Table: Described };
    const indexes = (Table.GlobalSecondaryIndexes ?? []).map((index) => [
      index.IndexName,
      { keys: keysOf(index), keysOnly: index.Projection?.ProjectionType === "KEYS_ONLY" },
    ]);
    const shape = { keys: keysOf(Table), indexes: Object.fromEntries(indexes) };
    known.set(table, shape);
    return shape;
  };
}

function keysOf({ KeySchema }: Described): KeyNames {
  const nameOf = (type: string) => KeySchema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  return { hash: nameOf("HASH") ?? "", range: nameOf("RANGE") };
}
