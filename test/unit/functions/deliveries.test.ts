import { describe, expect, it } from "vitest";
import { getDelivery } from "../../../functions/deliveries/get-delivery.ts";
import { getEndpoint } from "../../../functions/deliveries/get-endpoint.ts";
import { listDeliveries } from "../../../functions/deliveries/list-deliveries.ts";
import { replayDeliveries } from "../../../functions/deliveries/replay-deliveries.ts";
import { replayDelivery } from "../../../functions/deliveries/replay-delivery.ts";
import { giveSecret } from "../../../functions/deliveries/rotate-secret.ts";
import { testSubscription } from "../../../functions/deliveries/test-subscription.ts";
import type { DeliveryMessage } from "../../../shared/contracts/delivery-message.ts";
import { deliveries as handingOver } from "../../../shared/delivery/deliveries.ts";
import { WELL } from "../../../shared/delivery/endpoint-health.ts";
import type { AuditFact } from "../../../shared/domain/audit.ts";
import type { Delivery } from "../../../shared/domain/delivery.ts";
import type { Subscription } from "../../../shared/domain/subscription.ts";
import type { Caller } from "../../../shared/domain/tenant.ts";
import type { DeliveryStore } from "../../../shared/store/deliveries.ts";
import type { Endpoint } from "../../../shared/store/endpoints.ts";
import { exampleSubscription } from "../alerts/alert-examples.ts";
import { exampleKeys, NOW } from "../domain/examples.ts";
import { memoryAllowances } from "./memory-allowances.ts";

const ADMIN: Caller = { tenant: "acme", actor: "key:1", role: "admin" };
const AUDITOR: Caller = { tenant: "acme", actor: "key:2", role: "auditor" };
const STRANGER: Caller = { tenant: "acme", actor: "key:3", role: "platform" };
const ID = "sub_aaaaaaaaaaaa";
const idOf = (index: number): string => `msg_${String(index).padStart(22, "0")}`;

const delivery = (index: number, more: Partial<Delivery> = {}): Delivery => ({
  id: idOf(index),
  tenant: "acme",
  subscription: ID,
  type: "verdict.flagged",
  channel: "webhook",
  about: `evt_${index}`,
  createdAt: new Date(NOW.getTime() + index * 1000).toISOString(),
  state: "failed",
  reason: "attempts_used_up",
  attempts: [{ at: NOW.toISOString(), ms: 12, outcome: "status", status: 500 }],
  round: { since: NOW.toISOString(), attempts: 1 },
  version: 3,
  ...more,
});

function world(subscription: Subscription = exampleSubscription(), stored: readonly Delivery[] = []) {
  const rows = new Map(stored.map((one) => [one.id, one]));
  const sent: DeliveryMessage[] = [];
  const logged: AuditFact[] = [];
  let endpoint: Endpoint = { secrets: [], health: WELL, version: 0 };
  const store: Pick<DeliveryStore, "add" | "get" | "change" | "log"> = {
    async add(made) {
      if (rows.has(made.id)) return false;
      rows.set(made.id, made);
      return true;
    },
    async get({ id }) {
      const found = rows.get(id);
      return found && { delivery: found, sealed: Buffer.of() };
    },
    async change(next) {
      if (rows.get(next.id)?.version !== next.version - 1) return false;
      rows.set(next.id, next);
      return true;
    },
    async log(_tenant, of, { since, until, after, limit }) {
      const all = [...rows.values()]
        .filter((one) => one.subscription === of && (!since || new Date(one.createdAt) >= since))
        .filter((one) => !until || new Date(one.createdAt) < until)
        .sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1))
        .filter((one) => after === undefined || `${one.createdAt}#${one.id}` < after);
      const page = all.slice(0, limit);
      const last = page.at(-1);
      return { deliveries: page, ...(all.length > limit && last && { next: `${last.createdAt}#${last.id}` }) };
    },
  };
  const queue = {
    async send(messages: readonly DeliveryMessage[]) {
      sent.push(...messages);
    },
  };
  const keys = exampleKeys();
  const ports = {
    subscriptions: {
      get: async (tenant: string, id: string) =>
        tenant === subscription.tenant && id === subscription.id ? subscription : undefined,
    },
    deliveries: store,
    endpoints: {
      get: async () => endpoint,
      async change(_tenant: string, _id: string, next: Endpoint) {
        if (next.version !== endpoint.version) return false;
        endpoint = { ...next, version: next.version + 1 };
        return true;
      },
    },
    keys,
    allowances: memoryAllowances(),
    retries: queue,
    audit: {
      async append(_tenant: string, facts: readonly AuditFact[]) {
        logged.push(...facts);
      },
    },
    outgoing: handingOver({ store, keys, queue }),
  };
  return { ports, rows, sent, logged, endpoint: () => endpoint };
}

