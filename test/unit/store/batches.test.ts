import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { isServiceFault } from "../../../shared/runtime/service-fault.ts";
import { batchGet, batchPut, type Row, type Table } from "../../../shared/store/table.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const rows: Row[] = [1, 2, 3].map((n) => ({ pk: String(n) }));

/** A table that takes `each` keys or rows of every batch, and leaves the others unprocessed. */
function busyTable(each: number) {
  const taken: Row[] = [];
  let asked = 0;
  const send = async ({ input }: { input: { RequestItems: Record<string, Row[] | { Keys: Row[] }> } }) => {
    asked += 1;
    const items = input.RequestItems.busy;
    const all = Array.isArray(items) ? items : (items?.Keys ?? []);
    const [done, left] = [all.slice(0, each), all.slice(each)];
    taken.push(...done);
    return Array.isArray(items)
      ? { UnprocessedItems: { busy: left } }
      : { Responses: { busy: done }, UnprocessedKeys: { busy: { Keys: left } } };
  };
  return { table: { client: { send }, name: "busy" } as unknown as Table, taken, asked: () => asked };
}

const of = {
  read: (table: Table) => batchGet(table, rows),
  written: (table: Table) => batchPut(table, rows),
};

it.each(["read", "written"] as const)("a batch that is %s by and by is whole in the end", async (how) => {
  const { table, taken, asked } = busyTable(1);
  const done = of[how](table);
  await vi.runAllTimersAsync();
  await done;
  expect([taken.length, asked()]).toEqual([3, 3]);
});

it.each(["read", "written"] as const)("a batch that is never %s fails as a service that is too busy", async (how) => {
  const { table, asked } = busyTable(0);
  const failed = of[how](table).then(
    () => undefined,
    (error: unknown) => error,
  );
  await vi.advanceTimersByTimeAsync(20_000);
  expect(isServiceFault(await failed)).toBe(true);
  expect(asked()).toBe(10);
});
