import type { Answer, Call } from "../gate/call.ts";
import type { Interceptor } from "../gate/gate.ts";
import { chance } from "./chance.ts";
import type { Hostility } from "./hostility.ts";
import type { Attributes } from "./key-condition.ts";
import { keyCondition } from "./key-condition.ts";
import { operationOf, withInput } from "./operation.ts";
import { plain } from "./partial-tables.ts";
import { projection, unprojected } from "./projection.ts";
import type { KeyNames, TableShape } from "./table-shapes.ts";
import { tableShapes } from "./table-shapes.ts";

/** An item as it was before a write; undefined where there was none. */
interface Past {
  at: number;
  key: string;
  old: Attributes | undefined;
}

const writes = ["PutItem", "UpdateItem", "DeleteItem"];

interface Found {
  Items?: Attributes[];
  Count?: number;
  ScannedCount?: number;
  LastEvaluatedKey?: Attributes;
}

/**
 * A share of the queries of an index answers as it would have some time ago: what was written since is missing, what
 * was changed or removed since is there as it was. A page never grows over its limit, nor beyond where it ended.
 */
export function staleIndex({ options, tell }: Hostility, now: () => number = Date.now): Interceptor {
  const draw = chance(options().seed, "stale index");
  const shapeOf = tableShapes();
  const past = new Map<string, Past[]>();

  async function remember(call: Call, next: (call: Call) => Promise<Answer>, shape: TableShape): Promise<Answer> {
    const { name, input } = operationOf(call);
    const asked = input.ReturnValues as string | undefined;
    // Callers who ask for something else back are few; their writes are simply seen at once.
    if (asked !== undefined && asked !== "NONE" && asked !== "ALL_OLD") return await next(call);
    const answer = await next(withInput(call, { ...input, ReturnValues: "ALL_OLD" }));
    if (answer.status !== 200) return answer;
    const { Attributes: old, ...output } = JSON.parse(answer.body) as { Attributes?: Attributes };
    const table = String(input.TableName);
    const key = keyText((name === "PutItem" ? input.Item : input.Key) as Attributes, shape.keys);
    const since = now() - options().staleIndex.ageMs;
    const kept = (past.get(table) ?? []).filter(({ at }) => at >= since);
    past.set(table, [...kept, { at: now(), key, old }]);
    return asked === "ALL_OLD" ? answer : { ...answer, ...plain(JSON.stringify(output), answer.headers) };
  }

  function agedAnswer(call: Call, answer: Answer, shape: TableShape): Answer {
    const { input } = operationOf(call);
    const index = shape.indexes[String(input.IndexName)];
    const condition = keyCondition(input);
    if (index === undefined || condition === undefined || answer.status !== 200) return answer;
    const since = now() - options().staleIndex.ageMs;
    const before = new Map<string, Attributes | undefined>();
    for (const { at, key, old } of past.get(String(input.TableName)) ?? []) {
      if (at >= since && !before.has(key)) before.set(key, old);
    }
    if (before.size === 0) return answer;
    const found = JSON.parse(answer.body) as Found;
    const backwards = input.ScanIndexForward === false;
    const place = (item: Attributes) => String(item[index.keys.range ?? ""]?.S);
    const within = pageTest(
      place,
      backwards,
      input.ExclusiveStartKey as Attributes | undefined,
      found.LastEvaluatedKey,
    );
    const items = (found.Items ?? []).filter((item) => !before.has(keyText(item, shape.keys)));
    for (const old of before.values()) {
      if (old === undefined || !condition(old) || !within(old)) continue;
      if (items.length >= Number(input.Limit ?? Number.POSITIVE_INFINITY)) continue;
      items.push(index.keysOnly ? keysOnly(old, shape.keys, index.keys) : old);
    }
    items.sort((a, b) => (place(a) < place(b) === backwards ? 1 : -1));
    tell("stale index", `dynamodb:Query ${input.IndexName}`);
    const body = JSON.stringify({ ...found, Items: items, Count: items.length, ScannedCount: items.length });
    return { ...answer, ...plain(body, answer.headers) };
  }

  return async (call, next) => {
    const { share, ageMs } = options().staleIndex;
    if (call.service !== "dynamodb" || share === 0 || ageMs === 0) return await next(call);
    const { name, input } = operationOf(call);
    const reads = name === "Query" && input.IndexName !== undefined;
    if (!reads && !writes.includes(name)) return await next(call);
    const shape = await shapeOf(call, next, String(input.TableName));
    if (shape === undefined || Object.keys(shape.indexes).length === 0) return await next(call);
    if (!reads) return await remember(call, next, shape);
    // Filters are not taken apart here, and no query of an index has one.
    if (input.FilterExpression !== undefined || draw() >= share) return await next(call);
    if (input.ProjectionExpression === undefined) return agedAnswer(call, await next(call), shape);
    const whole = withInput(call, unprojected(input));
    return projected(agedAnswer(whole, await next(whole), shape), projection(input));
  };
}

function projected(answer: Answer, keep: (item: Attributes) => Attributes): Answer {
  if (answer.status !== 200) return answer;
  const found = JSON.parse(answer.body) as Found;
  return { ...answer, ...plain(JSON.stringify({ ...found, Items: (found.Items ?? []).map(keep) }), answer.headers) };
}

const keyText = (item: Attributes, { hash, range }: KeyNames): string =>
  JSON.stringify([item[hash], range === undefined ? null : item[range]]);

function keysOnly(item: Attributes, ...keys: KeyNames[]): Attributes {
  const names = keys.flatMap(({ hash, range }) => [hash, ...(range === undefined ? [] : [range])]);
  return Object.fromEntries(names.map((name) => [name, item[name]]));
}

/** Whether an item lies on the page that ends at `last` and begins after `first`. */
function pageTest(
  place: (item: Attributes) => string,
  backwards: boolean,
  first: Attributes | undefined,
  last: Attributes | undefined,
): (item: Attributes) => boolean {
  const ahead = (a: string, b: string) => (backwards ? a < b : a > b);
  return (item) =>
    (first === undefined || ahead(place(item), place(first))) &&
    (last === undefined || ahead(place(last), place(item)));
}
