import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { outgoingOf } from "../../../shared/alerts/told-facts.ts";
import { deliveries } from "../../../shared/delivery/deliveries.ts";
import { deliveryQueue } from "../../../shared/delivery/delivery-queue.ts";
import { tenantKeys } from "../../../shared/keys/keys.ts";
import { kmsClient, unwrapByKms } from "../../../shared/keys/kms.ts";
import { sqsClient } from "../../../shared/queue/item-queue.ts";
import { dataKeyStore } from "../../../shared/store/data-keys.ts";
import { deliveryStore } from "../../../shared/store/deliveries.ts";
import { type Api, aPost, apiOf, eventually } from "../pipeline/api.ts";
import { openWholeCloud, type WholeCloud } from "../security/whole-cloud.ts";
import { openReceiver, type Receiver } from "./receiver.ts";

// Subscriptions made by the API, messages through queues and functions, a receiver in a process of its own.

const TENANT = "alpha";
let receiver: Receiver;
/** Where nobody listens any more. */
let closedPort: number;
let whole: WholeCloud;
let admin: Api;
let platform: Api;

beforeAll(async () => {
  const closed = await openReceiver();
  receiver = await openReceiver();
  closedPort = closed.ports.http ?? 0;
  closed.close();
  const hosts = [receiver.ports.http, closedPort].map((port) => `127.0.0.1:${port}`).join();
  whole = await openWholeCloud({ environment: { DELIVERY_HOSTS: hosts } });
  await whole.addTenant(TENANT);
  admin = apiOf(whole.cloud, await whole.keyFor(TENANT, "admin"));
  platform = apiOf(whole.cloud, await whole.keyFor(TENANT, "platform"));
});
afterAll(async () => {
  await whole?.end();
  receiver?.close();
});

const idOf = (index: number): string => `sub_${String(index).padStart(12, "0")}`;

async function subscribe(id: string, url: string, more: object = {}): Promise<void> {
  const document = { name: `Of ${id}`, places: ["verdict"], channel: { type: "webhook", url }, ...more };
  const saved = await admin("POST", `/v1/subscriptions/${id}`, { version: 0, document });
  expect([saved.status, saved.text.slice(0, 300)]).toEqual([200, expect.anything()]);
}

/** Hands messages over as the functions that match and sweep do. */
function handOver() {
  const stored = dataKeyStore(whole.table("TableDirectory"));
  const keys = tenantKeys(unwrapByKms(kmsClient(), whole.cloud.outputs.KeyContent ?? "", stored), () => new Date());
  const queue = deliveryQueue(sqsClient(), whole.cloud.outputs.QueueDeliveries ?? "");
  const port = deliveries({ store: deliveryStore(whole.table("TableDeliveries")), keys, queue });
  return async (id: string): Promise<string> => {
    const now = new Date();
    const notice = { tenant: TENANT, subscription: { id, name: "x" }, why: "told" };
    const message = outgoingOf({ id, tenant: TENANT }, "subscription.paused", {
      at: now.toISOString(),
      data: { about: "subscription", notice },
      parts: [randomUUID()],
    });
    await port.enqueue(message, now);
    return message.id;
  };
}

const settled = (id: string) =>
  eventually(
    () => admin("GET", `/v1/deliveries/${id}`),
    ({ json }) => json?.state !== undefined && json.state !== "waiting",
    60,
  );

