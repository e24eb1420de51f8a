import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { nameOfGrant } from "../../../local/gate/grants.ts";
import { NEEDED_ON_AWS, reasonFor } from "../../../local/gate/needed-on-aws.ts";
import type { ItemMessage } from "../../../shared/contracts/messages.ts";
import { caseIdOf, decide, openCase } from "../../../shared/domain/case.ts";
import { item as itemSchema } from "../../../shared/domain/item.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { tenantKeys } from "../../../shared/keys/keys.ts";
import { kmsClient, unwrapByKms } from "../../../shared/keys/kms.ts";
import { prepareItem, toMessage } from "../../../shared/queue/prepare-item.ts";
import { toAsciiJson } from "../../../shared/runtime/read-json.ts";
import { caseStore } from "../../../shared/store/cases.ts";
import { countedStates } from "../../../shared/store/counted-states.ts";
import { dataKeyStore } from "../../../shared/store/data-keys.ts";
import { TARGET } from "../../../shared/store/review-kinds.ts";
import { type Api, apiOf, eventually } from "../pipeline/api.ts";
import { type Belongings, colleague, colleagueOf, flaggedPost, giveBelongings } from "./belongings.ts";
import { operatorQueues } from "./queues.ts";
import { openWholeCloud, type WholeCloud } from "./whole-cloud.ts";

// Everything that every function does, once, and then what of its rights nothing needed.

const TENANT = "alpha";
let whole: WholeCloud;
let platform: Api;
let moderator: Api;
let admin: Api;
let has: Belongings;

const QUEUES: Record<string, string> = {
  "score-post": "QueuePosts",
  "score-review": "QueueReviews",
  "score-audience": "QueueAudiences",
  "open-case": "QueueReview",
};

const urlOf = (output: string): string => whole.cloud.outputs[output] ?? "";

beforeAll(async () => {
  whole = await openWholeCloud();
  await whole.addTenant(TENANT, { publishAllowed: true });
  platform = apiOf(whole.cloud, await whole.keyFor(TENANT, "platform"));
  moderator = apiOf(whole.cloud, await whole.keyFor(TENANT, "moderator"));
  admin = apiOf(whole.cloud, await whole.keyFor(TENANT, "admin"));
  has = await giveBelongings(TENANT, platform, moderator);
});
afterAll(() => whole?.end());

const ok = async (asked: ReturnType<Api>, status = 200): Promise<void> => {
  const answer = await asked;
  expect([answer.status, answer.text.slice(0, 300)]).toEqual([status, expect.anything()]);
};

/** The message that intake would send. */
async function messageOf(raw: object): Promise<ItemMessage> {
  const stored = dataKeyStore(whole.table("TableDirectory"));
  const keys = tenantKeys(unwrapByKms(kmsClient(), urlOf("KeyContent"), stored), () => new Date());
  return toMessage(keys, TENANT, await prepareItem(keys, TENANT, itemSchema.parse(raw)), new Date());
}

async function verdictOf(id: string): Promise<Verdict> {
  const { json } = await eventually(
    () => platform("GET", `/v1/verdicts/post/${id}`),
    (answer) => answer.json?.verdicts?.length > 0,
  );
  const { explanation: _, ...made } = json.verdicts[0];
  return { tenant: TENANT, ...made };
}

const delivered = (body: string, times: string) => ({
  Records: [
    {
      messageId: "m-1",
      receiptHandle: "none",
      body,
      attributes: { ApproximateReceiveCount: times, ApproximateFirstReceiveTimestamp: String(Date.now()) },
      messageAttributes: {},
      md5OfBody: "",
      eventSource: "aws:sqs",
      eventSourceARN: "",
      awsRegion: "us-east-1",
    },
  ],
});

/** A dead letter is buried by the function at the fifth delivery: here that delivery is all that there is. */
const buried = (name: string) => whole.cloud.invoke(name, delivered("not json", "5"));

