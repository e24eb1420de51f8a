import { afterAll, beforeAll, expect, it } from "vitest";
import { subscriptionStore } from "../../../shared/store/subscriptions.ts";
import { documentClient } from "../../../shared/store/table.ts";
import { apiOf, eventually } from "../pipeline/api.ts";
import { Touchstone } from "../pipeline/touchstone.ts";
import { openReceiver, type Receiver } from "./receiver.ts";

// `npm start` as most start it: nobody named a host that may be called.

const touchstone = new Touchstone();
let receiver: Receiver;

beforeAll(async () => {
  delete process.env.TOUCHSTONE_WEBHOOK_HOSTS;
  delete process.env.DELIVERY_HOSTS;
  receiver = await openReceiver();
});
afterAll(async () => {
  await touchstone.end();
  receiver?.close();
});

it("on one machine, too, its own addresses are refused when they are saved, and when they are stored all the same", async () => {
  const connection = await touchstone.start();
  const admin = apiOf(connection, connection.tokens.admin);
  const url = receiver.at("200", "inner");
  const { port } = new URL(url);
  const documentTo = (address: string) => ({
    name: "Inner",
    places: ["verdict"],
    channel: { type: "webhook", url: address },
  });
  for (const inner of [
    url,
    `https://127.0.0.1:${port}/`,
    "https://127.0.0.1/",
    "https://localhost/",
    "https://[::1]/",
  ]) {
    const saved = await admin("POST", "/v1/subscriptions/sub_innerrefused", {
      version: 0,
      document: documentTo(inner),
    });
    expect([inner, saved.status, saved.json.errors?.[0]?.pointer]).toEqual([inner, 422, "/document/channel/url"]);
  }

  const id = "sub_innerstored0";
  const saved = await admin("POST", `/v1/subscriptions/${id}`, {
    version: 0,
    document: documentTo("https://hooks.example.com/"),
  });
  expect(saved.status).toBe(200);
  Object.assign(process.env, connection.environment);
  const directory = { client: documentClient(), name: connection.outputs.TableDirectory ?? "" };
  const subscriptions = subscriptionStore(directory);
  const found = await subscriptions.get(connection.tenant, id);
  if (found?.document.channel.type !== "webhook") throw new Error("no such webhook");
  const inner = { ...found.document, channel: { ...found.document.channel, url } };
  expect(await subscriptions.save({ ...found, version: found.version + 1, document: inner })).toBe(true);

  const { json: test } = await admin("POST", `/v1/subscriptions/${id}/tests`, {});
  const { json } = await eventually(
    () => admin("GET", `/v1/deliveries/${test.id}`),
    (answer) => answer.json?.state === "failed",
    100,
  );
  expect(json.attempts).toMatchObject([{ outcome: "not_https" }]);
  expect(await receiver.requests()).toEqual([]);
}, 300_000);
