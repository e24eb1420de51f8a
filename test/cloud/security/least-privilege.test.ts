import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { nameOfGrant } from "../../../local/gate/grants.ts";
import { NEEDED_ON_AWS, reasonFor } from "../../../local/gate/needed-on-aws.ts";
import { decide, openCase } from "../../../shared/domain/case.ts";
import { toAsciiJson } from "../../../shared/runtime/read-json.ts";
import { ACCOUNT } from "../../../shared/store/audience-states.ts";
import { caseStore } from "../../../shared/store/cases.ts";
import { countedStates } from "../../../shared/store/counted-states.ts";
import { TARGET } from "../../../shared/store/review-kinds.ts";
import { type Api, apiOf, eventually } from "../pipeline/api.ts";
import { aSubscription, type Belongings, flaggedPost, giveBelongings } from "./belongings.ts";
import { operatorQueues } from "./queues.ts";
import { walkAlerts } from "./walk-alerts.ts";
import { walkCrowd } from "./walk-crowd.ts";
import { openStatuses, walkDeliveries } from "./walk-deliveries.ts";
import { decideCluster, workTheDesk } from "./walk-desk.ts";
import { walkFlow } from "./walk-flow.ts";
import { walkJobs } from "./walk-jobs.ts";
import { walkLookups } from "./walk-lookups.ts";
import { walkMail } from "./walk-mail.ts";
import { delivered, messageOf, ok, urlOf, verdictOf, type Walk } from "./walk-world.ts";
import { openWholeCloud, type WholeCloud } from "./whole-cloud.ts";

// Everything that every function does, once, and then what of its rights nothing needed.

const TENANT = "alpha";
let whole: WholeCloud;
let statuses: Awaited<ReturnType<typeof openStatuses>>;
let platform: Api;
let moderator: Api;
let admin: Api;
let has: Belongings;
let walk: Walk;

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
  walk = { whole, has, platform, moderator, admin };
});
afterAll(async () => {
  await whole?.end();
  statuses?.close();
});

/** A dead letter is buried by the function at the fifth delivery: here that delivery is all that there is. */
const buried = (name: string) => whole.cloud.invoke(name, delivered("not json", "5"));

it("every scoring function counts the flow, and publishes what the breaker owes", () => walkFlow(walk));

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
  const twice = toAsciiJson(await messageOf(walk, again));
  expect(await queues.send(urlOf(walk, "QueuePosts"), [twice, twice])).toEqual([true, true]);
  // Reviews in two invocations at once, some times over: a verdict that is there is found before another is made, so only
  // where both look before either writes does the second learn of the first by its own refused write.
  for (let time = 0; time < 8; time++) {
    const body = toAsciiJson(await messageOf(walk, { ...review, id: `review-twice-${time}` }));
    await Promise.all([1, 2].map(() => whole.cloud.invoke("score-review", delivered(body, "1"))));
  }

  // What can never be handled: delayed, and in the end buried.
  for (const [name, queue] of Object.entries(QUEUES)) {
    await queues.send(urlOf(walk, queue), ["not json"]);
    await buried(name);
    const [letter] = await queues.drain(urlOf(walk, `${queue}Dead`));
    expect([name, letter?.attributes.reason]).toEqual([name, "message_not_json"]);
  }

  // A policy stands among the belongings: saved, activated, read.
  await ok(admin("GET", "/v1/policies"));
  await ok(admin("GET", `/v1/policies/${has.policy}`));
  await ok(admin("GET", "/v1/policy-events"));

  await ok(moderator("GET", "/v1/cases"));
  await workTheDesk(walk);
  const decision = { id: "decision-0001", outcome: "uphold", reason: "violates_policy", version: 1, note: "seen" };
  await ok(moderator("POST", `/v1/cases/${has.caseId}/decisions`, decision));
  await ok(moderator("GET", `/v1/cases/${has.caseId}`));

  await decideCluster(walk);

  // A case whose verdict evolves.
  const { json: audience } = await platform("GET", `/v1/accounts/${has.account}/audience`);
  const { explanation: _, decided: __, ...evolving } = audience.verdict;
  const cases = caseStore(whole.table("TableCases"));
  const evolvingCase = openCase({ tenant: TENANT, ...evolving }, new Date());
  await cases.open(evolvingCase);
  await ok(moderator("GET", `/v1/cases/${evolvingCase.id}`));
  const ref = { kind: "review", id: "of-the-flooded", revision: "r1" } as const;
  await cases.open(openCase({ ...(await verdictOf(walk, has.post)), ref, targetId: "flooded" }, new Date()));
  await walkLookups(moderator, has, { flooded: "flooded", audience: evolvingCase.id });

  // What a crash left between a decision and its event, a minute ago.
  const minuteAgo = new Date(Date.now() - 60_000);
  const left = openCase(
    { ...(await verdictOf(walk, has.post)), ref: { kind: "post", id: "left-owing", revision: "r1" } },
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

  await walkJobs(walk);

  // An author with words under legal hold, and others that are not.
  const held = await messageOf(walk, { ...again, id: "held" });
  const label = { label: "child_safety", probability: 0.99, severity: 7, spans: [], reasons: [] };
  const judged = await verdictOf(walk, has.post);
  const verdict = {
    ...judged,
    ref: held.ref,
    digest: held.digest,
    action: "hold",
    labels: [{ ...judged.labels[0], ...label }],
  };
  await queues.send(urlOf(walk, "QueuePosts"), [toAsciiJson({ ...held, verdict })]);
  expect((await verdictOf(walk, "held")).labels[0]?.label).toBe("child_safety");
  await eventually(
    () => admin("POST", `/v1/authors/${has.author}/erasures`, {}),
    ({ json }) => json?.held === 1 && json.done,
  );
});

it("subscriptions are changed, alerts read, acknowledged, grown and told", () => walkAlerts(whole, has, admin));

it("a message that is for many goes on until all are told", () => walkCrowd(whole));

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
