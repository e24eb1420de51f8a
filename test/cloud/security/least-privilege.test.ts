import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { nameOfGrant } from "../../../local/gate/grants.ts";
import { NEEDED_ON_AWS, reasonFor } from "../../../local/gate/needed-on-aws.ts";
import type { ItemMessage } from "../../../shared/contracts/messages.ts";
import { caseIdOf, decide, lastingRef, openCase } from "../../../shared/domain/case.ts";
import { item as itemSchema } from "../../../shared/domain/item.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { tenantKeys } from "../../../shared/keys/keys.ts";
import { kmsClient, unwrapByKms } from "../../../shared/keys/kms.ts";
import { backtestCounter } from "../../../shared/policy/backtest-counter.ts";
import { prepareItem, toMessage } from "../../../shared/queue/prepare-item.ts";
import { toAsciiJson } from "../../../shared/runtime/read-json.ts";
import { ACCOUNT } from "../../../shared/store/audience-states.ts";
import { breakerStates } from "../../../shared/store/breaker-states.ts";
import { caseStore } from "../../../shared/store/cases.ts";
import { countedStates } from "../../../shared/store/counted-states.ts";
import { dataKeyStore } from "../../../shared/store/data-keys.ts";
import { flowCounts } from "../../../shared/store/flow-counts.ts";
import { jobStore } from "../../../shared/store/jobs.ts";
import { TARGET } from "../../../shared/store/review-kinds.ts";
import { shadowDifferenceStore } from "../../../shared/store/shadow-differences.ts";
import { type Api, apiOf, eventually } from "../pipeline/api.ts";
import {
  aSubscription,
  type Belongings,
  colleague,
  colleagueOf,
  flaggedPost,
  giveBelongings,
  harmlessPolicy,
  heldRule,
  holdRule,
  leaverOf,
  spareKeyOf,
} from "./belongings.ts";
import { operatorQueues } from "./queues.ts";
import { walkAlerts } from "./walk-alerts.ts";
import { openStatuses, walkDeliveries } from "./walk-deliveries.ts";
import { walkLookups } from "./walk-lookups.ts";
import { walkMail } from "./walk-mail.ts";
import { openWholeCloud, type WholeCloud } from "./whole-cloud.ts";

// Everything that every function does, once, and then what of its rights nothing needed.

const TENANT = "alpha";
let whole: WholeCloud;
let statuses: Awaited<ReturnType<typeof openStatuses>>;
let platform: Api;
let moderator: Api;
let admin: Api;
let has: Belongings;

const QUEUES: Record<string, string> = {
  "score-post": "QueuePosts",
  "score-review": "QueueReviews",
  "score-audience": "QueueAudiences",
  "open-case": "QueueReview",
  "run-job": "QueueJobs",
  "match-alerts": "QueueAlerts",
  deliver: "QueueDeliveries",
  "deliver-again": "QueueRetries",
};

const urlOf = (output: string): string => whole.cloud.outputs[output] ?? "";

beforeAll(async () => {
  statuses = await openStatuses();
  whole = await openWholeCloud({
    context: { mailFrom: "alerts@touchstone.example" },
    environment: { DELIVERY_HOSTS: `127.0.0.1:${statuses.port}` },
  });
  await whole.addTenant(TENANT, { publishAllowed: true });
  platform = apiOf(whole.cloud, await whole.keyFor(TENANT, "platform"));
  moderator = apiOf(whole.cloud, await whole.keyFor(TENANT, "moderator"));
  admin = apiOf(whole.cloud, await whole.keyFor(TENANT, "admin"));
  // Somebody is told at once, so that something is delivered.
  const document = { ...aSubscription(TENANT), timing: { kind: "immediate" } };
  await ok(admin("POST", "/v1/subscriptions/sub_toldatonce00", { version: 0, document }));
  has = await giveBelongings(TENANT, platform, moderator, admin);
});
afterAll(async () => {
  await whole?.end();
  statuses?.close();
});

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
  const { explanation: _, decided: __, ...made } = json.verdicts[0];
  return { tenant: TENANT, ...made };
}

const delivered = (body: string, times: string) => deliveredAll([body], times);

const deliveredAll = (bodies: readonly string[], times: string) => ({
  Records: bodies.map((body, index) => ({
    messageId: `m-${index + 1}`,
    receiptHandle: "none",
    body,
    attributes: { ApproximateReceiveCount: times, ApproximateFirstReceiveTimestamp: String(Date.now()) },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "",
    awsRegion: "us-east-1",
  })),
});

/** A dead letter is buried by the function at the fifth delivery: here that delivery is all that there is. */
const buried = (name: string) => whole.cloud.invoke(name, delivered("not json", "5"));

