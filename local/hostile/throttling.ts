import type { Call } from "../gate/call.ts";
import type { Interceptor } from "../gate/gate.ts";
import type { Hostility } from "./hostility.ts";
import { throttled } from "./mishap.ts";
import { operationOf } from "./operation.ts";
import type { TableShape } from "./table-shapes.ts";
import { tableShapes } from "./table-shapes.ts";

type Attributes = Record<string, unknown>;

interface Write {
  table: string;
  /** The item, or the key of what is updated or deleted. */
  attributes: Attributes;
  bytes: number;
}

const unit = 1024;

/** Refuses writes on a partition key, of a table or of an index, that has had its write units of this second. */
export function throttling({ options, tell }: Hostility, now: () => number = Date.now): Interceptor {
  const shapeOf = tableShapes();
  let second = 0;
  let used = new Map<string, number>();

  /** Notes the units of a write on all its partition keys, or none where one of them has too few left. */
  function take(shape: TableShape, { table, attributes, bytes }: Write): boolean {
    const current = Math.floor(now() / 1_000);
    if (current !== second) {
      second = current;
      used = new Map();
    }
    const units = Math.max(1, Math.ceil(bytes / unit));
    const names = [shape.keys.hash, ...Object.values(shape.indexes).map(({ keys }) => keys.hash)];
    const keys = names
      .filter((name) => attributes[name] !== undefined)
      .map((name) => `${table} ${name} ${JSON.stringify(attributes[name])}`);
    const after = keys.map((key) => [key, (used.get(key) ?? 0) + units] as const);
    if (after.some(([, total]) => total > options().writeUnitsPerKey)) return false;
    for (const [key, total] of after) used.set(key, total);
    return true;
  }

  return async (call, next) => {
    if (call.service !== "dynamodb") return await next(call);
    for (const write of writesOf(call)) {
      const shape = await shapeOf(call, next, write.table);
      if (shape === undefined || take(shape, write)) continue;
      tell("hot key", `dynamodb:${operationOf(call).name}`);
      return throttled("dynamodb");
    }
    return await next(call);
  };
}

interface BatchedWrite {
  PutRequest?: { Item: Attributes };
  DeleteRequest?: { Key: Attributes };
}

function writesOf(call: Call): Write[] {
  const { name, input } = operationOf(call);
  const table = String(input.TableName);
  switch (name) {
    case "PutItem":
      return [write(table, input.Item as Attributes)];
    case "DeleteItem":
      return [write(table, input.Key as Attributes)];
    case "UpdateItem": {
      // What is set is most of what is stored in our tables: the item itself is not known here.
      const values = Buffer.byteLength(JSON.stringify(input.ExpressionAttributeValues ?? {}));
      return [{ table, attributes: input.Key as Attributes, bytes: values }];
    }
    case "BatchWriteItem":
      return Object.entries(input.RequestItems as Record<string, BatchedWrite[]>).flatMap(([one, requests]) =>
        requests.map(({ PutRequest, DeleteRequest }) => write(one, PutRequest?.Item ?? DeleteRequest?.Key ?? {})),
      );
    default:
      return [];
  }
}

function write(table: string, attributes: Attributes): Write {
  return { table, attributes, bytes: Buffer.byteLength(JSON.stringify(attributes)) };
}
