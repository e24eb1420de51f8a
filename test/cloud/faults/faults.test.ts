import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mishapsIn } from "../../../bench/soak/mishaps.ts";
import { noPromises } from "../../../bench/soak/promises.ts";
import { type Reach, sendItems } from "../../../bench/soak/send-items.ts";
import type { HostileInput } from "../../../local/hostile/options.ts";
import { type Api, aPost, apiOf, eventually } from "../pipeline/api.ts";
import { type BrokenCloud, openBrokenCloud } from "./broken-cloud.ts";
import { someItems } from "./some-items.ts";

// One cloud and one tenant for all: what one fault leaves behind would be seen by the next, and by the last test, which
// holds everything that was ever accepted against what is there.
const TENANT = "acme";
const promises = noPromises(TENANT);
/** Items that one request takes. */
const MOST = 100;
const insult = (id: string) => aPost(id, "you are an idiot and a loser, nobody likes you");

let broken: BrokenCloud;
let reach: Reach;
let platform: () => Api;
let moderator: () => Api;
let owed: { caseId: string; at: number };

/** Nothing is published of decisions until the last but one test: a decision's event is owed all that time. */
const withheld: NonNullable<HostileInput["faults"]>[number] = {
  match: { service: "sns", resource: "Decisions" },
  effect: "refuse",
};
const behave = ({ faults = [], ...rest }: HostileInput) => broken.behave({ ...rest, faults: [withheld, ...faults] });

const soon = (seconds: number) => Date.now() + seconds * 1_000;
const accept = async (items: readonly unknown[], seconds = 20) => {
  for (let from = 0; from < items.length; from += MOST)
    expect(await sendItems(reach, promises, items.slice(from, from + MOST), soon(seconds))).toBe(true);
};

/** Resolves once nothing of what was accepted is missing, though other messages may still be under way. */
const settled = (seconds = 40) =>
  eventually(
    async () => (await broken.check(promises)).slice(0, 3).flatMap(({ violations }) => violations),
    (violations) => violations.length === 0,
    seconds,
  );

beforeAll(async () => {
  broken = await openBrokenCloud();
  await broken.addTenant(TENANT, 1_000_000);
  const [token, moderatorToken] = [await broken.keyFor(TENANT, "platform"), await broken.keyFor(TENANT, "moderator")];
  reach = () => ({ url: broken.cloud().url, token });
  platform = () => apiOf(broken.cloud(), token);
  moderator = () => apiOf(broken.cloud(), moderatorToken);
  await behave({});

  const sqs = new SQSClient({});
  const bodies = [
    "not json at all",
    '{"v":1}',
    '{"v":1,"tenant":"acme","ref":{"kind":"post","id":"x","revision":"1"}}',
  ];
  for (const body of bodies) promises.poisons.add(body);
  const Entries = bodies.map((MessageBody, index) => ({ Id: `${index}`, MessageBody }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: broken.cloud().outputs.QueuePosts, Entries }));
});
afterAll(() => broken?.end());

