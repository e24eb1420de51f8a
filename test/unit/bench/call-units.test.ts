import { describe, expect, it } from "vitest";
import { chunks, unitsOf } from "../../../bench/count/call-units.ts";
import { itemBytes, writeUnits } from "../../../bench/count/item-size.ts";
import type { CountedTable } from "../../../bench/count/table-indexes.ts";
import type { TappedCall } from "../../../bench/tap.ts";

const plain: CountedTable = { name: "signals", keys: ["pk", "sk"], indexes: [] };
const indexed: CountedTable = {
  name: "cases",
  keys: ["pk", "sk"],
  indexes: [
    { keys: ["lanePk", "laneSk"], also: undefined },
    { keys: ["owesPk", "owesSk"], also: [] },
  ],
};
const tables = new Map([
  ["T-signals", plain],
  ["T-cases", indexed],
]);
const call = (operation: string, input: object, more: Partial<TappedCall> = {}): TappedCall => ({
  service: "dynamodb",
  operation,
  body: JSON.stringify(input),
  status: 200,
  units: 1,
  ...more,
});
const S = (text: string) => ({ S: text });
const row = { pk: S("t#1"), sk: S("case") };

describe("itemBytes", () => {
  it("counts names and values by the published rules", () => {
    expect(itemBytes({ pk: S("abcd") })).toBe(6);
    expect(itemBytes({ t: S("é") })).toBe(3);
    expect(itemBytes({ n: { N: "27" } })).toBe(3);
    expect(itemBytes({ n: { N: "-27" } })).toBe(4);
    expect(itemBytes({ n: { N: "1000" } })).toBe(3);
    expect(itemBytes({ f: { BOOL: true }, z: { NULL: true } })).toBe(4);
    expect(itemBytes({ b: { B: Buffer.from("hello").toString("base64") } })).toBe(6);
    expect(itemBytes({ s: { SS: ["ab", "c"] } })).toBe(4);
    // 3 for the list, 1 for each element, and the elements.
    expect(itemBytes({ l: { L: [S("ab"), S("c")] } })).toBe(1 + 3 + 2 + 3);
    // 3 for the map, 1 for each pair, and the names and values.
    expect(itemBytes({ m: { M: { k: S("v") } } })).toBe(1 + 3 + 1 + 2);
  });

  it("takes a write unit for each KB begun", () => {
    expect(writeUnits({})).toBe(1);
    expect(writeUnits({ a: S("x".repeat(1_023)) })).toBe(1);
    expect(writeUnits({ a: S("x".repeat(1_024)) })).toBe(2);
  });
});

describe("unitsOf", () => {
  it("takes a table's own figure for what it holds", () => {
    const put = unitsOf(call("PutItem", { TableName: "T-signals", Item: row }, { units: 3 }), tables);
    expect(put).toMatchObject({ label: "signals PutItem", writeUnits: 3, readUnits: 0, lost: false });
    const read = unitsOf(call("BatchGetItem", { RequestItems: { "T-signals": {} } }, { units: 4.5 }), tables);
    expect(read).toMatchObject({ label: "signals BatchGetItem", readUnits: 4.5, writeUnits: 0 });
  });

  it("adds a write to each index whose keys the item has", () => {
    const put = (Item: object) => unitsOf(call("PutItem", { TableName: "T-cases", Item }), tables).writeUnits;
    expect(put(row)).toBe(1);
    expect(put({ ...row, lanePk: S("l"), laneSk: S("s") })).toBe(2);
    const both = { ...row, lanePk: S("l"), laneSk: S("s"), owesPk: S("o"), owesSk: S("s") };
    expect(put(both)).toBe(3);
    // An index of everything holds the large attribute too; one of keys does not.
    expect(put({ ...both, case: S("x".repeat(1_500)) })).toBe(1 + 2 + 1);
  });

  it("bills a refused write, and in no index", () => {
    const input = { TableName: "T-cases", Item: { ...row, lanePk: S("l"), laneSk: S("x".repeat(1_500)) } };
    const refused = unitsOf(call("PutItem", input, { status: 400, units: undefined }), tables);
    expect(refused).toMatchObject({ writeUnits: 2, lost: true });
  });

  it("refuses to guess what an update does to an index", () => {
    const update = (UpdateExpression: string, names = {}) =>
      unitsOf(
        call("UpdateItem", { TableName: "T-verdicts", UpdateExpression, ExpressionAttributeNames: names }),
        new Map([["T-verdicts", { ...indexed, indexes: [{ keys: ["authorPk"], also: [] }] }]]),
      );
    expect(update("REMOVE owing").writeUnits).toBe(1);
    expect(() => update("SET authorPk = :a")).toThrow("cannot be told");
    expect(() => update("SET #a = :a", { "#a": "authorPk" })).toThrow("cannot be told");
  });

  it("counts an update in an index that holds everything as though the row stood there", () => {
    const input = {
      TableName: "T-cases",
      UpdateExpression: "ADD #size :one",
      ExpressionAttributeNames: { "#size": "size" },
    };
    const holding = new Map([["T-cases", { ...indexed, indexes: [{ keys: ["lanePk"], also: undefined }] }]]);
    expect(unitsOf(call("UpdateItem", input, { units: 2 }), holding).writeUnits).toBe(4);
  });

  it("counts messages by 64 KB", () => {
    expect([chunks(0), chunks(65_536), chunks(65_537)]).toEqual([1, 1, 2]);
    const send = { QueueUrl: "q", Entries: [{ MessageBody: "x".repeat(40_000) }, { MessageBody: "x".repeat(40_000) }] };
    const sent = unitsOf({ ...call("SendMessageBatch", send), service: "sqs" }, tables);
    expect(sent).toMatchObject({ label: "SQS SendMessageBatch", requests: 2 });
    const receive = unitsOf({ ...call("DeleteMessageBatch", {}), service: "sqs" }, tables);
    expect(receive.requests).toBe(1);
  });
});
