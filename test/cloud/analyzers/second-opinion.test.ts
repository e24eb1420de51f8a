import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { synthesise } from "../../../infra/synthesise.ts";
import { startCloud } from "../../../local/cloud.ts";
import { type Api, aPost, apiOf, eventually } from "../pipeline/api.ts";
import { openWholeCloud, type WholeCloud } from "../security/whole-cloud.ts";
import { type FakeComprehend, startFakeComprehend } from "./fake-comprehend.ts";

// The whole system with the switch on. The band is all there is, so that every text is in question whatever the embedded
// model thinks of it: what is asserted is how the second opinion is got, not when.

let fake: FakeComprehend;
let whole: WholeCloud;
let reserved: Api;
let open: Api;

/** Stands in every text: in no log, and never in a request about private text. */
const PLANTED = "zephyrquill";

beforeAll(async () => {
  fake = await startFakeComprehend();
  whole = await openWholeCloud({ context: { comprehend: "on", comprehendBand: "0-1" }, comprehend: fake.url });
  await whole.addTenant("reserved");
  await whole.addTenant("open", { privateTextToComprehend: true });
  reserved = apiOf(whole.cloud, await whole.keyFor("reserved", "platform"));
  open = apiOf(whole.cloud, await whole.keyFor("open", "platform"));
});
afterEach(() => fake?.forget());
afterAll(async () => {
  await whole?.end();
  await fake?.close();
});

const english = (id: string, text: string, more: Record<string, unknown> = {}) =>
  aPost(id, `${text} ${PLANTED}`, { language: "en", ...more });
const dm = { channel: { id: "dm-1", visibility: "private", surface: "message" } };

async function verdictsOf(api: Api, ids: readonly string[]) {
  const one = async (id: string) => {
    const { json } = await eventually(
      () => api("GET", `/v1/verdicts/post/${id}`),
      (answer) => answer.json?.verdicts?.length > 0,
      40,
    );
    return json.verdicts[0];
  };
  return Promise.all(ids.map(one));
}

async function handIn(api: Api, items: readonly object[]): Promise<void> {
  expect((await api("POST", "/v1/items", { items })).status).toBe(202);
}

/** What the functions counted, by metric name, in all that they have logged. */
function counted(): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const line of whole.logged().split("\n")) {
    if (!line.includes('"CloudWatchMetrics"')) continue;
    const { _aws, ...values } = JSON.parse(line.slice(line.indexOf("{")));
    for (const { Name } of _aws.CloudWatchMetrics[0].Metrics)
      sums[Name] = (sums[Name] ?? 0) + [values[Name]].flat().reduce((sum: number, one: number) => sum + one, 0);
  }
  return sums;
}

const textsSent = () => fake.received.flatMap(({ texts }) => texts);