/** The desk's calls, but for those about a cluster. */
async function workTheDesk(): Promise<void> {
  const lead = apiOf(whole.cloud, await whole.keyFor(TENANT, "lead"));
  const auditor = apiOf(whole.cloud, await whole.keyFor(TENANT, "auditor"));
  const mine = `/v1/cases/${has.caseId}`;
  const queues = { version: 0, queues: [{ name: "turkish", rules: [{ languages: ["tr"] }] }] };
  for (const sent of [queues, queues]) await ok(lead("POST", "/v1/queues", sent));
  await ok(admin("POST", "/v1/members", colleague(TENANT)));
  await ok(lead("GET", "/v1/members"));
  await ok(moderator("GET", "/v1/queues"));
  await ok(moderator("POST", "/v1/next", {}));
  await ok(moderator("POST", `${mine}/claim`, {}));
  await ok(moderator("POST", `${mine}/presence`, {}));
  await ok(moderator("POST", `${mine}/notes`, { id: "note-0001", text: "seen" }));
  await ok(moderator("POST", `${mine}/transfer`, { to: colleagueOf(TENANT) }));
  await ok(lead("POST", `${mine}/transfer`, { to: colleagueOf(TENANT) }));
  await ok(auditor("GET", "/v1/audit"));
  // The colleague is nobody's key: the case is free again for the decision that follows.
  const { client, name: TableName } = whole.table("TableCases");
  const Key = { pk: `${TENANT}#${has.caseId}`, sk: "case" };
  await client.send(new UpdateCommand({ TableName, Key, UpdateExpression: "REMOVE claimBy" }));
}

/** Items that say the same, one of them decided meanwhile, and its members told. */
async function decideCluster(): Promise<void> {
  const text = "you are an idiot and a loser, and everybody in this place knows it by now";
  const same = (n: number) => ({ ...flaggedPost(TENANT, `same-${n}`), text });
  const caseIn = (n: number) => `/v1/cases/${caseIdOf(TENANT, { kind: "post", id: `same-${n}`, revision: "r1" })}`;
  await ok(platform("POST", "/v1/items", { items: [same(0)] }), 202);
  await eventually(
    () => moderator("GET", caseIn(0)),
    ({ status }) => status === 200,
  );
  await ok(platform("POST", "/v1/items", { items: [1, 2, 3].map(same) }), 202);
  await eventually(
    () => moderator("GET", caseIn(0)),
    ({ json }) => json.cluster.size === 4,
  );
  const { json } = await moderator("GET", `${caseIn(0)}/members`);
  const decision = { id: "decision-0003", outcome: "uphold", reason: "violates_policy", version: 1 };
  const exceptions = [{ case: json.members[0].case, outcome: "overturn", reason: "counter_speech" }];
  await ok(moderator("POST", `${caseIn(0)}/decisions`, { ...decision, exceptions }));
}