it("every scoring function counts the flow, and publishes what the breaker owes", async () => {
  const signals = whole.table("TableSignals");
  const { post, account } = has;
  const channel = flaggedPost(TENANT, post).channel;
  const items: Record<string, (index: number) => object> = {
    "score-post": (index) => flaggedPost(TENANT, `flowing-${index}`),
    "score-review": (index) => ({
      kind: "review",
      id: `flowing-${index}`,
      createdAt: "2026-11-22T15:04:05Z",
      channel: { ...channel, surface: "review" },
      author: { id: `flowing-${index}` },
      target: { id: `flowing-${index}` },
      rating: 4,
    }),
    "score-audience": (index) => ({
      kind: "audience",
      id: `flowing-${index}`,
      createdAt: "2026-11-22T15:04:05Z",
      account: { id: `${account}-flowing-${index}` },
      followerCount: 100,
    }),
  };
  for (const [name, item] of Object.entries(items)) {
    await holdRule(signals, TENANT);
    const messages = await Promise.all(Array.from({ length: 21 }, (_, index) => messageOf(item(index))));
    await whole.cloud.invoke(name, deliveredAll(messages.map(toAsciiJson), "1"));
    await eventually(
      () => breakerStates(signals).read(TENANT, true),
      ({ owed }) => owed.length === 0,
    );
  }
  const hourAgo = new Date(Date.now() - 3_600_000);
  expect((await flowCounts(signals).between(TENANT, hourAgo, new Date())).length).toBeGreaterThan(0);

  // What the breaker holds is looked at and reset.
  await ok(moderator("GET", "/v1/quarantines"));
  const body = { subject: "rule", name: heldRule(TENANT), note: "as it should be" };
  const reset = await admin("POST", "/v1/quarantines/resets", body);
  expect([reset.status, reset.json.closed?.length]).toEqual([200, 1]);
  expect((await breakerStates(signals).read(TENANT, true)).owed).toEqual([]);

  // A candidate differed on a post and on an account.
  const decided = {
    action: "flag",
    queue: "default",
    policy: { id: has.policy, version: 2, rule: "r", reasonCode: "r" },
  } as const;
  const differing = (["post", "audience"] as const).map((kind) => ({
    ref: lastingRef(TENANT, {
      kind,
      id: kind === "post" ? post : account,
      revision: kind === "post" ? "r1" : "v1",
    }),
    scoredAt: new Date().toISOString(),
    surface: "comment" as const,
    labels: [],
    decided,
    candidate: { ...decided, action: "hold" as const },
  }));
  const shadows = shadowDifferenceStore(whole.table("TableVerdicts"), signals);
  await shadows.keep(TENANT, { id: has.policy, version: 2 }, differing);
  // Without a version it is the newest, where none runs beside.
  const report = await admin("GET", `/v1/policies/${has.policy}/shadows`);
  expect([report.status, report.json.version, report.json.latest?.length]).toEqual([200, 2, 2]);
});

