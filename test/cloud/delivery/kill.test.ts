import { afterAll, beforeAll, expect, it } from "vitest";
import { apiOf, eventually } from "../pipeline/api.ts";
import { Touchstone } from "../pipeline/touchstone.ts";
import { openReceiver, type Receiver } from "./receiver.ts";

const touchstone = new Touchstone();
const SUBSCRIPTION = "sub_killedinside";
let receiver: Receiver;

beforeAll(async () => {
  receiver = await openReceiver();
  process.env.TOUCHSTONE_WEBHOOK_HOSTS = `127.0.0.1:${receiver.ports.http}`;
});
afterAll(async () => {
  await touchstone.end();
  receiver?.close();
});

it("killed by kill -9 between an attempt and its record, it delivers again under the same id", async () => {
  const first = await touchstone.start();
  const admin = apiOf(first, first.tokens.admin);
  // The receiver has the request and takes its time, in which nobody knows yet how it ends.
  const channel = { type: "webhook", url: receiver.at("slow_700,verified", "killed") };
  const document = { name: "Killed inside", places: ["verdict"], channel };
  const saved = await admin("POST", `/v1/subscriptions/${SUBSCRIPTION}`, { version: 0, document });
  expect(saved.status).toBe(200);
  const { json: made } = await admin("POST", `/v1/subscriptions/${SUBSCRIPTION}/secrets`, {});
  await receiver.knows({ killed: [made.secret] });
  const { json: test } = await admin("POST", `/v1/subscriptions/${SUBSCRIPTION}/tests`, {});
  await eventually(
    () => receiver.requests("killed"),
    (asked) => asked.length === 1,
  );
  await touchstone.stop("SIGKILL");

  const again = await touchstone.start();
  const reader = apiOf(again, again.tokens.admin);
  const { json } = await eventually(
    () => reader("GET", `/v1/deliveries/${test.id}`),
    (answer) => answer.json?.state === "delivered",
    200,
  );
  expect(json.attempts).toHaveLength(1);
  const asked = await receiver.requests("killed");
  expect(asked.map(({ id, verified }) => [id, verified])).toEqual([
    [test.id, true],
    [test.id, true],
  ]);
}, 400_000);
