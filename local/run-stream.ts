import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { readItems } from "../cli/items/read-items.ts";
import { type Sendable, sendItems } from "../cli/items/send-items.ts";
import { openSource } from "../cli/items/source.ts";
import type { ItemRef } from "../shared/domain/id.ts";
import { sqsClient } from "../shared/queue/item-queue.ts";
import { caseStore } from "../shared/store/cases.ts";
import { documentClient } from "../shared/store/table.ts";
import { verdictStore } from "../shared/store/verdicts.ts";
import type { Cloud } from "./cloud.ts";
import { type Account, Ledger } from "./ledger.ts";
import { liveLine, progressLine } from "./progress.ts";
import { sampleItems } from "./sample/sample.ts";
import { tellStories } from "./tell-stories.ts";

/** Milliseconds between two looks at what has arrived. */
const LOOK_EVERY = 150;
/** Seconds without any news after which what is missing is taken as lost. */
const PATIENCE = 120;
/** Most refused items that are named one by one. */
const NAMED = 20;

/** A person can follow the sample; a file goes through as fast as it can. */
const SAMPLE_PACE = { batch: 5, parallel: 3, pause: 0 };
const FILE_PACE = { batch: 50, parallel: 4, pause: 0 };
/** Items of the sample that may wait for their verdict: its histories are scored by what came before. */
const MOST_WAITING = 20;

export interface StreamRun {
  readonly cloud: Pick<Cloud, "url" | "outputs">;
  readonly token: string;
  readonly tenant: string;
  /** A JSON Lines file; the sample where there is none. */
  readonly input: string | undefined;
  /** When the command began, in milliseconds since 1970. */
  readonly began: number;
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function* linesOf(file: string, refused: (line: number, why: string) => void): AsyncGenerator<Sendable> {
  for await (const one of readItems(openSource("--input", file).chunks)) {
    if ("fault" in one) refused(one.line, one.fault);
    else yield one;
  }
}

/** The sample, as fast as it is scored. `mayGoOn`: whether the next item should be sent now. */
async function* samplePaced(now: Date, mayGoOn: () => boolean): AsyncGenerator<Sendable> {
  for (const [index, value] of sampleItems(now).entries()) {
    while (!mayGoOn()) await sleep(LOOK_EVERY / 3);
    yield { value, line: index + 1 };
  }
}

/** Messages that lie in the dead-letter queues. */
function deadLetterCounter(outputs: Readonly<Record<string, string>>): () => Promise<number> {
  const sqs = sqsClient();
  const urls = Object.entries(outputs).flatMap(([name, url]) => (/^Queue.+Dead$/.test(name) ? [url] : []));
  return async () => {
    const counts = await Promise.all(
      urls.map(async (QueueUrl) => {
        const { Attributes } = await sqs.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
        );
        return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  };
}

const scoredOf = ({ verdicts, reflected }: Account): number =>
  Object.values(verdicts).reduce((sum, count) => sum + count, reflected);
const waitingOf = (account: Account): number => account.accepted - scoredOf(account);

function summarise(account: Account, dead: number, took: number): boolean {
  const scored = scoredOf(account);
  const well = scored === account.accepted && account.cases === account.casesExpected && dead === 0;
  say(`  accepted ${account.accepted}, refused ${account.refused}, in ${(took / 1000).toFixed(1)} s`);
  say(`  verdicts ${scored} of ${account.accepted} accepted items`);
  say(`  cases    ${account.cases} of ${account.casesExpected} flagged items`);
  say(`  dead     ${dead}`);
  if (!well) say("  NOT WELL: something is missing or lies in a dead-letter queue; see the logs in the data folder.");
  return well;
}

/**
 * Streams the sample, or a file, through the intake and shows live what becomes of it.
 * @returns whether every accepted item has its verdict, every flagged one its case, and no dead letter lies anywhere.
 */
export async function runStream({ cloud, token, tenant, input, began }: StreamRun): Promise<boolean> {
  const client = documentClient();
  const { TableVerdicts = "", TableCases = "" } = cloud.outputs;
  const stores = {
    verdicts: verdictStore({ client, name: TableVerdicts }),
    cases: caseStore({ client, name: TableCases }),
  };
  const started = new Date();
  const ledger = new Ledger(tenant, stores, started);
  const deadLetters = deadLetterCounter(cloud.outputs);
  const live = liveLine(process.stdout);
  let named = 0;
  const refused = (line: number, why: string): void => {
    ledger.refused();
    named += 1;
    if (named <= NAMED) live.end(`  refused ${input ? "line" : "sample item"} ${line}: ${why}`);
    if (named === NAMED) live.end("  … further refusals are counted, not named");
  };

  const accepted: ItemRef[] = [];
  let hopeful = true;
  const source = input
    ? linesOf(input, refused)
    : samplePaced(started, () => !hopeful || waitingOf(ledger.account()) < MOST_WAITING);
  say(input ? `streaming ${input}` : "streaming the sample: items written for this project, telling its stories");

  let streaming = true;
  const streamed = sendItems(source, {
    url: cloud.url,
    token,
    answered: (outcome) => {
      if ("accepted" in outcome) {
        ledger.accepted(outcome.accepted);
        if (!input) accepted.push(outcome.accepted);
      } else refused(outcome.line, outcome.refused);
    },
    patience: PATIENCE,
    ...(input ? FILE_PACE : SAMPLE_PACE),
  }).finally(() => {
    streaming = false;
  });
  // Its failure is awaited below; until then it must not count as unhandled.
  streamed.catch(() => undefined);

  let first = true;
  let news = Date.now();
  while ((streaming || !ledger.complete) && Date.now() - news < PATIENCE * 1000) {
    if (await ledger.look()) news = Date.now();
    const account = ledger.account();
    if (first && account.latencies.length > 0) {
      live.end(`first verdict ${((Date.now() - began) / 1000).toFixed(1)} s after the command began`);
      first = false;
    }
    live.show(progressLine(account, await deadLetters()));
    await sleep(LOOK_EVERY);
  }
  hopeful = false;
  await streamed;
  const dead = await deadLetters();
  live.end(progressLine(ledger.account(), dead));
  const well = summarise(ledger.account(), dead, Date.now() - started.getTime());
  // Of a run that lost something the stories would be told wrongly.
  if (well && !input)
    for (const line of await tellStories({ api: { url: cloud.url, token }, tenant, accepted, ...stores })) say(line);
  return well;
}
