import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { RouteName } from "../../../shared/contracts/routes.ts";
import type { Api } from "../pipeline/api.ts";
import { type Cell, routeOf } from "./authorisation-table.ts";
import { aSubscription, type Belongings } from "./belongings.ts";
import { DECISION } from "./samples.ts";
import type { WholeCloud } from "./whole-cloud.ts";

/** Brings the desk, or the policies, to where a route has something to do: callers of the table come one after the other. */
export interface DeskStates {
  makeReady(cell: Cell, of: Belongings, api: Api): Promise<void>;
}

/** Routes of one subscription: who calls them has to have made it, but for auditors, who read those of all. */
const isOfSubscription = (name: string): boolean =>
  /^\/v1\/(subscriptions|deliveries|alerts)\/\{id\}/.test(routeOf(name as RouteName).path);

const decision = { id: DECISION, outcome: "uphold", reason: "violates_policy", version: 1 };

/** Routes that find a version of a policy active. */
const NEED_ACTIVE: readonly string[] = ["roll-back-policy", "deactivate-policy"];

/** Routes that find a case as it was opened, and what the caller has to have done with it before. */
const BEFORE: Readonly<Record<string, ((of: Belongings, api: Api) => Promise<unknown>) | undefined>> = {
  "claim-case": async () => undefined,
  "extend-claim": async () => undefined,
  "release-case": async () => undefined,
  decide: async () => undefined,
  "decide-many": async () => undefined,
  "transfer-case": (of, api) => api("POST", `/v1/cases/${of.caseId}/claim`, {}),
  "undo-decision": (of, api) => api("POST", `/v1/cases/${of.caseId}/decisions`, decision),
  "reopen-case": (of, api) => api("POST", `/v1/cases/${of.caseId}/decisions`, decision),
};

export async function openDeskStates(whole: WholeCloud, owners: Belongings): Promise<DeskStates> {
  const { client, name: TableName } = whole.table("TableCases");
  const Key = { pk: `${owners.tenant}#${owners.caseId}`, sk: "case" };
  const { Item } = await client.send(new GetCommand({ TableName, Key }));
  const directory = whole.table("TableDirectory").name;
  const directoryKey = (...sk: string[]) => ({ pk: `tenant#${owners.tenant}`, sk: sk.join("#") });
  const subscriptionKey = directoryKey("subscription", owners.subscription);
  const goneKey = directoryKey("gone-subscription", owners.subscription);
  const { Item: given } = await client.send(new GetCommand({ TableName: directory, Key: subscriptionKey }));
  const since = given?.subscription.createdAt;
  const deliveries = whole.table("TableDeliveries").name;
  const endpointKey = { pk: `${owners.tenant}#endpoint#${owners.subscription}`, sk: "endpoint" };
  return {
    async makeReady({ name, own, role }, of, api) {
      if (own && role !== "auditor" && isOfSubscription(name)) {
        for (const Key of [subscriptionKey, goneKey])
          await client.send(new DeleteCommand({ TableName: directory, Key }));
        const document = aSubscription(of.tenant);
        const made = await api("POST", `/v1/subscriptions/${of.subscription}`, { version: 0, document });
        // As old as what it was told: nobody hears of what was before.
        if (made.status === 200)
          await client.send(
            new UpdateCommand({
              TableName: directory,
              Key: subscriptionKey,
              UpdateExpression: "SET subscription.createdAt = :since",
              ExpressionAttributeValues: { ":since": since },
            }),
          );
      }
      // Each caller's new secret would be one more that signs, and five may.
      if (own && name === "rotate-secret")
        await client.send(new DeleteCommand({ TableName: deliveries, Key: endpointKey }));
      if (own && NEED_ACTIVE.includes(name))
        await api("POST", `/v1/policies/${of.policy}/activations`, { version: 2, note: "before it is taken back" });
      const before = BEFORE[name];
      if (!before) return;
      await client.send(new PutCommand({ TableName, Item }));
      if (own) await before(of, api);
    },
  };
}
