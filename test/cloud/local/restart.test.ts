import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DecryptCommand, GenerateDataKeyCommand } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fixture } from "./start-fixture.ts";
import { startFixture } from "./start-fixture.ts";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.end());

test("what was stored, queued and sealed outlives a restart", async () => {
  const EncryptionContext = { tenant: "acme" };
  const { CiphertextBlob, Plaintext } = await fixture.kms.send(
    new GenerateDataKeyCommand({ KeyId: "alias/fixture", KeySpec: "AES_256", EncryptionContext }),
  );
  await fixture.send({ deed: "store", id: "kept" }, { deed: "retry", id: "poison", tries: 1_000 });
  expect(await fixture.cloud.idle(30_000)).toBe(true);
  const former = fixture.cloud.operatorEnvironment;

  await fixture.restart();

  expect(await fixture.stored()).toEqual(["kept"]);
  expect((await fixture.deadLetters()).map((body) => JSON.parse(body).id)).toEqual(["poison"]);
  const opened = await fixture.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
  expect(opened.Plaintext).toEqual(Plaintext);
  // The subscription was made anew: one delivery, not two.
  await fixture.publish("wanted", { deed: "count", id: "after the restart" });
  expect(await fixture.cloud.idle(30_000)).toBe(true);
  expect((await fixture.item("after the restart"))?.tries).toEqual({ N: "1" });
  expect(fixture.cloud.operatorEnvironment.AWS_ACCESS_KEY_ID).toBe(former.AWS_ACCESS_KEY_ID);
});

test("a message that was being worked on when the cloud ended comes again at once", async () => {
  const before = (await fixture.item("unfinished"))?.tries;
  expect(before).toBeUndefined();
  await fixture.send({ deed: "retry", id: "unfinished", tries: 2 });
  const tries = expect.poll(async () => (await fixture.item("unfinished"))?.tries, { interval: 10, timeout: 10_000 });
  await tries.toEqual({ N: "1" });
  await fixture.restart();
  expect(await fixture.cloud.idle(30_000)).toBe(true);
  expect((await fixture.item("unfinished"))?.tries).toEqual({ N: "2" });
});

test("a function's credentials of a former run are worth nothing", async () => {
  const keyOf = async () => {
    const result = await fixture.cloud.invoke("worker", { ask: "environment" });
    if ("error" in result) throw new Error(result.error.errorMessage);
    return JSON.parse(result.payload).variables;
  };
  const former = await keyOf();
  await fixture.restart();
  expect((await keyOf()).AWS_ACCESS_KEY_ID).not.toBe(former.AWS_ACCESS_KEY_ID);
  const stale = new DynamoDBClient({
    endpoint: fixture.cloud.operatorEnvironment.AWS_ENDPOINT_URL_DYNAMODB ?? "",
    region: "us-east-1",
    credentials: { accessKeyId: former.AWS_ACCESS_KEY_ID, secretAccessKey: former.AWS_SECRET_ACCESS_KEY },
  });
  await expect(stale.send(new ListTablesCommand({}))).rejects.toMatchObject({ name: "UnrecognizedClientException" });
});

test("secrets are for the owner's eyes only, and no part listens beyond this machine", () => {
  for (const name of ["operator.json", "keyring.json"]) {
    expect(statSync(join(fixture.dataDir, name)).mode & 0o077).toBe(0);
  }
  const listening = readFileSync("/proc/net/tcp", "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === "0A")
    .map(([, local = ""]) => local.split(":"));
  const ports = Object.values(fixture.cloud.operatorEnvironment)
    .concat(fixture.cloud.url)
    .flatMap((value) => (value.startsWith("http") ? [Number(new URL(value).port)] : []));
  expect(new Set(ports).size).toBe(5);
  for (const port of ports) {
    const addresses = listening.filter(([, hex = ""]) => Number.parseInt(hex, 16) === port).map(([address]) => address);
    expect(addresses).toEqual(["0100007F"]);
  }
});