const ask = (caller: Caller, id: string) => ({ caller, params: { id }, query: {}, body: {}, now: NOW });
const problemOf = (result: { ok: boolean; problem?: { type: string } }) =>
  result.ok ? undefined : result.problem?.type.split(":").at(-1);

describe("the log of deliveries", () => {
  it("says what each failure means and how to mend it, and not what was told", async () => {
    const { ports } = world(undefined, [delivery(1)]);
    const found = await getDelivery(ports)(ask(AUDITOR, idOf(1)));
    expect(found).toMatchObject({
      ok: true,
      value: {
        means: expect.stringContaining("replay"),
        attempts: [{ status: 500, means: expect.stringContaining("500") }],
      },
    });
    if (found.ok) expect(Object.keys(found.value)).not.toContain("version");
  });

  it("is another's, and then not known", async () => {
    const { ports } = world(undefined, [delivery(1)]);
    expect(problemOf(await getDelivery(ports)(ask(STRANGER, idOf(1))))).toBe("not_found");
    const all = { ...ask(STRANGER, ID), query: { limit: "50" } };
    expect(problemOf(await listDeliveries(ports)(all))).toBe("not_found");
    expect(problemOf(await getEndpoint(ports)(ask({ ...ADMIN, tenant: "other" }, ID)))).toBe("not_found");
  });

  it("is listed by state, page by page, each delivery once", async () => {
    const stored = Array.from({ length: 9 }, (_, index) =>
      delivery(index, index % 2 === 0 ? { state: "delivered" } : {}),
    );
    const { ports } = world(undefined, stored);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { state: "failed" as const, limit: "2", ...(cursor && { cursor }) };
      const page = await listDeliveries(ports)({ ...ask(ADMIN, ID), query });
      if (!page.ok) throw new Error("it was refused");
      seen.push(...page.value.deliveries.map(({ about }) => about));
      cursor = page.value.cursor;
    } while (cursor);
    expect(seen).toEqual(["evt_7", "evt_5", "evt_3", "evt_1"]);
  });
});

describe("what was made under wider limits", () => {
  const narrowed = exampleSubscription({}, { hearsSince: new Date(NOW.getTime() + 3_500).toISOString() });
  const stored = Array.from({ length: 6 }, (_, index) => delivery(index));

  it("is neither listed nor shown nor sent again", async () => {
    const { ports, sent } = world(narrowed, stored);
    const listed = await listDeliveries(ports)({ ...ask(ADMIN, ID), query: { limit: "50" } });
    expect(listed).toMatchObject({ value: { deliveries: [{ about: "evt_5" }, { about: "evt_4" }] } });
    expect(problemOf(await getDelivery(ports)(ask(ADMIN, idOf(3))))).toBe("not_found");
    expect(problemOf(await replayDelivery(ports)(ask(ADMIN, idOf(3))))).toBe("not_found");
    const body = { since: "2020-01-01T00:00:00.000Z", states: ["failed" as const] };
    expect(await replayDeliveries(ports)({ ...ask(ADMIN, ID), body })).toMatchObject({ value: { replayed: 2 } });
    expect(sent.map((message) => message.delivery).sort()).toEqual([idOf(4), idOf(5)]);
  });

  it("is nothing, where all that is asked for is of before", async () => {
    const { ports, sent } = world(narrowed, stored);
    const until = new Date(NOW.getTime() + 3_000).toISOString();
    const body = { since: NOW.toISOString(), until, states: ["failed" as const] };
    expect(await replayDeliveries(ports)({ ...ask(ADMIN, ID), body })).toEqual({ ok: true, value: { replayed: 0 } });
    const cursor = `${NOW.toISOString()}_${idOf(1)}`;
    for (const query of [
      { limit: "50", until },
      { limit: "50", cursor },
    ])
      expect(await listDeliveries(ports)({ ...ask(ADMIN, ID), query })).toEqual({
        ok: true,
        value: { deliveries: [] },
      });
    expect(sent).toEqual([]);
  });
});

