import { afterAll, beforeAll, expect, it } from "vitest";
import { type Api, aPost, apiOf, eventually } from "../pipeline/api.ts";
import { openWholeCloud, type WholeCloud } from "../security/whole-cloud.ts";

// What platforms fetch instead of being called, through the whole system.

let whole: WholeCloud;
let platform: Api;
let moderator: Api;
let stranger: Api;

beforeAll(async () => {
  whole = await openWholeCloud();
  await whole.addTenant("alpha", { eventFeed: true });
  await whole.addTenant("beta");
  platform = apiOf(whole.cloud, await whole.keyFor("alpha", "platform"));
  moderator = apiOf(whole.cloud, await whole.keyFor("alpha", "moderator"));
  stranger = apiOf(whole.cloud, await whole.keyFor("beta", "platform"));
});
afterAll(() => whole?.end());

interface Told {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly data: { readonly decision?: { readonly version: number } };
}

/** Reads on from a place until an event of each type was there. */
async function until(types: readonly string[], after?: string): Promise<{ told: Told[]; after: string }> {
  const told: Told[] = [];
  let place = after;
  await eventually(
    async () => {
      const { status, json } = await platform("GET", `/v1/events${place === undefined ? "" : `?after=${place}`}`);
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