it("a secret is shown once, a test arrives signed with it, and the log says so without what was told", async () => {
  const id = idOf(1);
  await subscribe(id, receiver.at("verified", "tested"));
  const rotated = await admin("POST", `/v1/subscriptions/${id}/secrets`, {});
  expect([rotated.status, rotated.json.former]).toEqual([201, []]);
  await receiver.knows({ tested: [rotated.json.secret] });

  const test = await admin("POST", `/v1/subscriptions/${id}/tests`, {});
  expect([test.status, test.json.state]).toEqual([202, "waiting"]);
  const { json } = await settled(test.json.id);
  expect(json).toMatchObject({
    state: "delivered",
    type: "subscription.test",
    attempts: [{ outcome: "delivered", status: 200, means: "The receiver took it." }],
  });
  const [asked] = await receiver.requests("tested");
  expect(asked).toMatchObject({ id: test.json.id, verified: true });

  const again = await admin("POST", `/v1/subscriptions/${id}/secrets`, {});
  expect(again.json.former).toEqual([{ since: expect.any(String), until: expect.any(String) }]);
  const endpoint = await admin("GET", `/v1/subscriptions/${id}/endpoint`);
  expect(endpoint.json).toMatchObject({ state: "well", failures: 0 });
  expect(endpoint.json.secrets).toHaveLength(2);
  // Neither answers nor tables nor logs hold a secret.
  const everything = `${endpoint.text} ${JSON.stringify([...(await whole.rows())])} ${whole.logged()}`;
  for (const secret of [rotated.json.secret, again.json.secret]) expect(everything).not.toContain(secret.slice(6));
});

it("a flagged post becomes a signed alert, and is replayed under the same id", async () => {
  const id = idOf(2);
  await subscribe(id, receiver.at("verified", "alerted"));
  const { json: made } = await admin("POST", `/v1/subscriptions/${id}/secrets`, {});
  await receiver.knows({ alerted: [made.secret] });
  // Publishers read a tenant's settings every 30 seconds at most.
  const asked = await eventually(
    async () => {
      const item = aPost(`alerting-${randomUUID()}`, "You are an idiot and a loser, and everybody hates you.");
      await platform("POST", "/v1/items", { items: [item] });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return receiver.requests("alerted");
    },
    (found) => found.length > 0,
    60,
  );
  expect(asked[0]).toMatchObject({ verified: true });
  const body = JSON.parse(asked[0]?.body ?? "");
  expect(body).toMatchObject({
    specversion: "1.0",
    source: `urn:touchstone:${TENANT}`,
    type: expect.stringMatching(/^touchstone\.alert\./),
  });
  expect(asked[0]?.body).not.toContain("idiot");

  const first = String(asked[0]?.id);
  await settled(first);
  const replayed = await admin("POST", `/v1/deliveries/${first}/replays`, {});
  expect([replayed.status, replayed.json.state]).toEqual([202, "waiting"]);
  await eventually(
    () => receiver.requests("alerted"),
    (found) => found.filter((one) => one.id === first && one.verified).length === 2,
  );
  const log = await admin("GET", `/v1/subscriptions/${id}/deliveries`);
  expect(log.json.deliveries.map((one: { id: string }) => one.id)).toContain(first);
});

it("what failed is tried again, what is gone is paused, and both stand in the log with their reasons", async () => {
  const tell = handOver();
  await subscribe(idOf(3), receiver.at("500,200", "mended"));
  await subscribe(idOf(4), receiver.at("410", "gone"));
  const [mended, gone] = await Promise.all([tell(idOf(3)), tell(idOf(4))]);
  expect((await settled(mended)).json.attempts).toMatchObject([
    { status: 500, means: expect.stringContaining("500") },
    { status: 200 },
  ]);
  expect((await settled(gone)).json).toMatchObject({ state: "failed", reason: "gone" });
  const paused = await eventually(
    () => admin("GET", `/v1/subscriptions/${idOf(4)}`),
    ({ json }) => json.state === "paused",
  );
  expect(paused.json.paused).toMatchObject({ why: "gone" });
  expect((await admin("POST", `/v1/deliveries/${gone}/replays`, {})).json.type).toMatch(/subscription_paused$/);

  const version = paused.json.version;
  await admin("POST", `/v1/subscriptions/${idOf(4)}/enable`, { version });
  const since = new Date(Date.now() - 60_000).toISOString();
  const window = await admin("POST", `/v1/subscriptions/${idOf(4)}/replays`, { since });
  expect([window.status, window.json]).toEqual([202, { replayed: 1 }]);
  await eventually(
    () => receiver.requests("gone"),
    (found) => found.filter((one) => one.id === gone).length === 2,
  );
});