describe("a replay", () => {
  it("sends one again as if it were new, and notes who wanted it", async () => {
    const { ports, sent, logged } = world(undefined, [delivery(1)]);
    const replayed = await replayDelivery(ports)(ask(ADMIN, idOf(1)));
    expect(replayed).toMatchObject({ ok: true, value: { state: "waiting" } });
    expect(sent).toEqual([{ v: 1, tenant: "acme", subscription: ID, delivery: idOf(1), version: 4 }]);
    expect(logged).toEqual([
      { actor: "key:1", role: "admin", action: "deliveries.replayed", facts: { subscription: ID, count: "1" } },
    ]);
    // What waits is left alone.
    expect(await replayDelivery(ports)(ask(ADMIN, idOf(1)))).toMatchObject({ ok: true, value: { state: "waiting" } });
    expect(sent).toHaveLength(1);
  });

  it("is for those who may change the subscription, and not while it is paused", async () => {
    const { ports } = world(undefined, [delivery(1)]);
    const moderator: Caller = { tenant: "acme", actor: "key:9", role: "moderator" };
    expect(problemOf(await replayDelivery(ports)(ask(moderator, idOf(1))))).toBe("forbidden");
    const paused = exampleSubscription({}, { paused: { why: "gone", at: NOW.toISOString() } });
    const still = world(paused, [delivery(1)]);
    expect(problemOf(await replayDelivery(still.ports)(ask(ADMIN, idOf(1))))).toBe("subscription_paused");
    const body = { since: NOW.toISOString(), states: ["failed" as const] };
    expect(problemOf(await replayDeliveries(still.ports)({ ...ask(ADMIN, ID), body }))).toBe("subscription_paused");
    expect(still.sent).toEqual([]);
  });

  it("of a window takes what failed or was cancelled in it, a page at a time, and no tests", async () => {
    const stored = Array.from({ length: 250 }, (_, index) => delivery(index));
    stored[7] = delivery(7, { state: "delivered" });
    stored[8] = delivery(8, { state: "cancelled", reason: "paused_gone" });
    stored[9] = delivery(9, { type: "subscription.test" });
    const { ports, sent } = world(undefined, stored);
    const since = new Date(NOW.getTime() + 5_000).toISOString();
    const until = new Date(NOW.getTime() + 240_000).toISOString();
    let cursor: string | undefined;
    const counts: number[] = [];
    do {
      const body = { since, until, states: ["failed" as const, "cancelled" as const], ...(cursor && { cursor }) };
      const page = await replayDeliveries(ports)({ ...ask(ADMIN, ID), body });
      if (!page.ok) throw new Error("it was refused");
      counts.push(page.value.replayed);
      cursor = page.value.cursor;
    } while (cursor);
    expect(counts).toEqual([100, 100, 33]);
    const wanted = Array.from({ length: 235 }, (_, index) => index + 5).filter((index) => index !== 7 && index !== 9);
    expect(new Set(sent.map((message) => message.delivery))).toEqual(new Set(wanted.map(idOf)));
  });
});

describe("how often something is sent again", () => {
  const email = exampleSubscription({ channel: { type: "email", to: "a@brand.example" } });
  const failed = Array.from({ length: 30 }, (_, index) => delivery(index, { channel: "email" }));

  it.each(["subscription.test", "subscription.confirmation"] as const)("%s never is", async (type) => {
    const { ports, sent } = world(undefined, [delivery(1, { type, state: "delivered" })]);
    expect(problemOf(await replayDelivery(ports)(ask(ADMIN, idOf(1))))).toBe("nothing_to_deliver_to");
    const body = { since: NOW.toISOString(), states: ["delivered" as const] };
    expect(await replayDeliveries(ports)({ ...ask(ADMIN, ID), body })).toMatchObject({ value: { replayed: 0 } });
    expect(sent).toEqual([]);
  });

  it("is 20 mails an hour, one by one or by windows", async () => {
    const { ports, sent } = world(email, failed);
    for (let index = 0; index < 5; index += 1) await replayDelivery(ports)(ask(ADMIN, idOf(index)));
    const body = { since: NOW.toISOString(), states: ["failed" as const] };
    const page = await replayDeliveries(ports)({ ...ask(ADMIN, ID), body });
    expect(page).toMatchObject({ value: { replayed: 15, cursor: expect.any(String) } });
    expect(problemOf(await replayDeliveries(ports)({ ...ask(ADMIN, ID), body }))).toBe("replayed_too_often");
    expect(problemOf(await replayDelivery(ports)(ask(ADMIN, idOf(9))))).toBe("replayed_too_often");
    expect(sent).toHaveLength(20);
    // An hour later there is room again.
    const later = { ...ask(ADMIN, idOf(9)), now: new Date(NOW.getTime() + 3_700_000) };
    expect((await replayDelivery(ports)(later)).ok).toBe(true);
  });

  it("is 600 requests an hour where it is no mail", async () => {
    const { ports } = world(undefined, [delivery(1)]);
    const body = { since: NOW.toISOString(), states: ["delivered" as const] };
    for (let request = 0; request < 600; request += 1) await replayDeliveries(ports)({ ...ask(ADMIN, ID), body });
    expect(problemOf(await replayDelivery(ports)(ask(ADMIN, idOf(1))))).toBe("replayed_too_often");
  });
});