it("poisons leave the other messages of their batches alone", async () => {
  await accept(someItems("beside-poison", 20));
  await settled();
  const log = join(broken.dataDir, "logs", "score-post.log");
  const failed = await eventually(
    async () => new Set([...readFileSync(log, "utf8").matchAll(/"messageId":"([^"]+)"/g)].map(([, id]) => id)),
    ({ size }) => size >= promises.poisons.size,
  );
  expect(failed.size).toBe(promises.poisons.size);
});

it("a decision whose event cannot be published is answered all the same", async () => {
  await accept([insult("owed-1")]);
  const opened = await eventually(
    () => moderator()("GET", "/v1/cases?limit=200"),
    ({ json }) => json.cases.some((one: { ref: { id: string } }) => one.ref.id === "owed-1"),
  );
  const { id } = opened.json.cases.find((one: { ref: { id: string } }) => one.ref.id === "owed-1");
  const body = { id: "decision-owed", outcome: "uphold", reason: "violates_policy", version: 1 };
  const decided = await moderator()("POST", `/v1/cases/${id}/decisions`, body);
  expect(decided.status).toBe(200);
  promises.decisions.set(id, "decision-owed");
  owed = { caseId: id, at: Date.now() };
  expect(await broken.observer().owing()).toBe(1);
});

it("every message comes twice, late and out of order, and counts once", async () => {
  await behave({ seed: 4, deliveries: { twice: 0.8, late: 0.2, laterSeconds: 2 } });
  await accept(someItems("twice", 100));
  await settled();
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  await settled(10);
  const mishaps = mishapsIn(broken.dataDir);
  expect(mishaps.get("delivered twice")).toBeGreaterThan(50);
  expect(mishaps.get("delivered late")).toBeGreaterThan(5);
  await behave({});
});

it("answers are lost, batches half fail and indexes lag, and nothing is lost or doubled", async () => {
  const rough = { outages: 0.03, lostAnswers: 0.03, failedEntries: 0.1, unprocessed: 0.2 };
  await behave({ seed: 5, ...rough, staleIndex: { share: 0.5, ageMs: 400 } });
  await accept(someItems("rough", 80));
  await settled();
  const mishaps = mishapsIn(broken.dataDir);
  for (const kind of ["outage", "lost answer", "failed entries", "unprocessed"])
    expect(mishaps.get(kind), kind).toBeGreaterThan(0);
  await behave({});
});

it("a journal that cannot be written lets nobody wait for a verdict, and has every verdict once it can", async () => {
  const journal = { service: "dynamodb" as const, operations: ["PutItem"], contains: "#journal#" };
  await behave({ faults: [{ match: journal, effect: "refuse" }] });
  await accept([...someItems("unjournalled", 30), insult("unjournalled-flagged")]);
  const violations = async (invariant: RegExp) =>
    (await broken.check(promises)).flatMap((one) => (invariant.test(one.invariant) ? one.violations : []));
  await eventually(
    () => violations(/exactly one verdict/),
    (missing) => missing.length === 0,
  );
  expect((await violations(/in the journal/)).length).toBeGreaterThan(20);
  await behave({});
  // What failed for a service's fault comes again after 5, then 15 seconds.
  await eventually(
    () => violations(/in the journal/),
    (missing) => missing.length === 0,
    60,
  );
  await settled();
});

it("a full disk is an error to callers, loses nothing that was acknowledged, and is over when there is room", async () => {
  await accept(someItems("before-full", 40));
  await behave({ faults: [{ match: {}, effect: "disk-full" }] });
  const items = someItems("during-full", 10);
  const during = await platform()("POST", "/v1/items", { items });
  expect(during.status).toBeGreaterThanOrEqual(500);
  // What is stored can still be read.
  const read = await platform()("GET", "/v1/verdicts/post/owed-1");
  expect(read.json.verdicts).toHaveLength(1);
  await behave({});
  await accept(items);
  await settled();
});

it("functions that time out are a 503 to callers, and their messages are handled when they come back", async () => {
  await behave({
    faults: [
      { match: { service: "dynamodb", operations: ["Query"], contains: "slow-http" }, effect: "delay", ms: 15_000 },
      // The words of a flagged post are kept after its verdict is written: it is cut off in between.
      { match: { service: "dynamodb", resource: "Content", contains: "slow-queue" }, effect: "delay", ms: 30_000 },
    ],
  });
  await accept([insult("slow-queue")]);
  const slow = await platform()("GET", "/v1/verdicts/post/slow-http");
  expect([500, 503]).toContain(slow.status);
  const { functions } = broken.cloud();
  await eventually(
    async () => functions()["score-post"]?.errors ?? 0,
    (errors) => errors > 0,
    25,
  );
  await behave({});
  expect((await platform()("GET", "/v1/verdicts/post/slow-http")).status).toBe(404);
  // Its message is hidden for two minutes more; a restart shows it at once.
  await broken.restart();
  await settled();
});

it("a tenant that floods is told to wait, and its neighbour goes before what it has queued", async () => {
  // More than two quotas: the minute may turn while the flood runs.
  const [QUOTA, FLOOD, BATCH] = [2_000, 4_100, 100];
  await broken.addTenant("flooder", QUOTA);
  const flooder = apiOf(broken.cloud(), await broken.keyFor("flooder", "platform"));
  // Nothing is worked on until all of the flood that is let in lies in the queue.
  await behave({
    faults: [{ match: { service: "sqs", operations: ["ReceiveMessage"], resource: "Posts" }, effect: "refuse" }],
  });
  const answers = await Promise.all(
    Array.from({ length: FLOOD / BATCH }, (_, batch) => {
      const items = Array.from({ length: BATCH }, (__, n) => aPost(`flood-${batch}-${n}`, `what a day, ${batch} ${n}`));
      return flooder("POST", "/v1/items", { items });
    }),
  );
  const accepted = answers.filter(({ status }) => status === 202).length * BATCH;
  expect(accepted).toBeGreaterThanOrEqual(QUOTA);
  expect(accepted).toBeLessThanOrEqual(2 * QUOTA);
  const refused = answers.filter(({ status }) => status !== 202);
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([429]));
  await behave({});

  const waited: number[] = [];
  for (let n = 0; n < 10; n += 1) {
    const at = Date.now();
    await accept([aPost(`neighbour-${n}`, `a quiet day, ${n}`)]);
    await eventually(
      () => platform()("GET", `/v1/verdicts/post/neighbour-${n}`),
      ({ json }) => json.verdicts?.length === 1,
      60,
    );
    waited.push(Date.now() - at);
  }
  // First come, first served would have had the first of them wait for the whole flood.
  const left = await broken.observer().depth();
  expect(left).toBeGreaterThan(accepted / 4);
  const slowest = Math.max(...waited);
  process.stdout.write(
    `flood: ${accepted} posts queued; a neighbour's 10 posts took ${slowest} ms at most, ${left} messages still queued\n`,
  );
});

