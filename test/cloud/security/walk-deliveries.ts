import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { outgoingOf } from "../../../shared/alerts/told-facts.ts";
import { deliveries, messageFor } from "../../../shared/delivery/deliveries.ts";
import { deliveryQueue } from "../../../shared/delivery/delivery-queue.ts";
import { postponed } from "../../../shared/domain/delivery.ts";
import { tenantKeys } from "../../../shared/keys/keys.ts";
import { kmsClient, unwrapByKms } from "../../../shared/keys/kms.ts";
import { sqsClient } from "../../../shared/queue/item-queue.ts";
import { dataKeyStore } from "../../../shared/store/data-keys.ts";
import { deliveryStore } from "../../../shared/store/deliveries.ts";
import { type Api, eventually } from "../pipeline/api.ts";
import { aSubscription, subscriptionOf } from "./belongings.ts";
import type { WholeCloud } from "./whole-cloud.ts";

/** A receiver that answers with the statuses of its path, one after the other, the last from then on: `/500,410/name`. */
export async function openStatuses(): Promise<{ readonly port: number; readonly close: () => void }> {
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const { url = "" } = request;
    const statuses = (url.split("/")[1] ?? "").split(",");
    const turn = asked.get(url) ?? 0;
    asked.set(url, turn + 1);
    response.writeHead(Number(statuses[Math.min(turn, statuses.length - 1)])).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** Hands messages to subscriptions over, as functions do. */
export function messagesTo({ cloud, table }: WholeCloud, tenant: string) {
  const keys = tenantKeys(
    unwrapByKms(kmsClient(), cloud.outputs.KeyContent ?? "", dataKeyStore(table("TableDirectory"))),
    () => new Date(),
  );
  const store = deliveryStore(table("TableDeliveries"));
  const queue = deliveryQueue(sqsClient(), cloud.outputs.QueueDeliveries ?? "");
  const tell = async (subscription: string, by = queue): Promise<string> => {
    const now = new Date();
    const notice = { tenant, subscription: { id: subscription, name: "x" } };
    const data = { about: "subscription" as const, notice };
    const parts = [randomUUID()];
    const message = outgoingOf({ id: subscription, tenant }, "subscription.paused", {
      at: now.toISOString(),
      data,
      parts,
    });
    await deliveries({ store, keys, queue: by }).enqueue(message, now);
    return message.id;
  };
  return { store, tell };
}

/** Messages to receivers: everything that their functions do, once. */
export async function walkDeliveries(whole: WholeCloud, tenant: string, admin: Api, port: number): Promise<void> {
  const { cloud } = whole;
  const { store, tell } = messagesTo(whole, tenant);
  const unsent = { send: async () => {} };

  const subscribe = async (statuses: string): Promise<string> => {
    const id = subscriptionOf(`${tenant}-${statuses}`);
    const channel = { type: "webhook", url: `http://127.0.0.1:${port}/${statuses}/${id}` };
    const document = { ...aSubscription(tenant), places: ["breaker"], filter: {}, channel };
    const saved = await admin("POST", `/v1/subscriptions/${id}`, { version: 0, document });
    if (saved.status !== 200) throw new Error(saved.text);
    return id;
  };
  const isState = (id: string, wanted: string) =>
    eventually(
      () => admin("GET", `/v1/deliveries/${id}`),
      ({ json }) => json?.state === wanted,
      40,
    );

  // One that takes what it is sent, and so tells the owner of the others: whoever is gone is paused, at once or later. One
  // after the other, since whoever is not paused yet is told of the rest.
  const well = await subscribe("200");
  for (const statuses of ["500,410", "410"]) await isState(await tell(await subscribe(statuses)), "failed");
  await eventually(
    () => admin("GET", `/v1/subscriptions/${well}/deliveries?state=delivered`),
    ({ json }) => json.deliveries.length >= 2,
  );

  // What its owner does.
  const test = await admin("POST", `/v1/subscriptions/${well}/tests`, {});
  await isState(test.json.id, "delivered");
  const told = await tell(well);
  await isState(told, "delivered");
  await admin("POST", `/v1/deliveries/${told}/replays`, {});
  await admin("POST", `/v1/subscriptions/${well}/secrets`, {});
  await admin("GET", `/v1/subscriptions/${well}/endpoint`);

  // A message that comes before its time is put back; one whose time has come is found by the sweep.
  const early = await tell(well, unsent);
  const waiting = (await store.get({ tenant, id: early }, new Date()))?.delivery;
  if (!waiting) throw new Error("it was not stored");
  const soon = postponed(waiting, new Date(Date.now() + 30_000));
  await store.change(soon);
  const body = JSON.stringify(messageFor(soon));
  for (const name of ["deliver", "deliver-again"]) await cloud.invoke(name, delivered(body));
  const due = postponed(soon, new Date(Date.now() - 60_000));
  await store.change(due, new Date(Date.now() - 60_000));
  for (const schedule of cloud.schedules()) await cloud.tick(schedule);
  await isState(early, "delivered");
}

const delivered = (body: string) => ({
  Records: [
    {
      messageId: "m-1",
      receiptHandle: "none",
      body,
      attributes: { ApproximateReceiveCount: "1", ApproximateFirstReceiveTimestamp: String(Date.now()) },
      messageAttributes: {},
      md5OfBody: "",
      eventSource: "aws:sqs",
      eventSourceARN: "",
      awsRegion: "us-east-1",
    },
  ],
});
