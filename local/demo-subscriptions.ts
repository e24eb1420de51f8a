import type { Place } from "../shared/domain/alert-place.ts";
import { type Subscription, subscriptionDocument } from "../shared/domain/subscription.ts";
import type { Role } from "../shared/domain/tenant.ts";
import { subscriptionStore } from "../shared/store/subscriptions.ts";
import { documentClient } from "../shared/store/table.ts";
import { tenantStore } from "../shared/store/tenants.ts";
import { LOCAL_USERS, SAMPLE_BRAND } from "./identity/users.ts";

const ON_CALL = "sub_demooncall00";

interface Wish {
  readonly id: string;
  /** Whose it is, among the local users. */
  readonly role: Exclude<Role, "platform">;
  readonly document: (actor: string) => Record<string, unknown> & { readonly places: readonly Place[] };
}

/** Who hears of what in the sample: a brand by e-mail, the desk in its inbox, and whoever is on call. */
const WISHES: readonly Wish[] = [
  {
    id: "sub_demobybrand0",
    role: "brand",
    document: (actor) => ({
      name: `What is said of ${SAMPLE_BRAND}`,
      places: ["verdict"],
      filter: { brands: [SAMPLE_BRAND] },
      channel: { type: "email", to: `${actor}@${SAMPLE_BRAND}.example` },
    }),
  },
  {
    id: ON_CALL,
    role: "lead",
    document: (actor) => ({
      name: "On call: floods, and duties that nobody took",
      places: ["breaker"],
      channel: { type: "email", to: `${actor}@touchstone.example` },
    }),
  },
  {
    id: "sub_demoharm0000",
    role: "lead",
    document: () => ({
      name: "Harm to life",
      places: ["verdict"],
      filter: { labels: ["self_harm", "threat", "child_safety"], minSeverity: 5 },
      channel: { type: "inbox" },
      duty: { ackMinutes: 30, escalateTo: ON_CALL },
    }),
  },
  {
    id: "sub_demostorm000",
    role: "lead",
    document: () => ({ name: "Storms of ratings", places: ["target"], channel: { type: "inbox" } }),
  },
];

/** Subscribes the local users, once and with confirmed addresses, so that the first mail is an alert. */
export async function subscribeDemo(directory: string, tenant: string, now: Date): Promise<void> {
  const table = { client: documentClient(), name: directory };
  const subscriptions = subscriptionStore(table);
  const at = now.toISOString();
  const wished = WISHES.flatMap(({ id, role, document }): Subscription[] => {
    const user = LOCAL_USERS.find((one) => one.role === role);
    if (!user) return [];
    const { name: actor, brands } = user;
    const owner = { actor, role, ...(brands && { brands: [...brands] }) };
    const made = { document: subscriptionDocument.parse(document(actor)), owner };
    return [{ id, tenant, version: 1, ...made, createdAt: at, changedAt: at, changedBy: actor }];
  });
  // At the first start only: what people changed or deleted since stays so.
  if ((await subscriptions.list(tenant)).length > 0) return;
  // First what the topics are asked for: a crash in between must not leave a subscription that hears of nothing.
  const places = [...new Set(wished.flatMap(({ document }) => document.places))].sort();
  await tenantStore(table).setAlerts(tenant, async () => ({ places, allowed: [] }));
  await Promise.all(wished.map((made) => subscriptions.save(made)));
}
