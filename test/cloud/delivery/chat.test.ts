import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openRig, type WorldRig } from "./delivery-world.ts";

// Chat rooms: a receiver that answers as Slack's incoming webhooks and Teams' workflows do. Its address is the secret.

const MINUTE = 60_000;
const TOKEN = "T00000000/B00000000/XXXXsecretXXXX";
const QUERY = "?api-version=1&sig=qQqQsecretqQqQ";
let rig: WorldRig;

beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig?.close());

/** A room that answers so, and what was logged since. */
async function room(type: "slack" | "teams", answers: string) {
  const { world, name } = rig.fresh();
  const url = `${rig.receiver.at(answers, name)}/${TOKEN}${QUERY}`;
  const { id } = await world.subscribe(url, type);
  const logged: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation((words) => {
      logged.push(String(words));
      return true;
    }),
  );
  return {
    world,
    name,
    url,
    id,
    /** Everything that somebody else than a delivery may read of it. */
    async readable() {
      for (const spy of spies) spy.mockRestore();
      const { deliveries } = await world.store.log(world.tenant, id, { limit: 10 }, world.now());
      const shown = await world.subscriptions.get(world.tenant, id);
      const sealed = await world.subscriptions.sealedAddress(world.tenant, id);
      const rows = [deliveries, shown, sealed, await world.endpoints.get(world.tenant, id)];
      return `${JSON.stringify(rows)} ${logged.join("\n")}`;
    },
  };
}

const pathOf = (url: string): string => new URL(url).pathname + new URL(url).search;

describe("a room", () => {
  it("of Slack gets blocks at its whole address, unsigned, and answers 200", async () => {
    const { world, name, url, id, readable } = await room("slack", "200");
    const message = await world.tell(id);
    await world.run();
    const [asked, ...more] = await rig.receiver.requests(name);
    expect(more).toEqual([]);
    expect(asked).toMatchObject({ method: "POST", url: pathOf(url) });
    expect(asked?.headers["content-type"]).toBe("application/json");
    expect(Object.keys(asked?.headers ?? {}).filter((header) => header.startsWith("webhook-"))).toEqual([]);
    const body = JSON.parse(asked?.body ?? "");
    expect(body).toMatchObject({ text: expect.any(String), unfurl_links: false, blocks: expect.any(Array) });
    expect(body.blocks[0]).toMatchObject({ type: "header", text: { type: "plain_text" } });
    expect(asked?.body).toContain("https://console.example.com/");
    expect(await world.get(message.id)).toMatchObject({
      state: "delivered",
      channel: "slack",
      attempts: [{ outcome: "delivered", status: 200 }],
    });
    expect(await readable()).not.toMatch(/secret[XqQ]/);
  });

  it("of Teams gets a card at its whole address, and answers 202", async () => {
    const { world, name, url, id, readable } = await room("teams", "202");
    const message = await world.tell(id);
    await world.run();
    const [asked, ...more] = await rig.receiver.requests(name);
    expect(more).toEqual([]);
    expect(asked?.url).toBe(pathOf(url));
    expect(JSON.parse(asked?.body ?? "")).toMatchObject({
      type: "message",
      attachments: [
        { contentType: "application/vnd.microsoft.card.adaptive", content: { type: "AdaptiveCard", version: "1.4" } },
      ],
    });
    expect(await world.get(message.id)).toMatchObject({
      state: "delivered",
      channel: "teams",
      attempts: [{ outcome: "delivered", status: 202 }],
    });
    expect(await readable()).not.toMatch(/secret[XqQ]/);
  });
});

describe("a room that does not take it", () => {
  it.each([
    ["slack", "400"],
    ["slack", "403"],
    ["slack", "500"],
    ["teams", "400"],
    ["teams", "404"],
    ["teams", "502"],
  ] as const)("%s, %s: it is tried again, and nobody is paused", async (type, answers) => {
    const { world, name, id, readable } = await room(type, `${answers},200`);
    const message = await world.tell(id);
    await world.run({ untilMs: MINUTE });
    expect(await world.get(message.id)).toMatchObject({
      state: "delivered",
      attempts: [{ outcome: "status", status: Number(answers) }, { status: 200 }],
    });
    const [first, second] = await rig.receiver.requests(name);
    expect(second?.body).toBe(first?.body);
    expect((await world.subscriptions.get(world.tenant, id))?.paused).toBeUndefined();
    expect(await readable()).not.toMatch(/secret[XqQ]/);
  });

  it.each([
    ["slack", "404"],
    ["slack", "410"],
    ["teams", "410"],
  ] as const)("%s, %s: the room is gone, its subscription is paused and its owner told", async (type, answers) => {
    const { world, name, id, readable } = await room(type, answers);
    await world.subscribe(rig.receiver.at("200", `${name}-other`));
    const message = await world.tell(id);
    await world.run({ untilMs: MINUTE });
    expect(await world.get(message.id)).toMatchObject({ state: "failed", reason: "gone" });
    expect((await world.subscriptions.get(world.tenant, id))?.paused).toMatchObject({ why: "gone" });
    expect(await rig.receiver.requests(name)).toHaveLength(1);
    const [told] = await rig.receiver.requests(`${name}-other`);
    expect(JSON.parse(told?.body ?? "").data).toMatchObject({ subscription: { id }, why: "gone" });
    expect(told?.body).not.toMatch(/secret[XqQ]/);
    const text = await readable();
    expect(text).toContain("a subscription was paused");
    expect(text).not.toMatch(/secret[XqQ]/);
  });

  it.each(["slack", "teams"] as const)("%s, 429 with Retry-After: all of it waits for so long", async (type) => {
    const { world, name, id, readable } = await room(type, "429_30,200");
    const first = await world.tell(id);
    await world.run();
    const next = await world.tell(id);
    await world.run({ untilMs: 29_000 });
    expect(await rig.receiver.requests(name)).toHaveLength(1);
    await world.run({ untilMs: 5 * MINUTE });
    expect((await world.get(first.id)).attempts.map(({ status }) => status)).toEqual([429, 200]);
    expect((await world.get(next.id)).state).toBe("delivered");
    expect(await readable()).not.toMatch(/secret[XqQ]/);
  });

  it("whose connection breaks leaves no trace of its address", async () => {
    const { world, id, readable } = await room("slack", "reset");
    await world.tell(id);
    await world.run();
    const text = await readable();
    expect(text).toContain("connection_reset");
    expect(text).not.toMatch(/secret[XqQ]/);
  });
});

it("a room whose sealed address is gone is not called, and it says so", async () => {
  const { world, name } = rig.fresh();
  const { id } = await world.subscribe("https://hooks.slack.com/…", "slack");
  const message = await world.tell(id);
  await world.run();
  expect(await world.get(message.id)).toMatchObject({ state: "failed", reason: "address_missing" });
  expect(await rig.receiver.requests(name)).toEqual([]);
});