/** The desk's calls, but for those about a cluster. */
async function workTheDesk(): Promise<void> {
  const lead = apiOf(whole.cloud, await whole.keyFor(TENANT, "lead"));
  const auditor = apiOf(whole.cloud, await whole.keyFor(TENANT, "auditor"));
  const mine = `/v1/cases/${has.caseId}`;
  const queues = { version: 0, queues: [{ name: "turkish", rules: [{ languages: ["tr"] }] }] };
  for (const sent of [queues, queues]) await ok(lead("POST", "/v1/queues", sent));
  await ok(admin("POST", "/v1/members", colleague(TENANT)));
  await ok(lead("GET", "/v1/members"));
  await ok(admin("POST", `/v1/members/${leaverOf(TENANT)}/remove`, {}));
  await ok(admin("POST", "/v1/keys", { role: "auditor", days: 1 }), 201);
  await ok(admin("GET", "/v1/keys"));
  await ok(admin("POST", `/v1/keys/${spareKeyOf(TENANT)}/revoke`, {}));
  await ok(moderator("GET", "/v1/me"));
  await ok(moderator("GET", "/v1/queues"));
  await ok(moderator("POST", "/v1/next", {}));
  await ok(moderator("POST", `${mine}/claim`, {}));
  await ok(moderator("POST", `${mine}/presence`, {}));
  await ok(moderator("POST", `${mine}/notes`, { id: "note-0001", text: "seen" }));
  await ok(moderator("POST", `${mine}/transfer`, { to: colleagueOf(TENANT) }));
  await ok(lead("POST", `${mine}/transfer`, { to: colleagueOf(TENANT) }));
  await ok(auditor("GET", "/v1/audit"));
  await ok(admin("POST", "/v1/events/feed", { enabled: true }));
  await ok(admin("GET", "/v1/events"));
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

  // The same of an account and its follows.
  const small = { tens: [], ages: [], times: [], dense: [], chanceSum: 0, self: 1, digits: new Array(9).fill(0) };
  const follows = Array.from({ length: 300 }, (_, index) => ({ id: `follows-${index}`, event: small }));
  await states.count(TENANT, { kind: ACCOUNT, id: "flooded-account" }, follows, halfMinuteAgo);
  for (const id of ["follow-the-flood-1", "follow-the-flood-2"]) {
    const item = {
      kind: "follow",
      id,
      revision: "r1",
      createdAt: halfMinuteAgo.toISOString(),
      account: { id: "flooded-account" },
      followers: [{ id: `${id}-follower`, followedAt: halfMinuteAgo.toISOString() }],
    };
    await ok(platform("POST", "/v1/items", { items: [item] }), 202);
    await eventually(
      () => platform("GET", `/v1/verdicts/follow/${id}`),
      ({ json }) => json?.reflected?.length === 1,
    );
  }
  await ok(platform("GET", "/v1/accounts/flooded-account/audience"));

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

  // A policy stands among the belongings: saved, activated, read.
  await ok(admin("GET", "/v1/policies"));
  await ok(admin("GET", `/v1/policies/${has.policy}`));
  await ok(admin("GET", "/v1/policy-events"));

  await ok(moderator("GET", "/v1/cases"));
  await workTheDesk();
  const decision = { id: "decision-0001", outcome: "uphold", reason: "violates_policy", version: 1, note: "seen" };
  await ok(moderator("POST", `/v1/cases/${has.caseId}/decisions`, decision));
  await ok(moderator("GET", `/v1/cases/${has.caseId}`));

  await decideCluster();

  // A case whose verdict evolves.
  const { json: audience } = await platform("GET", `/v1/accounts/${has.account}/audience`);
  const { explanation: _, decided: __, ...evolving } = audience.verdict;
  const cases = caseStore(whole.table("TableCases"));
  const evolvingCase = openCase({ tenant: TENANT, ...evolving }, new Date());
  await cases.open(evolvingCase);
  await ok(moderator("GET", `/v1/cases/${evolvingCase.id}`));
  const ref = { kind: "review", id: "of-the-flooded", revision: "r1" } as const;
  await cases.open(openCase({ ...(await verdictOf(has.post)), ref, targetId: "flooded" }, new Date()));
  await walkLookups(moderator, has, { flooded: "flooded", audience: evolvingCase.id });

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

  // A candidate that is a document, a stretch of a backtest that another takes up, and what a rule caused taken back.
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const document = harmlessPolicy(TENANT, has.policy, 3);
  await ok(admin("POST", "/v1/backtests", { document, since }), 202);
  await ok(admin("POST", `/v1/backtests/${has.backtest}/cancellations`, {}));
  await ok(admin("POST", `/v1/undos/${has.undo}/cancellations`, {}));
  const jobs = jobStore(whole.table("TableCases"));
  const [last] = await jobs.list(TENANT, "backtest", 1, new Date());
  if (!last) throw new Error("the backtest is not there");
  const used = { reads: 1, writes: 1, messages: 1, milliseconds: 1 };
  const cut = {
    part: 0,
    leg: 8,
    tally: backtestCounter().tally(),
    items: 0,
    used,
    next: `${since.slice(0, 10)}#post|`,
  };
  await jobs.addLeg(last, cut, new Date());
  const message = { v: 1, tenant: TENANT, kind: "backtest", job: last.id, part: 0, leg: 8 };
  await whole.cloud.invoke("run-job", delivered(JSON.stringify(message), "1"));
  const doneUndo = async (body: object) => {
    const begun = await admin("POST", "/v1/undos", body);
    const undo = await eventually(
      () => admin("GET", `/v1/undos/${begun.json.id}`),
      ({ json }) => json?.state === "done",
    );
    return undo.json;
  };
  // Held for the number alone, so that nothing else asks for the same; the second joins the first's cluster.
  for (const [id, state] of [
    ["with-a-card", "open"],
    ["with-the-same", "joined"],
  ] as const) {
    const card = { ...again, id, text: "My card number is 4111 1111 1111 1111, thanks." };
    await ok(platform("POST", "/v1/items", { items: [card] }), 202);
    await eventually(
      () => moderator("GET", `/v1/cases/${caseIdOf(TENANT, { kind: "post", id, revision: card.revision })}`),
      ({ json }) => json.state === state,
    );
  }
  const dry = await doneUndo({ dryRun: true, cause: { rule: "payment-data" }, since });
  expect(dry.result.outcomes.close).toBeGreaterThan(0);
  const { result } = await doneUndo({ dryRun: false, of: dry.id, note: "of the walk" });
  expect(result.outcomes.close).toBeGreaterThan(0);

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

it("subscriptions are changed, alerts read, acknowledged, grown and told", () => walkAlerts(whole, has, admin));

it("an address is asked, written to, and left alone", () => walkMail(whole, has, admin));

it("messages are delivered, refused, tried again, replayed and tested", () =>
  walkDeliveries(whole, TENANT, admin, statuses.port));

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
