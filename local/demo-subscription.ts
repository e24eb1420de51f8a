import { type Subscription, subscriptionDocument } from "../shared/domain/subscription.ts";
import { subscriptionStore } from "../shared/store/subscriptions.ts";
import { documentClient } from "../shared/store/table.ts";
import { tenantStore } from "../shared/store/tenants.ts";
import { LOCAL_USERS, SAMPLE_BRAND } from "./identity/users.ts";

const ID = "sub_demobybrand0";

/** Subscribes the brand's local user by e-mail, once and confirmed, so that the first mail is an alert. */
export async function subscribeBrand(directory: string, tenant: string, now: Date): Promise<void> {
  const table = { client: documentClient(), name: directory };
  const subscriptions = subscriptionStore(table);
  const actor = LOCAL_USERS.find(({ role }) => role === "brand")?.name;
  if (actor === undefined || (await subscriptions.get(tenant, ID))) return;
  const at = now.toISOString();
  const made: Subscription = {
    id: ID,
    tenant,
    version: 1,
    document: subscriptionDocument.parse({
      name: `What is said of ${SAMPLE_BRAND}`,
      places: ["verdict"],
      filter: { brands: [SAMPLE_BRAND] },
      channel: { type: "email", to: `${actor}@${SAMPLE_BRAND}.example` },
    }),
    owner: { actor, role: "brand", brands: [SAMPLE_BRAND] },
    createdAt: at,
    changedAt: at,
    changedBy: actor,
  };
  // First what the topics are asked for: a crash in between must not leave a subscription that hears of nothing.
  await tenantStore(table).setAlerts(tenant, async () => ({ places: ["verdict"], allowed: [] }));
  await subscriptions.save(made);
}