describe("with the switch on", () => {
  it("verdicts carry what the second analyzer found, who it was, and where the texts stood together", async () => {
    fake.finding({ toxicity: (text) => (text.includes("crumpet") ? { INSULT: 0.93, toxicity: 0.94 } : {}) });
    const posts = Array.from({ length: 12 }, (_, index) =>
      english(`together-${index}`, `Thread ${index % 3}: you crumpet, ${index}.`, {
        thread: { id: `t${index % 3}` },
        createdAt: `2026-11-22T15:04:${10 + index}Z`,
      }),
    );
    const before = counted();
    await handIn(reserved, posts);
    const verdicts = await verdictsOf(
      reserved,
      posts.map(({ id }) => id),
    );
    for (const made of verdicts) {
      expect(made.status).toBe("complete");
      expect(made.models).toContain("comprehend-toxicity@2017-11-27");
      expect(made.models.some((model: string) => model.startsWith("text-"))).toBe(true);
      expect(made.labels).toContainEqual(
        expect.objectContaining({ label: "insult", probability: 0.93, source: "comprehend-toxicity" }),
      );
      expect(made.features.toxicity).toBe(0.94);
      expect(JSON.stringify(made.explanation)).toContain("A second model, asked because the first was unsure");
    }
    const requests = fake.received.filter(({ operation }) => operation === "DetectToxicContent");
    for (const { texts } of requests) {
      expect(new Set(texts.map((text) => text.slice(0, "Thread 0".length))).size).toBe(1);
      expect([...texts]).toEqual(
        texts.toSorted((a, b) => Number(/(\d+)\./.exec(a)?.[1]) - Number(/(\d+)\./.exec(b)?.[1])),
      );
    }
    expect(requests.length).toBeLessThan(posts.length);
    expect(requests.flatMap(({ texts }) => texts)).toHaveLength(posts.length);
    await eventually(
      async () => (counted().ComprehendUnits ?? 0) - (before.ComprehendUnits ?? 0),
      (units) => units >= fake.units(),
    );
    expect((counted().ComprehendUnits ?? 0) - (before.ComprehendUnits ?? 0)).toBe(fake.units());
    expect((counted().SecondOpinionAsked ?? 0) - (before.SecondOpinionAsked ?? 0)).toBe(posts.length);
  });

  it("private text goes there by its tenant's wish only", async () => {
    await handIn(reserved, [english("dm-kept", "A quiet word.", dm)]);
    const [kept] = await verdictsOf(reserved, ["dm-kept"]);
    expect([kept.status, kept.models.some((model: string) => model.startsWith("comprehend"))]).toEqual([
      "complete",
      false,
    ]);
    const scored = await reserved("POST", "/v1/score", { item: english("dm-asked", "A quiet question.", dm) });
    expect([scored.status, scored.json.status]).toEqual([200, "complete"]);
    expect(textsSent()).toEqual([]);

    await handIn(open, [english("dm-sent", "A quiet word.", dm)]);
    const [sent] = await verdictsOf(open, ["dm-sent"]);
    expect(sent.models).toContain("comprehend-toxicity@2017-11-27");
    expect(textsSent().every((text) => text.startsWith("A quiet word."))).toBe(true);
  });

  it("a post that is scored at once is asked about at once", async () => {
    fake.finding({ personalData: () => [{ type: "PASSWORD", score: 0.97, begin: 3, end: 9 }] });
    const { json } = await reserved("POST", "/v1/score", { item: english("now-1", "My secret is out.") });
    const found = json.labels.find(({ label }: { label: string }) => label === "privacy.pii");
    expect(found).toMatchObject({ probability: 0.97, severity: 4, spans: [[3, 9]], source: "comprehend-pii" });
  });

  it("is answered without it where it does not answer, and a verdict waits for nobody", async () => {
    fake.failing(() => ({ slowMs: 60_000 }));
    const { status, json } = await reserved("POST", "/v1/score", { item: english("slow-1", "No hurry.") });
    expect([status, json.status]).toEqual([200, "degraded"]);
    expect(json.models.some((model: string) => model.startsWith("comprehend"))).toBe(false);
  });

  it("an outage of every kind loses nothing: each post has its embedded verdict, marked degraded", async () => {
    const kinds = ["throttled", "fault", "reset", "not_json", "wrong_shape", "too_large"] as const;
    fake.failing((index) => kinds[index % kinds.length]);
    const posts = Array.from({ length: 40 }, (_, index) =>
      english(`outage-${index}`, `Number ${index}. You are an idiot and a loser.`, { thread: { id: `o${index % 8}` } }),
    );
    await handIn(reserved, posts);
    const verdicts = await verdictsOf(
      reserved,
      posts.map(({ id }) => id),
    );
    expect(verdicts.map(({ status }) => status)).toEqual(Array(posts.length).fill("degraded"));
    for (const { labels } of verdicts) expect(labels.map(({ label }: { label: string }) => label)).toContain("insult");
    expect(await whole.cloud.idle(20_000)).toBe(true);
    const depths = await whole.cloud.queueDepths();
    for (const [queue, depth] of Object.entries(depths))
      expect([queue, Object.values(depth).reduce((sum, one) => sum + one, 0)]).toEqual([queue, 0]);
    expect(counted().SecondOpinionMissing).toBeGreaterThanOrEqual(posts.length);
  });

  it("no word of anybody is in a log, though the service's errors repeat what they were sent", () => {
    const logged = whole.logged();
    expect(logged).toContain("no answer from Comprehend");
    expect(logged).not.toContain(PLANTED);
    expect(logged).not.toContain('"surprise"');
  });

  it("only the functions that score posts have asked, each by its own right", async () => {
    const { grants, refused } = await whole.cloud.grants();
    expect(refused).toEqual([]);
    const asking = grants.filter(({ action }) => action.startsWith("comprehend:"));
    expect([...new Set(asking.map(({ caller }) => caller))].sort()).toEqual(["score", "score-post"]);
    const used = asking.filter(({ used }) => used > 0).map(({ caller, action }) => `${caller} ${action}`);
    expect(used).toEqual(
      expect.arrayContaining(["score comprehend:DetectToxicContent", "score-post comprehend:DetectPiiEntities"]),
    );
  });
});

it("the switch without anybody who answers stops the start, in one sentence", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "touchstone-switch-"));
  const stacks = await synthesise({ nag: false, context: { comprehend: "on" } });
  await expect(startCloud({ stacks, dataDir })).rejects.toThrow("set AWS_ENDPOINT_URL_COMPREHEND");
  rmSync(dataDir, { recursive: true });
});