it("what was owed is published by the sweep, once", async () => {
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "test-decisions" }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
  const subscription = {
    TopicArn: broken.cloud().outputs.TopicDecisions,
    Protocol: "sqs",
    Endpoint: Attributes?.QueueArn,
    Attributes: { RawMessageDelivery: "true" },
  };
  await new SNSClient({}).send(new SubscribeCommand(subscription));
  // What has been owed for less than half a minute may be being published right now.
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, owed.at + 32_000 - Date.now())));
  expect(await broken.observer().owing()).toBe(1);
  await broken.behave({});
  const [schedule = ""] = broken.cloud().schedules();
  await broken.cloud().tick(schedule);
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 3, MaxNumberOfMessages: 10 }),
  );
  expect(Messages.map(({ Body = "" }) => JSON.parse(Body).decision.id)).toEqual(["decision-owed"]);
  expect(JSON.parse(Messages[0]?.Body ?? "").caseId).toBe(owed.caseId);
  await broken.cloud().tick(schedule);
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }))).Messages).toBeUndefined();
});

it("in the end every invariant holds, and the poisons are dead letters with their reasons", async () => {
  expect(await broken.cloud().idle(60_000)).toBe(true);
  for (const { invariant, checked, violations } of await broken.check(promises)) {
    expect(checked, invariant).toBeGreaterThan(0);
    expect(violations, invariant).toEqual([]);
  }
  const dead = await eventually(
    () => broken.observer().deadLetters("QueuePostsDead"),
    (letters) => letters.length > 0,
  );
  expect(dead.map(({ reason }) => reason).sort()).toEqual([
    "message_does_not_fit_schema",
    "message_does_not_fit_schema",
    "message_not_json",
  ]);
});
