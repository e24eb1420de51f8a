import { describe, expect, test } from "vitest";
import type { Answer, Call } from "../../../local/gate/call.ts";
import { keyCondition } from "../../../local/hostile/key-condition.ts";
import { partialTables } from "../../../local/hostile/partial-tables.ts";
import { staleIndex } from "../../../local/hostile/stale-index.ts";
import { throttling } from "../../../local/hostile/throttling.ts";

import { answer, hostility, json, operation, parsed } from "./hostile-calls.ts";

/** A table with one index, as little of DynamoDB as the interceptors ask for. */
const shape = {
  Table: {
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: "lanes",
        KeySchema: [
          { AttributeName: "lanePk", KeyType: "HASH" },
          { AttributeName: "laneSk", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "ALL" },
      },
    ],
  },
};

describe("batches of tables", () => {
  const keys = Array.from({ length: 40 }, (_, index) => ({ pk: { S: `${index}` } }));
  const intercept = partialTables(hostility({ unprocessed: 0.4 }));

  test("leave keys unprocessed, and asking again for those ends", async () => {
    const seen: unknown[] = [];
    let left: unknown[] | undefined = keys;
    let rounds = 0;
    while (left !== undefined) {
      rounds += 1;
      const call = json("dynamodb", "BatchGetItem", { RequestItems: { t: { Keys: left, ConsistentRead: true } } });
      const made = await intercept(call, async (passed) => {
        const { t } = JSON.parse(passed.body).RequestItems;
        expect(t.ConsistentRead).toBe(true);
        seen.push(...t.Keys);
        return answer({ Responses: { t: t.Keys }, UnprocessedKeys: {} });
      });
      left = parsed(made).UnprocessedKeys.t?.Keys;
    }
    expect(rounds).toBeGreaterThan(2);
    expect(seen).toHaveLength(40);
    expect(new Set(seen.map((key) => JSON.stringify(key))).size).toBe(40);
  });

  test("leave items unwritten and change no checksum of the part's", async () => {
    const puts = keys.map((Item) => ({ PutRequest: { Item } }));
    let written = 0;
    const made = await intercept(json("dynamodb", "BatchWriteItem", { RequestItems: { t: puts } }), async (passed) => {
      written = JSON.parse(passed.body).RequestItems.t.length;
      return answer({ UnprocessedItems: {} });
    });
    expect(written).toBeGreaterThan(0);
    expect(parsed(made).UnprocessedItems.t).toHaveLength(40 - written);
    expect(made.headers).toEqual({});
  });
});

describe("a hot key", () => {
  const open = (clock: () => number) => {
    const intercept = throttling(hostility({ writeUnitsPerKey: 10 }), clock);
    return async (Item: Record<string, { S: string }>, table = "t") =>
      (await intercept(json("dynamodb", "PutItem", { TableName: table, Item }), async () => answer(shape))).status;
  };

  test("takes its units a second by the size of what is written, and no more until the next second", async () => {
    let now = 5_000;
    const put = open(() => now);
    const large = { pk: { S: "hot" }, sk: { S: "1" }, text: { S: "x".repeat(4_500) } };
    expect(await put(large)).toBe(200);
    expect(await put(large)).toBe(200);
    expect(await put({ pk: { S: "hot" }, sk: { S: "2" } })).toBe(400);
    expect(await put({ pk: { S: "other" }, sk: { S: "2" } })).toBe(200);
    expect(await put({ pk: { S: "hot" }, sk: { S: "2" } }, "another")).toBe(200);
    now += 1_000;
    expect(await put({ pk: { S: "hot" }, sk: { S: "2" } })).toBe(200);
  });

  test("may be an index's", async () => {
    const put = open(() => 5_000);
    const row = (n: number) => ({ pk: { S: `${n}` }, sk: { S: "1" }, lanePk: { S: "one lane" } });
    const all = [];
    for (let n = 0; n < 11; n += 1) all.push(await put(row(n)));
    expect(all).toEqual([...Array(10).fill(200), 400]);
  });
});

