import { linkOf, mailboxOf, press } from "../alerts/mailbox.ts";
import { type Api, eventually } from "../pipeline/api.ts";
import { aSubscription, type Belongings, subscriptionOf } from "./belongings.ts";
import { messagesTo } from "./walk-deliveries.ts";
import type { WholeCloud } from "./whole-cloud.ts";

/** Alerts by e-mail: everything that their functions do, once. */
export async function walkMail(whole: WholeCloud, { tenant }: Belongings, admin: Api): Promise<void> {
  const { cloud } = whole;
  const to = "walk@brand.example";
  const mailbox = mailboxOf(cloud.inbox ?? "", to);
  const mine = `/v1/subscriptions/${subscriptionOf(`${tenant}-mail`)}`;
  const document = { ...aSubscription(tenant), channel: { type: "email", to } };
  // Sent twice: the mail that asks is one.
  for (const _ of [1, 2]) await admin("POST", mine, { version: 0, document });
  await press(linkOf(await mailbox.nth(1), "confirm"), "answer=confirm");
  const test = await admin("POST", `${mine}/tests`, {});
  if (!test.json?.id) throw new Error(`no test was sent: ${test.text}`);
  await eventually(
    () => admin("GET", `/v1/deliveries/${test.json.id}`),
    ({ json }) => json?.state === "delivered",
    40,
  );
  const { tell } = messagesTo(whole, tenant);
  const told = await tell(subscriptionOf(`${tenant}-mail`));
  await mailbox.nth(3);
  await eventually(
    () => admin("GET", `/v1/deliveries/${told}`),
    ({ json }) => json?.state === "delivered",
    40,
  );
  // What is sent once more goes by the other queue.
  await admin("POST", `/v1/deliveries/${told}/replays`, {});
  await press(linkOf(await mailbox.nth(4), "unsubscribe"), "List-Unsubscribe=One-Click");
}
