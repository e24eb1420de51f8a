import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listOpenCases } from "../../../functions/list-cases/list-open-cases.ts";
import { caseKey, laneKeys } from "../../../shared/store/cases.ts";
import { batchPut, type Table } from "../../../shared/store/table.ts";
import { NOW } from "../../unit/domain/examples.ts";
import { embeddedTables, type Tables } from "../conformance/tables.ts";
import { type DeskWorld, deskWorld, minutesLater } from "./desk-world.ts";

interface Capacity {
  readonly CapacityUnits?: number;
}

/** What was asked of the table of cases: requests, and units as DynamoDB counts them, indexes apart. */
interface Spent {
  reads: number;
  writes: number;
  readUnits: number;
  writeUnits: number;
}

/** A table that counts what is asked of it. */
function counted({ client, name }: Table, spent: Spent): Table {
  const send = async (command: { readonly input: { ReturnConsumedCapacity?: string } }): Promise<unknown> => {
    const isRead = /^(Get|BatchGet|Query)/.test(command.constructor.name);
    command.input.ReturnConsumedCapacity = "TOTAL";
    const answer = (await client.send(command as never)) as { ConsumedCapacity?: Capacity | Capacity[] };
    const units = [answer.ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
    spent[isRead ? "reads" : "writes"] += 1;
    spent[isRead ? "readUnits" : "writeUnits"] += units;
    return answer;
  };
  return { client: Object.assign(Object.create(client), { send }), name };
}

describe("what the desk costs", () => {
  const spent: Spent = { reads: 0, writes: 0, readUnits: 0, writeUnits: 0 };
  let tables: Tables;
  let names = 0;
  beforeAll(async () => {
    tables = await embeddedTables();
  });
  afterAll(() => tables?.remove());

  const open = (): DeskWorld => {
    names += 1;
    return deskWorld({ cases: counted(tables.cases, spent), directory: tables.directory }, `tenant-${names}`);
  };
  const during = async <T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly cost: Spent }> => {
    Object.assign(spent, { reads: 0, writes: 0, readUnits: 0, writeUnits: 0 });
    const value = await work();
    return { value, cost: { ...spent } };
  };

  it("write units of each act, beside those of its index rows, are what docs/desk.md says", async () => {
    const desk = open();
    const ann = desk.caller("ann");
    const costs: Record<string, number> = {};
    const note = async (what: string, work: () => Promise<unknown>) => {
      costs[what] = (await during(work)).cost.writeUnits;
    };
    await note("open", () => desk.flag(desk.verdict("post-0")));
    const key = "k".repeat(22);
    await note("first of a cluster", () => desk.flag(desk.verdict("post-1", { cluster: key })));
    await note("member of a cluster", () => desk.flag(desk.verdict("post-2", { cluster: key })));
    const { value } = await during(() => desk.next(ann));
    const id = value.ok ? (value.value.case?.id ?? "") : "";
    await desk.release(ann, id);
    await note("claim", () => desk.claim(ann, id));
    await note("heartbeat", () => desk.extend(ann, id));
    await note("release", () => desk.release(ann, id));
    await note("next", () => desk.next(ann));
    const [plain] = (await desk.cases.lane(desk.caller("x").tenant, "default", "medium", 9)).filter(
      (one) => !one.cluster,
    );
    if (!plain) throw new Error("no case");
    await note("decide", () => desk.decide(ann, plain.id, 1, { id: "decision-a" }));
    await note("undo", () => desk.undo(ann, plain.id, "decision-a"));
    expect(costs).toEqual({
      open: 2,
      "first of a cluster": 3,
      "member of a cluster": 3,
      claim: 3,
      heartbeat: 1,
      release: 3,
      next: 3,
      decide: 6,
      undo: 8,
    });
  });

  it("the first page and next ask the same of a deep queue as of a shallow one", async () => {
    const fill = async (count: number) => {
      const desk = open();
      const { tenant } = desk.caller("x");
      const rows = Array.from({ length: count }, (_, index) => {
        const one = desk.waiting(`post-${index}`, {}, minutesLater(index - count));
        return { ...caseKey(tenant, one.id), case: one, version: 1, ...laneKeys(one) };
      });
      await batchPut(tables.cases, rows);
      const list = listOpenCases(desk.cases);
      const query = { queue: "default", limit: "50" };
      const asked = { caller: desk.caller("ann"), params: {}, query, body: undefined as never, now: NOW };
      return {
        page: (await during(() => list(asked))).cost,
        next: (await during(() => desk.next(desk.caller("ann")))).cost,
      };
    };
    const [shallow, deep] = [await fill(400), await fill(4_000)];
    expect(deep.page.reads).toBe(shallow.page.reads);
    expect(deep.next.reads).toBe(shallow.next.reads);
    expect(deep.page.readUnits).toBeLessThan(shallow.page.readUnits * 1.2);
    expect(deep.next.readUnits).toBeLessThan(shallow.next.readUnits * 1.2);
    process.stdout.write(`desk: ${JSON.stringify(deep)}\n`);
  });
});
