import { alertIdOf, openAlert } from "../../../shared/alerts/alert-life.ts";
import { tallyOf, together } from "../../../shared/alerts/tally.ts";
import { alertCountStore } from "../../../shared/store/alert-counts.ts";
import { alertStore } from "../../../shared/store/alerts.ts";
import { gatheringStore } from "../../../shared/store/gatherings.ts";
import { subscriptionStore } from "../../../shared/store/subscriptions.ts";
import { reviewEvent } from "../../unit/alerts/alert-examples.ts";
import { type Api, eventually } from "../pipeline/api.ts";
import { aSubscription, type Belongings, subscriptionOf } from "./belongings.ts";
import type { WholeCloud } from "./whole-cloud.ts";

const HOUR = 3_600_000;
/** A flagged verdict that the walk's alerts are of. */
const subject = { by: "target", id: "of-the-walk" } as const;

/** Subscriptions and alerts: everything that their functions do, once. */
export async function walkAlerts({ cloud, table }: WholeCloud, has: Belongings, admin: Api): Promise<void> {
  const { tenant } = has;
  const ok = async (method: "GET" | "POST", path: string, body?: unknown) => {
    const answer = await admin(method, path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
    return answer.json;
  };
  await ok("GET", "/v1/subscriptions");
  await ok("GET", `/v1/subscriptions/${has.subscription}`);
  // A chat room's address is sealed.
  const room = `/v1/subscriptions/${subscriptionOf(`${tenant}-room`)}`;
  const channel = { type: "slack", url: "https://chat.example/services/room" };
  const digest = { kind: "digest", every: "hour", timeZone: "UTC" };
  const document = { ...aSubscription(tenant), channel, timing: digest };
  await ok("POST", room, { version: 0, document });
  await ok("POST", `${room}/disable`, { version: 1 });
  await ok("POST", `${room}/delete`, { version: 2 });
  await ok("GET", "/v1/alerts");
  await ok("GET", `/v1/alerts/${has.alert}`);
  await ok("POST", `/v1/alerts/${has.alert}/acknowledge`, {});

  // An alert that something joined two hours ago has ended; a digest of it is due; a duty was acknowledged by nobody.
  const deliveries = table("TableDeliveries");
  const alerts = alertStore(deliveries);
  const subscription = await subscriptionStore(table("TableDirectory")).get(tenant, has.subscription);
  if (!subscription) throw new Error("the subscription is not there");
  const then = new Date(Date.now() - 2 * HOUR);
  const [first, second] = [1, 2].map((n) => reviewEvent(n, { tenant, scoredAt: then.toISOString() }));
  if (!first || !second) throw new Error("no events");
  const id = alertIdOf(subscription.id, subject, first.facts.id, then);
  const made = openAlert(subscription, first, { id, subject, notice: { kind: "now" } }, then);
  await alerts.add({ ...made, duty: { escalated: 0, due: then.toISOString(), escalateTo: subscription.id } }, then);
  // One that waits is listed, and acknowledged.
  const other = alertIdOf(subscription.id, subject, second.facts.id, then);
  const waits = openAlert(subscription, second, { id: other, subject, notice: { kind: "inbox" } }, then);
  await alerts.add({ ...waits, duty: { escalated: 1 } });
  await ok("GET", "/v1/alerts?duty=waiting");
  await ok("POST", `/v1/alerts/${other}/acknowledge`, {});
  const counted = { id: second.facts.id, at: second.facts.at, tally: tallyOf(second) };
  await alertCountStore(deliveries, together).count({ tenant, id }, [counted], then);
  const gathering = { tenant, subscription: subscription.id, reason: "digest", due: then.toISOString() } as const;
  await gatheringStore(deliveries).add(gathering, id);
  for (const schedule of cloud.schedules()) await cloud.tick(schedule);
  await eventually(
    () => admin("GET", `/v1/alerts/${id}`),
    ({ json }) => json?.state === "ended" && json.tally.count === 2 && json.escalations === 1,
  );
}
