import { buildApp } from "fauxqs";
// fauxqs publishes its server only, which listens on every interface: its own pieces, put together here, need no port.
import { PersistenceManager } from "../../node_modules/fauxqs/dist/persistence.js";
import { S3Store } from "../../node_modules/fauxqs/dist/s3/s3Store.js";
import { SnsStore } from "../../node_modules/fauxqs/dist/sns/snsStore.js";
import { SqsStore } from "../../node_modules/fauxqs/dist/sqs/sqsStore.js";
import type { Answer, Call } from "../gate/call.ts";
import { deliverFairly } from "./fair-delivery.ts";

interface EmbeddedQueues {
  handle(call: Call): Promise<Answer>;
  close(): Promise<void>;
}

/** SQS's and SNS's embedded part: fauxqs on SQLite in `folder`, called in this process. */
export async function openQueues(folder: string, region: string): Promise<EmbeddedQueues> {
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  const withGroups = deliverFairly(stores.sqsStore);
  const persistence = new PersistenceManager(folder);
  // biome-ignore lint/complexity/useLiteralKeys: its types call it private, which only this spelling gets past.
  const database = persistence["db"];
  // As safe as LevelDB's default beside it: what was acknowledged outlives this process, though perhaps not a power cut.
  database.exec("PRAGMA synchronous = NORMAL");
  // Whoever had received a message ended with the process that served it: waiting out its visibility helps nobody.
  database.exec("UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL");
  // What is being read back must not be written again: the stores learn of the disk afterwards.
  persistence.loadSqsAndSns(stores.sqsStore, stores.snsStore);
  stores.sqsStore.persistence = persistence;
  stores.snsStore.persistence = persistence;
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = persistence;
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  app.addHook("preClose", () => persistence.close());
  await app.ready();
  return {
    async handle(call) {
      const { headers, body } = call;
      const request = { headers: wireHeaders(headers), payload: mended(headers, body) };
      const answer = await withGroups(call, () => app.inject({ method: "POST", url: "/", ...request }));
      return {
        status: answer.statusCode,
        headers: wireHeaders(answer.headers),
        body: answer.payload,
      };
    },
    close: async () => {
      await app.close();
    },
  };
}

const carried = new Set(["content-type", "x-amz-target", "authorization", "x-amzn-query-error"]);

function wireHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      carried.has(name) && value !== undefined ? [[name, String(value)]] : [],
    ),
  );
}

/**
 * fauxqs 2.4.1 with a disk loses a message whose visibility is set to 0: the soonest that it can be trusted with is one
 * second.
 */
function mended(headers: Call["headers"], body: string): string {
  if (!String(headers["x-amz-target"]).startsWith("AmazonSQS.ChangeMessageVisibility")) return body;
  return JSON.stringify(JSON.parse(body), (name, value) => (name === "VisibilityTimeout" && value === 0 ? 1 : value));
}
