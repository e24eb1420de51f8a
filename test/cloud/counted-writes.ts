import type { Table } from "../../shared/store/table.ts";

interface Capacity {
  readonly CapacityUnits?: number;
}
interface Answer {
  readonly ConsumedCapacity?: Capacity | readonly Capacity[];
}
interface Call {
  readonly input: { ReturnConsumedCapacity?: string; readonly Item?: Readonly<Record<string, unknown>> };
}

/** A table whose writes are counted in units: what DynamoDB says itself, and one for each index row. */
export function countedWrites({ client, name }: Table, add: (what: string, units: number) => void): Table {
  const send = async (command: Call): Promise<unknown> => {
    const kind = command.constructor.name;
    const isWrite = /^(Put|Update|BatchWrite)/.test(kind);
    if (isWrite) command.input.ReturnConsumedCapacity = "TOTAL";
    const answer = (await client.send(command as never)) as Answer;
    const all = [answer.ConsumedCapacity ?? []].flat() as Capacity[];
    const inIndex = command.input.Item?.authorPk === undefined ? 0 : 1;
    const units = all.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, inIndex);
    if (isWrite) add(kind, units);
    return answer;
  };
  return { client: Object.assign(Object.create(client), { send }), name };
}