describe("a stale index", () => {
  type Item = Record<string, { S: string } | { M: object }>;
  const text = (value: Item[string] | undefined): string => (value && "S" in value ? value.S : "");
  const row = (id: string, laneSk?: string): Item => ({
    pk: { S: id },
    sk: { S: "case" },
    ...(laneSk !== undefined && { lanePk: { S: "lane" }, laneSk: { S: laneSk } }),
  });

  /** A part that holds rows and answers queries of the whole lane. */
  const open = (ageMs = 500) => {
    let now = 10_000;
    const rows = new Map<string, Item>();
    const part = async (call: Call): Promise<Answer> => {
      const input = JSON.parse(call.body);
      const old = rows.get(input.Item?.pk.S);
      if (operation(call) === "DescribeTable") return answer(shape);
      if (operation(call) === "PutItem") {
        rows.set(input.Item.pk.S, input.Item);
        return answer(input.ReturnValues === "ALL_OLD" && old ? { Attributes: old } : {});
      }
      const names: string[] = Object.keys(input.ExpressionAttributeNames);
      if (names.some((name) => !input.KeyConditionExpression.includes(name))) return { ...answer({}), status: 400 };
      const items = [...rows.values()].filter(({ lanePk }) => lanePk !== undefined);
      items.sort((a, b) => (text(a.laneSk) < text(b.laneSk) ? -1 : 1));
      return answer({ Items: items.slice(0, input.Limit), Count: items.length });
    };
    const intercept = staleIndex(hostility({ staleIndex: { share: 1, ageMs } }), () => now);
    const items = async (more: object = {}): Promise<Item[]> => {
      const input = {
        TableName: "t",
        IndexName: "lanes",
        KeyConditionExpression: "#pk = :pk AND laneSk > :after",
        ExpressionAttributeNames: { "#pk": "lanePk" },
        ExpressionAttributeValues: { ":pk": { S: "lane" }, ":after": { S: "0" } },
        ...more,
      };
      const { Items, Count } = parsed(await intercept(json("dynamodb", "Query", input), part));
      expect(Count).toBe(Items.length);
      return Items;
    };
    const query = async (more: object = {}) => (await items(more)).map(({ pk }) => text(pk));
    const put = (Item: Item) => intercept(json("dynamodb", "PutItem", { TableName: "t", Item }), part);
    const wait = (ms: number): void => {
      now += ms;
    };
    return { put, items, query, wait };
  };

  test("does not show what was just written, and does once its age is over", async () => {
    const { put, query, wait } = open();
    await put(row("a", "1"));
    expect(await query()).toEqual([]);
    wait(501);
    expect(await query()).toEqual(["a"]);
  });

  test("still shows what has just left it, in its place", async () => {
    const { put, query, wait } = open();
    for (const [id, place] of ["a", "b", "c"].map((id, n) => [id, `${n + 1}`])) await put(row(id ?? "", place));
    wait(1_000);
    await put(row("b"));
    await put(row("c", "9"));
    expect(await query()).toEqual(["a", "b", "c"]);
    expect(await query({ Limit: 1 })).toEqual(["a"]);
    wait(1_000);
    expect(await query()).toEqual(["a", "c"]);
  });

  test("shows of items as they were what the query asked for, and no more", async () => {
    const { put, items, wait } = open();
    await put({ ...row("a", "1"), case: { M: { verdict: { M: { language: { S: "tr" }, queue: { S: "q" } } } } } });
    await put(row("b", "2"));
    wait(1_000);
    await put(row("a"));
    const asked = {
      ProjectionExpression: "laneSk, #case.verdict.#language",
      ExpressionAttributeNames: { "#pk": "lanePk", "#case": "case", "#language": "language" },
    };
    expect(await items(asked)).toEqual([
      { laneSk: { S: "1" }, case: { M: { verdict: { M: { language: { S: "tr" } } } } } },
      { laneSk: { S: "2" } },
    ]);
  });

  test("does not hand the old item to a writer who did not ask for it", async () => {
    const { put, wait } = open();
    await put(row("a", "1"));
    wait(1);
    expect(parsed(await put(row("a", "2")))).toEqual({});
  });
});

describe("a key condition", () => {
  const test1 = (expression: string, sk: string, values: Record<string, string>) =>
    keyCondition({
      KeyConditionExpression: expression,
      ExpressionAttributeValues: Object.fromEntries(Object.entries(values).map(([name, S]) => [name, { S }])),
    })?.({ pk: { S: "p" }, sk: { S: sk } });

  test.each([
    ["pk = :a", { ":a": "p" }, true],
    ["pk = :a", { ":a": "q" }, false],
    ["pk = :a AND sk < :b", { ":a": "p", ":b": "n" }, true],
    ["pk = :a AND sk >= :b", { ":a": "p", ":b": "n" }, false],
    ["pk = :a AND begins_with(sk, :b)", { ":a": "p", ":b": "m" }, true],
    ["pk = :a AND sk BETWEEN :b AND :c", { ":a": "p", ":b": "l", ":c": "m" }, true],
    ["pk = :a AND sk BETWEEN :b AND :c", { ":a": "p", ":b": "n", ":c": "z" }, false],
    ["size(pk) = :a", { ":a": "p" }, undefined],
  ])("%s with %o is %s", (expression, values, wanted) => {
    expect(test1(expression, "m", values)).toBe(wanted);
  });
});
