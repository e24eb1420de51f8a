import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { AlertWants } from "../domain/alert-wants.ts";
import { type TenantSettings, tenantSettings } from "../domain/tenant.ts";
import { held, key, type Table } from "./table.ts";

const MOST_TRIES = 10;

export interface Tenants {
  settings(tenant: string): Promise<TenantSettings | undefined>;
  /** False where the tenant stands already. */
  create(settings: TenantSettings): Promise<boolean>;
  /** Says where the platform shows items and their media; what is left out is taken away. False where there is no such tenant. */
  link(tenant: string, links: Pick<TenantSettings, "itemUrl" | "mediaUrl">): Promise<boolean>;
  /**
   * Writes what the tenant's subscriptions want. `wants` is asked for it after the number of the last change was read, and
   * again where somebody changed it meanwhile: the last one who writes has seen all subscriptions.
   */
  setAlerts(tenant: string, wants: () => Promise<AlertWants>): Promise<void>;
  /**
   * Turns the feed of events on or off; the kinds of which it holds what was allowed stay where they are left out.
   * @returns undefined where there is no such tenant
   */
  setEventFeed(tenant: string, feed: EventFeedSettings): Promise<TenantSettings | undefined>;
}

interface EventFeedSettings {
  readonly enabled: boolean;
  readonly allowed?: TenantSettings["feedAllowed"] | undefined;
}

/** Tenants' settings in the directory. */
export function tenantStore({ client, name: TableName }: Table): Tenants {
  const keyOf = (tenant: string) => ({ pk: key("tenant", tenant), sk: "settings" });
  return {
    async settings(tenant) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(tenant) }));
      return Item ? tenantSettings.parse(Item.settings) : undefined;
    },
    create: (settings) =>
      held(
        client.send(
          new PutCommand({
            TableName,
            Item: { ...keyOf(settings.tenant), settings },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        ),
      ),
    async setAlerts(tenant, wants) {
      for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
        const { Item } = await client.send(
          new GetCommand({
            TableName,
            Key: keyOf(tenant),
            ConsistentRead: true,
            ProjectionExpression: "alertsVersion",
          }),
        );
        const before = Item?.alertsVersion as number | undefined;
        const write = new UpdateCommand({
          TableName,
          Key: keyOf(tenant),
          UpdateExpression: "SET settings.alerts = :alerts, alertsVersion = :next",
          ConditionExpression: `attribute_exists(settings) AND ${before === undefined ? "attribute_not_exists(alertsVersion)" : "alertsVersion = :before"}`,
          ExpressionAttributeValues: {
            ":alerts": await wants(),
            ":next": (before ?? 0) + 1,
            ...(before === undefined ? {} : { ":before": before }),
          },
        });
        if (await held(client.send(write))) return;
      }
      throw new Error("what subscriptions want was always written by somebody else");
    },
    link(tenant, links) {
      const names = ["itemUrl", "mediaUrl"] as const;
      const given = names.filter((name) => links[name] !== undefined);
      const left = names.filter((name) => links[name] === undefined);
      const clauses = [
        ["SET", given.map((name) => `settings.${name} = :${name}`)],
        ["REMOVE", left.map((name) => `settings.${name}`)],
      ] as const;
      const values = Object.fromEntries(given.map((name) => [`:${name}`, links[name]]));
      return held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(tenant),
            UpdateExpression: clauses
              .filter(([, parts]) => parts.length > 0)
              .map(([word, parts]) => `${word} ${parts.join(", ")}`)
              .join(" "),
            ConditionExpression: "attribute_exists(settings)",
            ...(given.length > 0 ? { ExpressionAttributeValues: values } : {}),
          }),
        ),
      );
    },
    async setEventFeed(tenant, { enabled, allowed }) {
      let stored: unknown;
      const write = client.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(tenant),
          UpdateExpression: `SET settings.eventFeed = :on${allowed ? ", settings.feedAllowed = :allowed" : ""}`,
          ConditionExpression: "attribute_exists(settings)",
          ExpressionAttributeValues: { ":on": enabled, ...(allowed ? { ":allowed": allowed } : {}) },
          ReturnValues: "ALL_NEW",
        }),
      );
      const keep = write.then(({ Attributes }) => {
        stored = Attributes?.settings;
      });
      return (await held(keep)) ? tenantSettings.parse(stored) : undefined;
    },
  };
}
