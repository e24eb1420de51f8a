import { afterAll, beforeAll, expect, it } from "vitest";
import { feedFrom, writeCursor } from "../../../shared/domain/feed-cursor.ts";
import { type Api, aPost, apiOf, eventually } from "../pipeline/api.ts";
import { openWholeCloud, type WholeCloud } from "../security/whole-cloud.ts";

// What platforms fetch instead of being called, through the whole system.

let whole: WholeCloud;
let platform: Api;
let moderator: Api;
let stranger: Api;
let admin: Api;
let readerOfAll: Api;

beforeAll(async () => {
  whole = await openWholeCloud();
  await whole.addTenant("alpha", { eventFeed: true });
  await whole.addTenant("beta");
  await whole.addTenant("gamma", { eventFeed: true, feedAllowed: ["post"] });
  platform = apiOf(whole.cloud, await whole.keyFor("alpha", "platform"));
  moderator = apiOf(whole.cloud, await whole.keyFor("alpha", "moderator"));
  admin = apiOf(whole.cloud, await whole.keyFor("alpha", "admin"));
  stranger = apiOf(whole.cloud, await whole.keyFor("beta", "platform"));
  readerOfAll = apiOf(whole.cloud, await whole.keyFor("gamma", "platform"));
});
afterAll(() => whole?.end());

interface Told {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly data: { readonly decision?: { readonly version: number } };
}

/** Reads on from a place until an event of each type was there. */
async function until(
  types: readonly string[],
  after?: string,
  read = platform,
): Promise<{ told: Told[]; after: string }> {
  const told: Told[] = [];
  let place = after;
  await eventually(
    async () => {
      const { status, json } = await read("GET", `/v1/events${place === undefined ? "" : `?after=${place}`}`);
      expect(status).toBe(200);
      told.push(...json.events);
      place = json.after;
      return told.map(({ type }) => type);
    },
    (seen) => types.every((type) => seen.includes(type)),
    60,
  );
  return { told, after: place ?? "" };
}

it("gives a verdict, its case and the decision, each once, without a word of what was said", async () => {
  const insult = aPost("fed-1", "You are a stupid idiot, quaggling, and everybody knows it.");
  expect((await platform("POST", "/v1/items", { items: [insult] })).status).toBe(202);
  const first = await until(["touchstone.verdict.flagged", "touchstone.case.opened"]);
  const { json } = await moderator("GET", "/v1/cases");
  const { id } = json.cases.find(({ ref }: { ref: { id: string } }) => ref.id === "fed-1");
  const decision = { id: "fed-decision", outcome: "uphold", reason: "violates_policy", version: 1 };
  expect((await moderator("POST", `/v1/cases/${id}/decisions`, decision)).status).toBe(200);
  const second = await until(["touchstone.decision.made"], first.after);

  const all = [...first.told, ...second.told];
  expect(new Set(all.map((event) => event.id)).size).toBe(all.length);
  expect(new Set(all.map(({ subject }) => subject))).toEqual(new Set(["fed-1"]));
  expect(second.told.find(({ type }) => type === "touchstone.decision.made")?.data.decision?.version).toBe(2);
  expect(JSON.stringify(all)).not.toContain("quaggling");
  const rest = await platform("GET", `/v1/events?after=${second.after}`);
  expect(rest.json).toMatchObject({ events: [], more: false });
});

it("holds what was allowed where the tenant says so, though nobody subscribed to anything", async () => {
  const items = [
    aPost("fine-1", "The train was on time, and the seats were clean."),
    aPost("foul-1", "You stupid idiot."),
  ];
  expect((await readerOfAll("POST", "/v1/items", { items })).status).toBe(202);
  const { told } = await until(["touchstone.verdict.allowed", "touchstone.case.opened"], undefined, readerOfAll);
  expect(told.find(({ type }) => type === "touchstone.verdict.allowed")?.subject).toBe("fine-1");
  expect(await platform("GET", "/v1/events/feed")).toMatchObject({ json: { enabled: true, allowed: [] } });
  const set = await admin("POST", "/v1/events/feed", { enabled: true, allowed: ["review", "post", "review"] });
  expect([set.status, set.json]).toEqual([200, { enabled: true, allowed: ["post", "review"] }]);
  const stays = await admin("POST", "/v1/events/feed", { enabled: true });
  expect(stays.json).toEqual({ enabled: true, allowed: ["post", "review"] });
  expect((await admin("GET", "/v1/events/feed")).json).toEqual(stays.json);
  expect((await admin("POST", "/v1/events/feed", { enabled: true, allowed: ["follow"] })).status).toBe(422);
  expect((await platform("POST", "/v1/events/feed", { enabled: false })).status).toBe(403);
});

