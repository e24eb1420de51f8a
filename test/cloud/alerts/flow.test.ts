import { afterAll, beforeAll, expect, it } from "vitest";
import { PLACES } from "../../../shared/domain/alert-place.ts";
import { openReceiver, type Receiver } from "../delivery/receiver.ts";
import { type Api, aPost, apiOf, eventually } from "../pipeline/api.ts";
import { heldRule, holdRule } from "../security/belongings.ts";
import { openWholeCloud, type WholeCloud } from "../security/whole-cloud.ts";

// One of each thing that can happen, from the API through scoring, the desk and the breaker to a platform's stream and to
// the inbox.

const TENANT = "alpha";
const STREAM = "sub_streamstream";
const INBOX = "sub_inboxinboxin";
let receiver: Receiver;
let whole: WholeCloud;
let admin: Api;
let platform: Api;
let moderator: Api;

beforeAll(async () => {
  receiver = await openReceiver();
  whole = await openWholeCloud({ environment: { DELIVERY_HOSTS: `127.0.0.1:${receiver.ports.http}` } });
  await whole.addTenant(TENANT);
  [admin, platform, moderator] = (await Promise.all(
    (["admin", "platform", "lead"] as const).map(async (role) => apiOf(whole.cloud, await whole.keyFor(TENANT, role))),
  )) as [Api, Api, Api];
  // Before anything happens: those who publish remember for half a minute what is wanted.
  const url = receiver.at("200", "stream");
  const channels = { [STREAM]: { type: "webhook", url, stream: true }, [INBOX]: { type: "inbox" } };
  for (const [id, channel] of Object.entries(channels)) {
    const document = { name: id, places: [...PLACES], channel };
    expect((await admin("POST", `/v1/subscriptions/${id}`, { version: 0, document })).status).toBe(200);
  }
});
afterAll(async () => {
  await whole?.end();
  receiver?.close();
});

interface Told {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
}
const streamed = async (): Promise<readonly Told[]> =>
  (await receiver.requests("stream")).map(({ body }) => JSON.parse(body));
const until = (types: readonly string[]) =>
  eventually(
    async () =>
      (await streamed()).map(({ type, subject }) => `${type.replace("touchstone.", "")} ${subject ?? ""}`.trim()),
    (seen) => types.every((type) => seen.some((one) => one.startsWith(type))),
    90,
  );
const ok = async (api: Api, path: string, body: unknown) => {
  const answer = await api("POST", path, body);
  expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.anything()]);
  return answer.json;
};

it("verdicts of posts, reviews, targets and audiences, with their cases", async () => {
  const channel = { id: "comments", visibility: "public", surface: "review" };
  const thin = { favourites: 0, followers: 0, following: 900, statuses: 0, bioLength: 0, defaultImage: true };
  const items = [
    aPost("post-1", "You are a stupid idiot, quaggling, and everybody knows it."),
    aPost("post-2", "You are such a pathetic loser and an idiot, quaggling."),
    {
      ...{ kind: "review", id: "review-1", createdAt: "2026-11-22T15:04:05Z", channel, author: { id: "author-2" } },
      ...{ target: { id: "hotel-1" }, rating: 1, text: "Give me a full refund or I will leave you a one star review." },
    },
    {
      ...{
        kind: "follow",
        id: "follows-1",
        revision: "r1",
        createdAt: "2026-11-22T12:00:00Z",
        account: { id: "shop-1" },
      },
      followers: Array.from({ length: 80 }, (_, f) => ({
        id: `thin-${f}`,
        followedAt: "2026-11-22T12:00:00Z",
        profile: thin,
      })),
    },
  ];
  const sent = await platform("POST", "/v1/items", { items });
  expect([sent.status, sent.text.slice(0, 300)]).toEqual([202, expect.anything()]);
  await until([
    "verdict.flagged post-1",
    "case.opened post-1",
    "verdict.flagged post-2",
    "verdict.flagged review-1",
    "target.flagged review-1",
    "case.opened review-1",
    "audience.flagged shop-1",
    "case.opened shop-1",
  ]);
});

it("decisions, what was taken back, what was escalated and opened again", async () => {
  const { json } = await moderator("GET", "/v1/cases?limit=100");
  const caseOf = (id: string) => json.cases.find(({ ref }: { ref: { id: string } }) => ref.id === id);
  const [first, second] = [caseOf("post-1"), caseOf("post-2")];
  const upheld = { outcome: "uphold", reason: "violates_policy", version: 1 };
  await ok(moderator, `/v1/cases/${first.id}/decisions`, { id: "flow-decided-1", ...upheld });
  await ok(moderator, `/v1/cases/${first.id}/undo`, { decision: "flow-decided-1" });
  const decided = await ok(moderator, `/v1/cases/${caseOf("review-1").id}/decisions`, {
    id: "flow-decided-2",
    ...upheld,
  });
  await ok(moderator, `/v1/cases/${caseOf("review-1").id}/reopen`, {
    reason: "wrong_decision",
    version: decided.version,
  });
  await ok(moderator, `/v1/cases/${second.id}/decisions`, {
    ...{ id: "flow-escalated", outcome: "escalate", reason: "violates_policy", version: 1 },
  });
  await until([
    "decision.made post-1",
    "case.decided post-1",
    "decision.undone post-1",
    "case.reopened post-1",
    "decision.made review-1",
    "case.reopened review-1",
    "case.escalated post-2",
  ]);
});

it("what the flood breaker holds and lets go of", async () => {
  await holdRule(whole.table("TableSignals"), TENANT);
  await ok(admin, "/v1/quarantines/resets", { subject: "rule", name: heldRule(TENANT), note: "as it should be" });
  await until(["breaker.opened", "breaker.closed"]);
});

it("each once by its id, without a word of what was said; the inbox counts each message once", async () => {
  const told = await streamed();
  expect(JSON.stringify(told)).not.toContain("quaggling");
  // What one message says of the target besides, or of the decision besides its case, is no other news.
  const newsIn = (stream: readonly Told[]): number =>
    [...new Map(stream.map(({ id, type }) => [id, type])).values()].filter(
      (type) => !/\.(target|decision)\./.test(type),
    ).length;
  const counted = async () => {
    const { json } = await moderator("GET", `/v1/alerts?subscription=${INBOX}&days=2`);
    const alerts = await Promise.all(
      json.alerts.map(async ({ id }: { id: string }) => (await moderator("GET", `/v1/alerts/${id}`)).json),
    );
    return {
      places: new Set(alerts.map(({ place }) => place)),
      news: newsIn(await streamed()),
      events: alerts.reduce((sum, { tally }) => sum + tally.count, 0),
      text: JSON.stringify(alerts),
    };
  };
  const { places, text } = await eventually(counted, ({ events, news }) => events === news);
  expect([...places]).toEqual(expect.arrayContaining(["verdict", "audience", "breaker"]));
  expect(text).not.toContain("quaggling");
});
