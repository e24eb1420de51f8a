import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type EndpointHealth, WELL } from "../../../shared/delivery/endpoint-health.ts";
import { type AttemptPlan, type DeliveryLane, planAttempt } from "../../../shared/delivery/plan-attempt.ts";
import type { MessageType } from "../../../shared/domain/outgoing.ts";
import { PAUSES, type Subscription } from "../../../shared/domain/subscription.ts";
import { virtualCloud } from "./virtual-cloud.ts";

const NOW = new Date("2026-11-23T00:00:00Z");
const TENANT = "alpha";
const later = (seconds: number): string => new Date(NOW.getTime() + seconds * 1000).toISOString();

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

function aSubscription(why?: (typeof PAUSES)[number]): Subscription {
  const cloud = virtualCloud();
  const made = cloud.store.subscription(cloud.subscribe(TENANT, { answersIn: 1 }));
  if (!made) throw new Error("nothing was kept");
  return why ? { ...made, paused: { why, at: NOW.toISOString() } } : made;
}

interface Asked {
  readonly type?: MessageType;
  readonly why?: (typeof PAUSES)[number];
  readonly health?: EndpointHealth;
  readonly lane?: DeliveryLane;
  readonly since?: string;
  readonly hearsSince?: string;
}

function planOf(asked: Asked): AttemptPlan {
  const { type = "alert.opened", why, health = WELL, lane = "first", since = later(0), hearsSince } = asked;
  const cloud = virtualCloud();
  const message = cloud.messageTo(TENANT, "sub_aaaaaaaaaaaa");
  const { id, tenant, subscription } = message;
  const round = { since, attempts: 0 };
  const delivery = {
    id,
    tenant,
    subscription,
    type,
    about: id,
    createdAt: since,
    state: "waiting",
    attempts: [],
    round,
    version: 1,
  } as const;
  const to = { ...aSubscription(why), createdAt: later(-30 * 86_400), ...(hearsSince ? { hearsSince } : {}) };
  return planAttempt({ ...delivery, attempts: [] }, to, health, lane, NOW, 0.5);
}

describe("what was made under wider limits", () => {
  it("is not sent, and what came since is; a mail that asks holds nothing of it", () => {
    const hearsSince = later(-60);
    expect(planOf({ since: later(-61), hearsSince })).toEqual({ kind: "cancel", reason: "limits_narrowed" });
    expect(planOf({ since: later(-60), hearsSince }).kind).toBe("try");
    const asked = { type: "subscription.confirmation", why: "unconfirmed", since: later(-61), hearsSince } as const;
    expect(planOf(asked).kind).toBe("try");
    // Of one of this id before: it was made before this subscription was.
    expect(planOf({ since: later(-31 * 86_400) })).toEqual({ kind: "cancel", reason: "limits_narrowed" });
  });
});

describe("what stands still", () => {
  it.each(PAUSES)("paused as %s is not sent to", (why) => {
    expect(planOf({ why })).toEqual({ kind: "cancel", reason: `paused_${why}` });
  });

  it.each(PAUSES)("paused as %s is tested, unless nobody said yes there, or it was refused", (why) => {
    const isRefused = ["unconfirmed", "unsubscribed", "bounced"].includes(why);
    const expected = isRefused ? { kind: "cancel", reason: `paused_${why}` } : { kind: "try" };
    expect(planOf({ type: "subscription.test", why })).toEqual(expected);
  });

  it("is asked whether it wants to be written to", () => {
    const type = "subscription.confirmation";
    expect(planOf({ type, why: "unconfirmed" })).toEqual({ kind: "try" });
    expect(planOf({ type, why: "unsubscribed" })).toEqual({ kind: "cancel", reason: "paused_unsubscribed" });
  });

  it("because its owner's right ended comes into the inbox, once, and what was for it is cancelled", async () => {
    const cloud = virtualCloud({ environments: 1 });
    const id = cloud.subscribe(TENANT, { answersIn: 1 });
    cloud.store.keep({ ...aSubscription("owner_gone"), id });
    const messages = Array.from({ length: 3 }, () => cloud.messageTo(TENANT, id));
    const told = messages.map((message) => cloud.tell(message));
    await cloud.pass(5_000);
    await Promise.all(told);
    expect(cloud.seen).toEqual([]);
    expect(cloud.alerts.size).toBe(1);
    for (const message of messages)
      expect(cloud.store.standing(TENANT, message.id)).toMatchObject({
        state: "cancelled",
        reason: "paused_owner_gone",
      });
  });
});

describe("an endpoint in trouble", () => {
  const failing: EndpointHealth = { failures: 2, failingSince: later(-60), countedAt: later(-60) };
  const open: EndpointHealth = { ...failing, failures: 5, openUntil: later(100) };

  it("is left to the second queue, which asks it", () => {
    for (const health of [failing, { failures: 0, isSlow: true }]) {
      expect(planOf({ health })).toEqual({ kind: "hand_over" });
      expect(planOf({ health, lane: "again" })).toEqual({ kind: "try" });
    }
  });

  it.each(["first", "again"] as const)("whose circuit is open is asked by neither queue: %s", (lane) => {
    expect(planOf({ health: open, lane })).toEqual({ kind: "hold", until: new Date(NOW.getTime() + 115_000) });
  });

  it("is probed by the second queue when its time is over", () => {
    const health = { ...open, openUntil: later(-1) };
    expect(planOf({ health })).toEqual({ kind: "hand_over" });
    expect(planOf({ health, lane: "again" }).kind).toBe("probe");
  });

  it("is given up on after four days", () => {
    expect(planOf({ health: open, since: later(-4 * 86_400 - 1) }).kind).toBe("give_up");
  });
});