describe("a test and a secret", () => {
  it("a test is handed over, also while the subscription is paused, and each is another", async () => {
    const paused = exampleSubscription({}, { paused: { why: "gone", at: NOW.toISOString() } });
    const { ports, sent, rows } = world(paused);
    const one = await testSubscription(ports)(ask(ADMIN, ID));
    const two = await testSubscription(ports)(ask(ADMIN, ID));
    expect(one).toMatchObject({ ok: true, value: { type: "subscription.test", state: "waiting" } });
    expect(sent).toHaveLength(2);
    expect(rows.size).toBe(2);
    expect(two.ok).toBe(true);
    const inbox = world(exampleSubscription({ channel: { type: "inbox" } }));
    expect(problemOf(await testSubscription(inbox.ports)(ask(ADMIN, ID)))).toBe("nothing_to_deliver_to");
  });

  it.each(["unconfirmed", "unsubscribed"] as const)("a test goes to no address that is %s", async (why) => {
    const channel = { type: "email", to: "stranger@example.com" };
    const { ports, rows } = world(exampleSubscription({ channel }, { paused: { why, at: NOW.toISOString() } }));
    expect(problemOf(await testSubscription(ports)(ask(ADMIN, ID)))).toBe("subscription_paused");
    expect(rows.size).toBe(0);
  });

  it("a test goes to a reader ten times an hour at most", async () => {
    const { ports, rows } = world(exampleSubscription({ channel: { type: "email", to: "somebody@example.com" } }));
    for (let sent = 0; sent < 10; sent += 1) expect((await testSubscription(ports)(ask(ADMIN, ID))).ok).toBe(true);
    expect(problemOf(await testSubscription(ports)(ask(ADMIN, ID)))).toBe("tested_too_often");
    expect(rows.size).toBe(10);
    const hourLater = { ...ask(ADMIN, ID), now: new Date(NOW.getTime() + 3_601_000) };
    expect((await testSubscription(ports)(hourLater)).ok).toBe(true);
  });

  it("a secret is shown once, and what is stored of it is sealed", async () => {
    const { ports, logged, endpoint } = world();
    const first = await giveSecret(ports)(ask(ADMIN, ID));
    const second = await giveSecret(ports)(ask(ADMIN, ID));
    if (!first.ok || !second.ok) throw new Error("it was refused");
    expect(first.value.secret).toMatch(/^whsec_/);
    expect(second.value.secret).not.toBe(first.value.secret);
    expect(second.value.former).toHaveLength(1);
    const view = await getEndpoint(ports)(ask(AUDITOR, ID));
    const kept = JSON.stringify([endpoint(), view, logged]);
    for (const { secret } of [first.value, second.value]) expect(kept).not.toContain(secret.slice(6));
    expect(logged.map(({ action }) => action)).toEqual(["secret.rotated", "secret.rotated"]);
    for (let more = 0; more < 3; more += 1) await giveSecret(ports)(ask(ADMIN, ID));
    expect(problemOf(await giveSecret(ports)(ask(ADMIN, ID)))).toBe("secret_limit");
    const email = world(exampleSubscription({ channel: { type: "email", to: "somebody@example.com" } }));
    expect(problemOf(await giveSecret(email.ports)(ask(ADMIN, ID)))).toBe("nothing_to_deliver_to");
  });
});