it("every function does all that it is for", async () => {
  const again = flaggedPost(TENANT, has.post);
  const review = {
    kind: "review",
    id: "review-again",
    createdAt: "2026-11-22T15:04:05Z",
    channel: { ...again.channel, surface: "review" },
    author: { id: has.author },
    target: { id: has.target },
    rating: 5,
    text: "You are an idiot if you buy this kettle.",
    fingerprints: { device: "0123456789abcdef" },
  };
  await ok(platform("GET", "/v1/health"));
  await ok(platform("GET", `/v1/verdicts/post/${has.post}`));
  await ok(platform("POST", "/v1/items", { items: [again] }), 202);
  await ok(
    platform("POST", "/v1/items", { items: [{ ...review, id: "review-new", author: { id: "somebody-new" } }] }),
    202,
  );
  for (const item of [again, review, { ...again, id: "scored-only" }])
    await ok(platform("POST", "/v1/score?store=true", { item }));

  // A target with a flood of reviews half a minute ago: its next ones go through logs.
  const states = countedStates(whole.table("TableSignals"));
  const flood = Array.from({ length: 300 }, (_, index) => ({
    id: `flood-${index}`,
    event: { event: { at: Math.floor(Date.now() / 60_000), rating: 1, firstReview: true } },
  }));
  const halfMinuteAgo = new Date(Date.now() - 30_000);
  await states.count(TENANT, { kind: TARGET, id: "flooded" }, flood, halfMinuteAgo);
  for (const id of ["into-the-flood-1", "into-the-flood-2"]) {
    const item = { ...review, id, target: { id: "flooded" } };
    await ok(platform("POST", "/v1/items", { items: [item] }), 202);
    const counted = id.endsWith("1") ? 301 : 302;
    await eventually(
      () => platform("GET", "/v1/targets/flooded"),
      ({ json }) => json.all?.count === counted,
    );
  }

  const queues = operatorQueues();
  // What a queue delivers twice.
  const twice = toAsciiJson(await messageOf(again));
  expect(await queues.send(urlOf("QueuePosts"), [twice, twice])).toEqual([true, true]);
  // Reviews in two invocations at once, some times over: a verdict that is there is found before another is made, so only
  // where both look before either writes does the second learn of the first by its own refused write.
  for (let time = 0; time < 8; time++) {
    const body = toAsciiJson(await messageOf({ ...review, id: `review-twice-${time}` }));
    await Promise.all([1, 2].map(() => whole.cloud.invoke("score-review", delivered(body, "1"))));
  }

  // What can never be handled: delayed, and in the end buried.
  for (const [name, queue] of Object.entries(QUEUES)) {
    await queues.send(urlOf(queue), ["not json"]);
    await buried(name);
    const [letter] = await queues.drain(urlOf(`${queue}Dead`));
    expect([name, letter?.attributes.reason]).toEqual([name, "message_not_json"]);
  }

  await ok(moderator("GET", "/v1/cases"));
  await workTheDesk();
  const decision = { id: "decision-0001", outcome: "uphold", reason: "violates_policy", version: 1, note: "seen" };
  await ok(moderator("POST", `/v1/cases/${has.caseId}/decisions`, decision));
  await ok(moderator("GET", `/v1/cases/${has.caseId}`));

  await decideCluster();

  // A case whose verdict evolves.
  const { json: audience } = await platform("GET", `/v1/accounts/${has.account}/audience`);
  const { explanation: _, ...evolving } = audience.verdict;
  const cases = caseStore(whole.table("TableCases"));
  const evolvingCase = openCase({ tenant: TENANT, ...evolving }, new Date());
  await cases.open(evolvingCase);
  await ok(moderator("GET", `/v1/cases/${evolvingCase.id}`));

  // What a crash left between a decision and its event, a minute ago.
  const minuteAgo = new Date(Date.now() - 60_000);
  const left = openCase(
    { ...(await verdictOf(has.post)), ref: { kind: "post", id: "left-owing", revision: "r1" } },
    minuteAgo,
  );
  await cases.open(left);
  const { client, name: TableName } = whole.table("TableCases");
  await client.send(
    new UpdateCommand({
      TableName,
      Key: { pk: `${TENANT}#${left.id}`, sk: "case" },
      // It had a second item.
      UpdateExpression: "SET #size = :two",
      ExpressionAttributeNames: { "#size": "size" },
      ExpressionAttributeValues: { ":two": 2 },
    }),
  );
  const made = {
    id: "decision-0002",
    outcome: "uphold",
    reason: "other",
    by: "k",
    at: minuteAgo.toISOString(),
  } as const;
  const decided = decide(left, made, 1);
  expect(decided.kind).toBe("decided");
  if (decided.kind === "decided") await cases.decide(decided.case, 1, minuteAgo);
  const [schedule = ""] = whole.cloud.schedules();
  await whole.cloud.tick(schedule);
  expect(await cases.owing(new Date(), 10)).toEqual([]);

  // An author with words under legal hold, and others that are not.
  const held = await messageOf({ ...again, id: "held" });
  const label = { label: "child_safety", probability: 0.99, severity: 7, spans: [], reasons: [] };
  const judged = await verdictOf(has.post);
  const verdict = {
    ...judged,
    ref: held.ref,
    digest: held.digest,
    action: "hold",
    labels: [{ ...judged.labels[0], ...label }],
  };
  await queues.send(urlOf("QueuePosts"), [toAsciiJson({ ...held, verdict })]);
  expect((await verdictOf("held")).labels[0]?.label).toBe("child_safety");
  await eventually(
    () => admin("POST", `/v1/authors/${has.author}/erasures`, {}),
    ({ json }) => json?.held === 1 && json.done,
  );
});

it("and nothing was refused, and of all rights only those are unused that AWS itself needs", async () => {
  const { grants, refused } = await whole.cloud.grants();
  expect(refused).toEqual([]);
  expect(grants.length).toBeGreaterThan(100);
  const unused = grants.filter(({ used }) => used === 0);
  expect(unused.filter((grant) => reasonFor(grant) === undefined).map(nameOfGrant)).toEqual([]);
  const stale = NEEDED_ON_AWS.filter(({ reason }) => !unused.some((grant) => reasonFor(grant) === reason));
  expect(stale).toEqual([]);
  process.stdout.write(
    `grants: ${grants.length}, ${grants.length - unused.length} used, ${unused.length} for AWS alone\n`,
  );
});
