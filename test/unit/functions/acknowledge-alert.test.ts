import { expect, it } from "vitest";
import { acknowledgeAlert } from "../../../functions/alerts/acknowledge-alert.ts";
import { openAlert } from "../../../shared/alerts/alert-life.ts";
import type { Alert } from "../../../shared/domain/alert.ts";
import type { Caller } from "../../../shared/domain/tenant.ts";
import { exampleSubscription, subscriptionNo, verdictEvent } from "../alerts/alert-examples.ts";
import { NOW } from "../domain/examples.ts";
import { memoryAudit } from "./desk-ports.ts";
import { codeOf } from "./subscription-editor.ts";

const BRAND: Caller = { tenant: "acme", actor: "bea", role: "brand", brands: ["hats"] };
const MODERATOR: Caller = { tenant: "acme", actor: "mona", role: "moderator" };
const desks = exampleSubscription({ filter: { brands: ["hats"] } }, { id: subscriptionNo(1) });
const brands = exampleSubscription(
  {},
  { id: subscriptionNo(2), owner: { actor: "bea", role: "brand", brands: ["hats"] } },
);

/** A duty that a subscription was told of. */
function duty(of: typeof desks, passedTo: string[] = []) {
  const event = verdictEvent({ lane: "severe_safety", brandIds: ["hats"], visibility: "public" });
  const id = `alr_20261122T120000000_${"a".repeat(16)}`;
  const made = openAlert(of, event, { id, subject: { by: "item", id: "1" }, notice: { kind: "now" } }, NOW);
  let standing: Alert = { ...made, duty: { escalated: passedTo.length, passedTo } };
  const known = new Map([desks, brands].map((one) => [one.id, one]));
  const ask = acknowledgeAlert({
    alerts: {
      get: async () => standing,
      noLongerWaits: async () => {},
      async replace(next) {
        standing = next;
        return true;
      },
    },
    counts: { parts: async () => [] },
    subscriptions: { get: async (_, one) => known.get(one) },
    audit: memoryAudit(),
  });
  return {
    by: (caller: Caller) => ask({ caller, params: { id }, query: {}, body: {}, now: NOW }),
    acknowledged: () => standing.acknowledged?.by,
  };
}

it("a brand silences no duty of the desk's, though it sees the alert", async () => {
  const it = duty(desks);
  expect(codeOf(await it.by(BRAND))).toBe("forbidden");
  expect(it.acknowledged()).toBeUndefined();
  expect((await it.by(MODERATOR)).ok).toBe(true);
  expect(it.acknowledged()).toBe("mona");
});

it("a brand answers its own, and what was passed on to it", async () => {
  const own = duty(brands);
  expect((await own.by(BRAND)).ok).toBe(true);
  const passed = duty(desks, [brands.id]);
  expect((await passed.by(BRAND)).ok).toBe(true);
  expect(passed.acknowledged()).toBe("bea");
});
