import type { Interceptor } from "../gate/gate.ts";
import { chance } from "./chance.ts";
import type { Hostility } from "./hostility.ts";
import { operationOf, withInput } from "./operation.ts";

type Rest = Record<string, unknown>;

/** BatchGetItem and BatchWriteItem leave a share of their keys and items to be asked for again. */
export function partialTables({ options, tell }: Hostility): Interceptor {
  const draw = chance(options().seed, "unprocessed");

  /** What is processed and what is left, both in the shape of `RequestItems`. */
  function split<Entry>(
    tables: Record<string, Entry>,
    entriesOf: (entry: Entry) => unknown[],
    made: (entry: Entry, entries: unknown[]) => Entry,
  ) {
    const [taken, left]: [Record<string, Entry>, Record<string, Entry>] = [{}, {}];
    for (const [table, entry] of Object.entries(tables)) {
      const unlucky = entriesOf(entry).map(() => draw() < options().unprocessed);
      // Where nothing at all can be processed, DynamoDB throttles the whole call instead.
      if (Object.keys(taken).length === 0) unlucky[0] = false;
      const part = (wanted: boolean) => entriesOf(entry).filter((_, index) => unlucky[index] === wanted);
      if (part(false).length > 0) taken[table] = made(entry, part(false));
      if (part(true).length > 0) left[table] = made(entry, part(true));
    }
    return { taken, left };
  }

  return async (call, next) => {
    const { name, input } = operationOf(call);
    const reads = name === "BatchGetItem";
    if (call.service !== "dynamodb" || !(reads || name === "BatchWriteItem") || options().unprocessed === 0)
      return await next(call);
    const { taken, left } = reads
      ? split(
          input.RequestItems as Record<string, Rest & { Keys: unknown[] }>,
          ({ Keys }) => Keys,
          (entry, Keys) => ({ ...entry, Keys }),
        )
      : split(
          input.RequestItems as Record<string, unknown[]>,
          (entries) => entries,
          (_, entries) => entries,
        );
    if (Object.keys(left).length === 0) return await next(call);
    tell("unprocessed", `dynamodb:${name}`);
    const answer = await next(withInput(call, { ...input, RequestItems: taken }));
    if (answer.status !== 200) return answer;
    const field = reads ? "UnprocessedKeys" : "UnprocessedItems";
    const output = JSON.parse(answer.body) as Rest;
    return { ...answer, ...plain(JSON.stringify({ ...output, [field]: left }), answer.headers) };
  };
}

/** A changed body has another checksum than the part said. */
export function plain(body: string, headers: Record<string, string>) {
  const { "x-amz-crc32": _, ...kept } = headers;
  return { body, headers: kept };
}