it("says to a reader who was away for too long what is gone, and where to begin anew", async () => {
  const lastWeek = new Date(Date.now() - 8 * 86_400_000);
  const places = [`after=${writeCursor(feedFrom(lastWeek))}`, `since=${lastWeek.toISOString()}`];
  for (const place of places) {
    const { status, json } = await platform("GET", `/v1/events?${place}`);
    expect([status, json.type]).toEqual([410, "urn:touchstone:problem:cursor_expired"]);
    const [, since] = /since=(\S+),/.exec(json.errors[0].fix) ?? [];
    expect((await platform("GET", `/v1/events?since=${since}`)).status).toBe(200);
  }
});

it("is all that names an erased author beside its receivers: alerts and the log of deliveries do not", async () => {
  await whole.addTenant("delta", { eventFeed: true });
  const [sender, chief] = [await whole.keyFor("delta", "platform"), await whole.keyFor("delta", "admin")];
  const [send, rule] = [apiOf(whole.cloud, sender), apiOf(whole.cloud, chief)];
  const places = ["verdict", "case", "decision"];
  const channels = [
    { type: "inbox" },
    { type: "webhook", url: "https://nowhere.example/hook", stream: true },
    { type: "webhook", url: "https://nowhere.example/hook" },
  ];
  for (const [n, channel] of channels.entries()) {
    const document = { name: `All ${n}`, places, channel };
    expect((await rule("POST", `/v1/subscriptions/sub_${n}eeeeeeeeeee`, { version: 0, document })).status).toBe(200);
  }
  const author = { id: "mortal-author" };
  const items = [aPost("mortal-post", "You are a stupid idiot, and I will kill you.", { author })];
  expect((await send("POST", "/v1/items", { items })).status).toBe(202);
  await until(["touchstone.case.opened"], undefined, send);
  await eventually(
    () => rule("GET", "/v1/alerts"),
    ({ json }) => json.alerts.length >= channels.length - 1,
  );
  expect(await rule("POST", "/v1/authors/mortal-author/erasures", {})).toMatchObject({ json: { done: true } });
  const rows = [...(await whole.rows())].filter(([key]) => key.startsWith("TableDeliveries delta#"));
  const kindsOf = (some: typeof rows) => [...new Set(some.map(([key]) => key.split("#")[1]))].sort();
  expect(kindsOf(rows)).toEqual(expect.arrayContaining(["alertgroup", "alerts", "delivery", "feed"]));
  expect(kindsOf(rows.filter((row) => row.join(" ").includes(author.id)))).toEqual(["feed"]);
});

it("is refused where it is off, and names what is wrong with a place", async () => {
  const off = await stranger("GET", "/v1/events");
  expect([off.status, off.json.type]).toEqual([409, expect.stringContaining("feed_off")]);
  const wrong = await platform("GET", "/v1/events?after=yesterday");
  expect([wrong.status, wrong.json.errors[0].pointer]).toEqual([422, "query:/after"]);
  const later = await platform("GET", `/v1/events?after=7${"Z".repeat(25)}${`.7${"Z".repeat(25)}`.repeat(3)}~1~`);
  expect([later.status, later.json.errors[0].pointer]).toEqual([422, "query:/after"]);
  const both = await platform("GET", "/v1/events?after=yesterday&since=2026-11-22T00:00:00Z");
  expect([both.status, both.json.errors[0].pointer]).toEqual([422, "query:/since"]);
});

it("is for platforms and admins", async () => {
  expect((await moderator("GET", "/v1/events")).status).toBe(403);
});