// That nobody waits is proved where time is the test's own: test/unit/delivery/dead-and-living.test.ts. Here it is the whole
// that runs, and its figures are shown; how fast it is depends on what else this machine does.
it("fifty dead endpoints of a hundred, dead in five ways, keep nothing of the living ones from arriving", async () => {
  const tell = handOver();
  const store = deliveryStore(whole.table("TableDeliveries"));
  const of = (id: string) => store.get({ tenant: TENANT, id }, new Date());
  const plain = `127.0.0.1:${receiver.ports.http}`;
  const deaths: Readonly<Record<string, { readonly url: string; readonly reason: string }>> = {
    silent: { url: receiver.at("hang", "silent"), reason: "answer_timed_out" },
    resetting: { url: receiver.at("reset", "resetting"), reason: "connection_reset" },
    failing: { url: receiver.at("500", "failing"), reason: "status" },
    untrusted: { url: `https://${plain}/do/200/untrusted`, reason: "tls_failed" },
    closed: { url: `http://127.0.0.1:${closedPort}/do/200/closed`, reason: "connection_refused" },
  };
  const living = Array.from({ length: 50 }, (_, index) => idOf(100 + index));
  const dead = Object.values(deaths).flatMap((death, kind) =>
    Array.from({ length: 10 }, (_, index) => ({ ...death, id: idOf(200 + 10 * kind + index) })),
  );
  for (const id of living) await subscribe(id, receiver.at("200", "living"));
  for (const { id, url } of dead) await subscribe(id, url);

  /** Hands messages over, to those that fail first. @returns how long each of the living waited (ms, sorted), and the others' deliveries */
  async function wave(toDead: typeof dead) {
    const failing = await Promise.all(toDead.map(async ({ id, reason }) => ({ told: await tell(id), reason })));
    const handed = new Map<string, number>();
    for (const id of living) {
      const at = Date.now();
      handed.set(await tell(id), at);
    }
    // Whatever has not come says in the log why.
    const missing = async () => {
      const seen = new Set((await receiver.requests("living")).map(({ id }) => id));
      const left = [...handed.keys()].filter((id) => !seen.has(id));
      const rows = await Promise.all(left.slice(0, 5).map(of));
      return { left: left.length, some: rows.map((row) => row?.delivery) };
    };
    await eventually(missing, ({ left }) => left === 0, 100);
    const arrived = (await receiver.requests("living")).filter(({ id }) => handed.has(id));
    const waits = arrived.map(({ id, at }) => at - (handed.get(id) ?? 0)).sort((one, other) => one - other);
    return { waits, told: [...handed.keys()], failing };
  }

  const shown = (waits: readonly number[]) =>
    [0.5, 0.95, 1].map((share) => `p${share * 100} ${waits[Math.floor(share * (waits.length - 1))]} ms`).join(", ");
  const alone = await wave([]);
  const beside = await wave(dead);
  const known = await wave(dead);
  process.stdout.write(
    `to 50 living endpoints alone ${shown(alone.waits)}; beside 50 that just died in five ways ${shown(beside.waits)}; beside 50 known to be dead ${shown(known.waits)}\n`,
  );
  for (const id of [...alone.told, ...beside.told, ...known.told])
    expect((await settled(id)).json).toMatchObject({ state: "delivered", attempts: [{ status: 200 }] });
  // The others were tried, wait for another time, and each says why. An attempt that a busy machine cuts off comes again
  // when its message is visible again, two minutes later.
  for (const { told, reason } of beside.failing) {
    const row = await eventually(
      () => of(told),
      (found) => (found?.delivery.attempts.length ?? 0) > 0,
      300,
    );
    expect(row?.delivery).toMatchObject({ state: "waiting" });
    expect(row?.delivery.attempts[0]?.outcome).toBe(reason);
  }
}, 900_000);
