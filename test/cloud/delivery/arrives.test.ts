import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messageFor } from "../../../shared/delivery/deliveries.ts";
import { rotateSecret } from "../../../shared/delivery/signing-secrets.ts";
import { webhookBody } from "../../../shared/delivery/webhook-sender.ts";
import { keys, openRig, type WorldRig } from "./delivery-world.ts";

// What arrives at a receiver that is well.

let rig: WorldRig;

beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig?.close());

describe("a webhook", () => {
  it("arrives once, signed, as a CloudEvent", async () => {
    const { world, name } = rig.fresh();
    const { id, secret } = await world.subscribe(rig.receiver.at("verified", name));
    await rig.receiver.knows({ [name]: [secret] });
    const message = await world.tell(id);
    await world.run();
    const [asked, ...more] = await rig.receiver.requests(name);
    expect(more).toEqual([]);
    expect(asked).toMatchObject({ id: message.id, verified: true, body: webhookBody(message) });
    expect(asked?.headers["content-type"]).toBe("application/cloudevents+json");
    expect(JSON.parse(asked?.body ?? "")).toMatchObject({
      specversion: "1.0",
      type: "touchstone.subscription.paused",
      source: `urn:touchstone:${world.tenant}`,
      subject: id,
      datacontenttype: "application/json",
    });
    expect(await world.get(message.id)).toMatchObject({
      state: "delivered",
      channel: "webhook",
      attempts: [{ outcome: "delivered", status: 200 }],
    });
    // Nothing is written about an endpoint that is well.
    expect((await world.endpoints.get(world.tenant, id)).version).toBe(1);
  });

  it("is handed over once, however often", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at("200", name));
    const message = await world.tell(id);
    world.queued.push(...world.queued);
    await world.run();
    const first = await world.get(message.id);
    // The queue brings it once more, much later.
    world.queued.push({ lane: "first", at: 0, message: messageFor({ ...first, version: 1 }) });
    await world.run();
    const asked = await rig.receiver.requests(name);
    // Twice at the same moment may be tried twice, under one id; it stands once.
    expect(new Set(asked.map((one) => one.id))).toEqual(new Set([message.id]));
    expect(asked.length).toBeLessThanOrEqual(2);
    expect(await world.get(message.id)).toEqual(first);
    expect(first.attempts).toHaveLength(1);
  });

  it("is signed with both secrets for a day after a rotation", async () => {
    const { world, name } = rig.fresh();
    const { id, secret } = await world.subscribe(rig.receiver.at("verified", name));
    const next = await rotateSecret({ endpoints: world.endpoints, keys }, world.tenant, id, world.now());
    for (const known of [secret, next?.secret ?? ""]) {
      await rig.receiver.knows({ [name]: [known] });
      const { id: told } = await world.tell(id);
      await world.run();
      expect((await world.get(told)).state).toBe("delivered");
    }
    const [asked] = await rig.receiver.requests(name);
    expect(String(asked?.headers["webhook-signature"]).split(" ")).toHaveLength(2);
  });

  it("tells nobody what it holds: neither secret nor body stands readable in a table", async () => {
    const { world, name } = rig.fresh();
    const { id, secret } = await world.subscribe(rig.receiver.at("200", name));
    const message = await world.tell(id);
    const stored = await world.store.get({ tenant: world.tenant, id: message.id }, world.now());
    const rows = `${Buffer.from(stored?.sealed ?? []).toString("latin1")} ${JSON.stringify(stored?.delivery)} ${JSON.stringify(await world.endpoints.get(world.tenant, id))}`;
    expect(rows).not.toContain("Of a test");
    expect(rows).not.toContain(secret.slice(6));
  });
});
