import { rotateSecret } from "../../shared/delivery/signing-secrets.ts";
import type { AlertWants } from "../../shared/domain/alert-wants.ts";
import { type Subscription, subscriptionDocument } from "../../shared/domain/subscription.ts";
import { tenantKeys } from "../../shared/keys/keys.ts";
import { kmsClient, unwrapByKms } from "../../shared/keys/kms.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { dataKeyStore } from "../../shared/store/data-keys.ts";
import { endpointStore } from "../../shared/store/endpoints.ts";
import { subscriptionStore } from "../../shared/store/subscriptions.ts";
import { documentClient } from "../../shared/store/table.ts";
import { tenantStore } from "../../shared/store/tenants.ts";

/** A subscription as it is written down here: its webhook's address is filled in. */
export type Wanted = Readonly<Record<string, unknown>>;

export const BRANDS = 200;
const AT_ONCE = 20;

export const brandNo = (n: number): string => `brand-${n}`;
const idNo = (tenant: string, n: number): string =>
  `sub_${tenant.slice(0, 4)}${String(n).padStart(12 - tenant.slice(0, 4).length, "0")}`;

/** Each brand of a large tenant has five: all as a stream, alerts of some labels and of long texts, a hotel, the inbox. */
const OF_BRAND: readonly ((brand: number) => Wanted)[] = [
  (brand) => ({ filter: { brands: [brandNo(brand)] }, channel: { type: "webhook", stream: true } }),
  (brand) => ({ filter: { brands: [brandNo(brand)], labels: ["insult", "spam"] }, channel: { type: "webhook" } }),
  (brand) => ({
    filter: { brands: [brandNo(brand)] },
    when: "features.words >= 20",
    channel: { type: "webhook" },
  }),
  (brand) => ({ filter: { kinds: ["review"], targets: [`hotel-${brand}`] }, channel: { type: "webhook" } }),
  (brand) => ({ filter: { brands: [brandNo(brand)], minSeverity: 3 }, channel: { type: "inbox" } }),
];

/** Wants verdicts that allowed, too, so that all of them reach the function that matches; and never gets one. */
const WANTS_ALL: Wanted = {
  filter: { targets: ["a-hotel-that-nobody-reviews"], actions: ["allow", "flag"] },
  channel: { type: "webhook" },
};

/** So many subscriptions of a large tenant with many brands. */
export const mixedSubscriptions = (count: number): readonly Wanted[] =>
  Array.from({ length: count }, (_, n) =>
    n === 0 ? WANTS_ALL : (OF_BRAND[n % OF_BRAND.length]?.(Math.floor(n / OF_BRAND.length) % BRANDS) ?? WANTS_ALL),
  );

/** One platform is told every verdict as it is made; all others are of brands of which nothing comes. */
export const streamSubscriptions = (count: number): readonly Wanted[] =>
  Array.from({ length: count }, (_, n) =>
    n === 0
      ? { filter: { actions: ["allow", "flag", "hold", "block"] }, channel: { type: "webhook", stream: true } }
      : { ...OF_BRAND[n % 3]?.(n + BRANDS) },
  );

/** One platform for each of so many brands, told each of its verdicts. */
export const platformSubscriptions = (count: number): readonly Wanted[] =>
  Array.from({ length: count }, (_, n) => ({
    filter: { brands: [brandNo(n)], actions: ["allow", "flag", "hold", "block"] },
    channel: { type: "webhook", stream: true },
  }));

export interface Subscribing {
  /** The stack's outputs. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly tenant: string;
  readonly wants: readonly Wanted[];
  /** Where the messages of the subscription of that number and id go. */
  readonly urlOf: (id: string, n: number) => string;
}

/**
 * Writes a tenant's subscriptions, and a secret for each webhook, as the API would.
 * @returns the subscriptions and their secrets, by id
 */
export async function subscribe({ outputs, tenant, wants, urlOf }: Subscribing): Promise<{
  readonly subscriptions: readonly Subscription[];
  readonly secrets: Readonly<Record<string, string>>;
}> {
  const { TableDirectory = "", TableDeliveries = "", KeyContent = "" } = outputs;
  const client = documentClient();
  const directory = { client, name: TableDirectory };
  const store = subscriptionStore(directory);
  const endpoints = endpointStore({ client, name: TableDeliveries });
  const keys = tenantKeys(unwrapByKms(kmsClient(), KeyContent, dataKeyStore(directory)), systemClock);
  const at = new Date().toISOString();
  const subscriptions = wants.map((wanted, n): Subscription => {
    const id = idNo(tenant, n);
    const channel = wanted.channel as { readonly type: string };
    return {
      id,
      tenant,
      version: 1,
      document: subscriptionDocument.parse({
        name: `No. ${n}`,
        places: ["verdict"],
        perHour: 600,
        ...wanted,
        channel: { ...channel, ...(channel.type === "webhook" && { url: urlOf(id, n) }) },
      }),
      owner: { actor: "key:bench", role: "admin" },
      createdAt: at,
      changedAt: at,
      changedBy: "key:bench",
    };
  });
  const secrets: Record<string, string> = {};
  for (let from = 0; from < subscriptions.length; from += AT_ONCE)
    await Promise.all(
      subscriptions.slice(from, from + AT_ONCE).map(async (made) => {
        if (!(await store.save(made))) throw new Error("the subscription stands already");
        if (made.document.channel.type !== "webhook") return;
        const given = await rotateSecret({ endpoints, keys }, tenant, made.id, new Date());
        if (given) secrets[made.id] = given.secret;
      }),
    );
  const allowed: AlertWants["allowed"] = subscriptions.some(({ document }) =>
    document.filter.actions?.includes("allow"),
  )
    ? ["post", "review"]
    : [];
  await tenantStore(directory).setAlerts(tenant, async () => ({ places: ["verdict"], allowed }));
  return { subscriptions, secrets };
}
