import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { sendItems } from "../../cli/items/send-items.ts";
import { synthesise } from "../../infra/synthesise.ts";
import { startCloud } from "../../local/cloud.ts";
import type { HostileInput } from "../../local/hostile/options.ts";
import { mintKey } from "../../shared/domain/api-key.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import { createTenant } from "../../shared/keys/create-tenant.ts";
import { kmsClient } from "../../shared/keys/kms.ts";
import { apiKeyStore } from "../../shared/store/api-keys.ts";
import { audienceStates } from "../../shared/store/audience-states.ts";
import { audienceVerdictStore } from "../../shared/store/audience-verdicts.ts";
import { countedStates } from "../../shared/store/counted-states.ts";
import { documentClient, queryAll, type Row, type Table } from "../../shared/store/table.ts";
import { BUYER, calmFollows, purchasedFollows } from "../items/purchase.ts";
import { mishapsIn } from "../soak/mishaps.ts";

/**
 * What AWS does to a hot key, and to every call now and then. The embedded tables do a few dozen writes of one key a second,
 * so a key is throttled here from far fewer than AWS's thousand units.
 */
const HOSTILE: HostileInput = {
  seed: 11,
  writeUnitsPerKey: 10,
  unprocessed: 0.1,
  outages: 0.005,
  lostAnswers: 0.002,
  deliveries: { twice: 0.05, late: 0.02, laterSeconds: 3 },
};
const TENANT = "purchase";
const HOUR = 3_600_000;
/** Messages in one request, and those that are made at a time: a million profiles do not fit a small machine. */
const PER_REQUEST = 4;
const AT_A_TIME = 40;
const PARALLEL = 3;
const IDLE_MS = 1_800_000;

export interface Purchase {
  /** Followers sent of the purchase and before it, and those that the account counts. */
  readonly bought: number;
  readonly sent: number;
  readonly counted: number;
  /** From the first request of the purchase until every queue is empty. */
  readonly seconds: number;
  readonly deadLetters: number;
  /** When the purchase began, and the verdict as it stands in the end. */
  readonly begins: number;
  readonly verdict: Verdict | undefined;
  readonly versions: number;
  /** Bytes of the largest row of a state, and of the largest entry of a log. */
  readonly largestRow: number;
  readonly largestEntry: number;
  readonly mishaps: ReadonlyMap<string, number>;
}

/** Bytes of a row as DynamoDB counts them, near enough: names, and values as they are. */
function bytesOf(row: Row): number {
  const size = (value: unknown): number => {
    if (value instanceof Uint8Array) return value.byteLength;
    if (Array.isArray(value)) return value.reduce((sum, one) => sum + size(one) + 1, 3);
    if (typeof value === "object" && value !== null) return bytesOf(value as Row) + 3;
    return String(value).length;
  };
  return Object.entries(row).reduce((sum, [name, value]) => sum + name.length + size(value), 0);
}

async function rowsOf({ client, name: TableName }: Table): Promise<Row[]> {
  const rows: Row[] = [];
  let from: Row | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ...(from ? { ExclusiveStartKey: from } : {}) }));
    rows.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return rows;
}

/**
 * One account gains `messages` times `size` followers within one hour of event time, in a cloud that behaves as badly as
 * AWS may; says what became of them. Functions must be bundled.
 */
export async function purchase(messages: number, size: number, say: (line: string) => void): Promise<Purchase> {
  const dataDir = mkdtempSync(join(tmpdir(), "touchstone-purchase-"));
  const hostile = join(dataDir, "hostile.json");
  writeFileSync(hostile, JSON.stringify(HOSTILE));
  const cloud = await startCloud({ stacks: await synthesise({ nag: false }), dataDir, hostile });
  try {
    Object.assign(process.env, cloud.operatorEnvironment);
    const client = documentClient();
    const table = (output: string): Table => ({ client, name: cloud.outputs[output] ?? "" });
    const directory = table("TableDirectory");
    const settings = { itemsPerMinute: 10_000_000 };
    await createTenant({ kms: kmsClient(), keyId: cloud.outputs.KeyContent ?? "", directory }, TENANT, settings);
    const { key, token } = mintKey(TENANT, "platform", new Date());
    await apiKeyStore(directory).add(key);
    const send = async (items: readonly unknown[], batch: number): Promise<void> => {
      await sendItems(
        items.map((value, index) => ({ value, line: index + 1 })),
        {
          url: cloud.url,
          token,
          batch,
          parallel: PARALLEL,
          pause: 0,
          patience: 60,
          answered: (outcome) => {
            if ("refused" in outcome) throw new Error(`message ${outcome.line} was refused: ${outcome.refused}`);
          },
        },
      );
    };
    const begins = Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR;
    const calm = calmFollows(begins, 1);
    await send(calm, 1);
    if (!(await cloud.idle(IDLE_MS))) throw new Error("the calm before never ended");
    const states = audienceStates(countedStates(table("TableSignals")));
    const counted = async (): Promise<number> => (await states.read(TENANT, BUYER, new Date()))?.counts.follows ?? 0;
    const before = await counted();
    say(`${before} followers of two calm weeks are counted; now ${messages * size} in ${messages} messages`);
    const began = performance.now();
    for (let from = 0; from < messages; from += AT_A_TIME) {
      const until = Math.min(messages, from + AT_A_TIME);
      const some = Array.from({ length: until - from }, (_, index) =>
        purchasedFollows(begins, from + index, messages, size),
      );
      await send(some, PER_REQUEST);
    }
    say(`accepted after ${((performance.now() - began) / 1_000).toFixed(1)} s`);
    if (!(await cloud.idle(IDLE_MS))) throw new Error("the queues were not empty after half an hour");
    const seconds = (performance.now() - began) / 1_000;

    const latest = await audienceVerdictStore(table("TableVerdicts")).latest(TENANT, BUYER, new Date());
    const versions = await queryAll(table("TableVerdicts"), {
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": `${TENANT}#account#${BUYER}` },
      ProjectionExpression: "sk",
    });
    const rows = await rowsOf(table("TableSignals"));
    const sizeOf = (some: readonly Row[]): number => Math.max(0, ...some.map(bytesOf));
    const dead = Object.entries(await cloud.queueDepths()).filter(([name]) => name.endsWith("Dead"));
    return {
      bought: messages * size,
      sent: before + messages * size,
      counted: await counted(),
      seconds,
      deadLetters: dead.reduce((sum, [, { waiting, inFlight, delayed }]) => sum + waiting + inFlight + delayed, 0),
      begins,
      verdict: latest?.verdict,
      versions: versions.length,
      largestRow: sizeOf(rows.filter(({ sk }) => sk === "state")),
      largestEntry: sizeOf(rows.filter(({ sk }) => sk !== "state")),
      mishaps: mishapsIn(dataDir),
    };
  } finally {
    await cloud.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
