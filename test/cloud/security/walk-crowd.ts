import { toAsciiJson } from "../../../shared/runtime/read-json.ts";
import { alertStore } from "../../../shared/store/alerts.ts";
import { subscriptionStore } from "../../../shared/store/subscriptions.ts";
import { exampleSubscription, subscriptionNo } from "../../unit/alerts/alert-examples.ts";
import { exampleVerdict } from "../../unit/domain/examples.ts";
import { eventually } from "../pipeline/api.ts";
import { delivered } from "./walk-world.ts";
import type { WholeCloud } from "./whole-cloud.ts";

/** A tenant of its own: of others it is remembered for a while who subscribed. */
const CROWD = "crowd";
/** One more than one run tells. */
const MANY = 101;

/** A verdict of which more want to hear than one run can tell: the message is sent on, and all hear of it. */
export async function walkCrowd({ cloud, table, addTenant }: WholeCloud): Promise<void> {
  await addTenant(CROWD, { alerts: { places: ["verdict"], allowed: [] } });
  const subscriptions = subscriptionStore(table("TableDirectory"));
  const channel = { type: "inbox" };
  for (let n = 0; n < MANY; n += 1)
    await subscriptions.save(exampleSubscription({ channel }, { id: subscriptionNo(n), tenant: CROWD }));
  const verdict = exampleVerdict({ tenant: CROWD });
  await cloud.invoke("match-alerts", delivered(toAsciiJson({ v: 1, verdict }), "1"));
  const alerts = alertStore(table("TableDeliveries"));
  await eventually(
    () => alerts.ofDay(CROWD, new Date().toISOString().slice(0, 10), 2 * MANY),
    ({ length }) => length === MANY,
  );
}
