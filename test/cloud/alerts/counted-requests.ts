import type { Table } from "../../../shared/store/table.ts";

interface Command {
  readonly input: Record<string, unknown>;
}
interface Answer {
  readonly ConsumedCapacity?: { readonly CapacityUnits?: number } | readonly { readonly CapacityUnits?: number }[];
}

/** What was asked of a table: requests, and units as DynamoDB counts them, those of the rows of its indexes included. */
export interface Spent {
  requests: number;
  reads: number;
  writes: number;
}

const isWrite = (kind: string): boolean => /^(Put|Update|Delete)/.test(kind);

/**
 * Rows of the indexes that a write touches: `due` is written anew where a row's time changes, which is one out and one in;
 * the embedded DynamoDB does not count them.
 */
function indexUnits(kind: string, { Item, UpdateExpression }: Record<string, unknown>): number {
  if (kind === "PutCommand") {
    const names = Object.keys((Item as Record<string, unknown>) ?? {});
    return names.filter((name) => name === "duePk" || name === "logPk").length;
  }
  return String(UpdateExpression).includes("duePk") ? 2 : 0;
}

/** A table that counts what is asked of it. */
export function countedRequests({ client, name }: Table): { readonly table: Table; readonly take: () => Spent } {
  let spent: Spent = { requests: 0, reads: 0, writes: 0 };
  const send = async (command: Command): Promise<unknown> => {
    const kind = command.constructor.name;
    command.input.ReturnConsumedCapacity = "TOTAL";
    spent.requests += 1;
    // A write whose condition does not hold is paid for like one that does.
    const answer = (await client.send(command as never).catch((error: unknown) => {
      if (isWrite(kind)) spent.writes += 1;
      throw error;
    })) as Answer;
    const units = [answer.ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
    if (isWrite(kind)) spent.writes += units + indexUnits(kind, command.input);
    else spent.reads += units;
    return answer;
  };
  return {
    table: { client: Object.assign(Object.create(client), { send }), name },
    take: () => {
      const taken = spent;
      spent = { requests: 0, reads: 0, writes: 0 };
      return taken;
    },
  };
}
