import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Fixture } from "./start-fixture.ts";
import { startFixture } from "./start-fixture.ts";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.end());

describe("a message", () => {
  test("goes from topic through filter, queue and function to the table", async () => {
    await fixture.publish("wanted", { deed: "store", id: "wanted" });
    await fixture.publish("unwanted", { deed: "store", id: "unwanted" });
    expect(await fixture.cloud.idle(30_000)).toBe(true);
    expect(await fixture.stored()).toEqual(["wanted"]);
  });

  test("of a batch that partly failed is the only one to come again", async () => {
    await fixture.send(
      { deed: "count", id: "fine 1" },
      { deed: "retry", id: "at the second time", tries: 2 },
      { deed: "count", id: "fine 2" },
    );
    expect(await fixture.cloud.idle(30_000)).toBe(true);
    expect((await fixture.item("at the second time"))?.tries).toEqual({ N: "2" });
    for (const fine of ["fine 1", "fine 2"]) expect((await fixture.item(fine))?.tries).toEqual({ N: "1" });
    expect(await fixture.deadLetters()).toEqual([]);
  });

  test("that keeps failing ends as a dead letter after as many tries as the queue allows", async () => {
    await fixture.send({ deed: "retry", id: "poison", tries: 1_000 });
    expect(await fixture.cloud.idle(30_000)).toBe(true);
    expect((await fixture.item("poison"))?.tries).toEqual({ N: "2" });
    expect((await fixture.cloud.queueDepths()).QueueDead).toEqual({ waiting: 1, inFlight: 0, delayed: 0 });
    expect((await fixture.deadLetters()).map((body) => JSON.parse(body).id)).toEqual(["poison"]);
  });

  test("of almost 1 MB is one of ten: the mapping hands over no more than 6 MB at once", async () => {
    const ids = Array.from({ length: 10 }, (_, index) => `large ${index}`);
    await Promise.all(ids.map((id) => fixture.send({ deed: "count", id, filling: "x".repeat(1_000_000) })));
    expect(await fixture.cloud.idle(30_000)).toBe(true);
    // Together they would be refused each time; a busy machine may let one of them time out and come again.
    for (const id of ids) expect((await fixture.item(id))?.tries, id).toBeDefined();
  });

  test("is one of hundreds in a second", async () => {
    const { cloud } = fixture;
    await cloud.invoke("worker", { Records: [] });
    const before = cloud.functions().worker?.invocations ?? 0;
    const began = performance.now();
    for (let sent = 0; sent < 600; sent += 10) {
      await fixture.send(...Array.from({ length: 10 }, (_, index) => ({ deed: "store", id: `many ${sent + index}` })));
    }
    expect(await cloud.idle(30_000)).toBe(true);
    const perSecond = 600_000 / (performance.now() - began);
    expect((await fixture.stored()).filter((id) => id.startsWith("many"))).toHaveLength(600);
    expect((cloud.functions().worker?.invocations ?? 0) - before).toBeGreaterThanOrEqual(60);
    // Far under what it does on an idle machine, and three times what a mapping does that waits a second for each batch.
    expect(perSecond).toBeGreaterThan(30);
  });
});

describe("a schedule", () => {
  test("starts its function with the template's input", async () => {
    expect(fixture.cloud.schedules()).toEqual(["each-hour"]);
    await fixture.cloud.tick("each-hour");
    expect(await fixture.cloud.idle(30_000)).toBe(true);
    expect(await fixture.stored()).toContain("from the schedule");
  });
});

describe("a call that the role does not grant", () => {
  test("is refused as DynamoDB refuses it, logged without content, and not counted", async () => {
    const result = await fixture.cloud.invoke("worker", { ask: "scan" });
    expect(result).toEqual({ payload: JSON.stringify({ name: "AccessDeniedException", status: 400 }) });
    const table = `arn:aws:dynamodb:us-east-1:000000000000:table/${fixture.cloud.outputs.TableThings}`;
    await expect.poll(() => fixture.log("cloud")).toContain(`refused: worker may not dynamodb:Scan on ${table}\n`);
    const { worker } = await fixture.cloud.calls();
    expect(worker).toMatchObject({ "dynamodb:PutItem": expect.any(Number), "sqs:ReceiveMessage": expect.any(Number) });
    expect(worker).not.toHaveProperty("dynamodb:Scan");
  });
});
