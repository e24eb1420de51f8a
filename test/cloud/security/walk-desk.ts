import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { keyActor } from "../../../shared/domain/api-key.ts";
import { caseIdOf } from "../../../shared/domain/case.ts";
import { subscriptionStore } from "../../../shared/store/subscriptions.ts";
import { exampleSubscription, subscriptionNo } from "../../unit/alerts/alert-examples.ts";
import { apiOf, eventually } from "../pipeline/api.ts";
import { colleague, colleagueOf, flaggedPost, leaverOf, spareKeyOf } from "./belongings.ts";
import { ok, type Walk } from "./walk-world.ts";

/** The desk's calls, but for those about a cluster. */
export async function workTheDesk({ whole, has, moderator, admin }: Walk): Promise<void> {
  const lead = apiOf(whole.cloud, await whole.keyFor(has.tenant, "lead"));
  const auditor = apiOf(whole.cloud, await whole.keyFor(has.tenant, "auditor"));
  const mine = `/v1/cases/${has.caseId}`;
  const queues = { version: 0, queues: [{ name: "turkish", rules: [{ languages: ["tr"] }] }] };
  for (const sent of [queues, queues]) await ok(lead("POST", "/v1/queues", sent));
  await ok(admin("POST", "/v1/members", { ...colleague(has.tenant), version: 1 }));
  await ok(lead("GET", "/v1/members"));
  // What those subscribed to who go stands still.
  const subscriptions = subscriptionStore(whole.table("TableDirectory"));
  for (const [n, actor] of [leaverOf(has.tenant), keyActor(spareKeyOf(has.tenant))].entries()) {
    const owned = { tenant: has.tenant, id: subscriptionNo(900 + n), owner: { actor, role: "moderator" } } as const;
    await subscriptions.save(exampleSubscription({ channel: { type: "inbox" } }, owned));
  }
  await ok(admin("POST", `/v1/members/${leaverOf(has.tenant)}/remove`, {}));
  await ok(admin("POST", "/v1/keys", { role: "auditor", days: 1 }), 201);
  await ok(admin("GET", "/v1/keys"));
  await ok(admin("POST", `/v1/keys/${spareKeyOf(has.tenant)}/revoke`, {}));
  await ok(moderator("GET", "/v1/me"));
  await ok(moderator("GET", "/v1/queues"));
  await ok(moderator("POST", "/v1/next", {}));
  await ok(moderator("POST", `${mine}/claim`, {}));
  await ok(moderator("POST", `${mine}/presence`, {}));
  await ok(moderator("POST", `${mine}/notes`, { id: "note-0001", text: "seen" }));
  await ok(moderator("POST", `${mine}/transfer`, { to: colleagueOf(has.tenant) }));
  await ok(lead("POST", `${mine}/transfer`, { to: colleagueOf(has.tenant) }));
  await ok(auditor("GET", "/v1/audit"));
  await ok(admin("POST", "/v1/events/feed", { enabled: true }));
  await ok(admin("GET", "/v1/events"));
  await ok(admin("GET", "/v1/events/feed"));
  // The colleague is nobody's key: the case is free again for the decision that follows.
  const { client, name: TableName } = whole.table("TableCases");
  const Key = { pk: `${has.tenant}#${has.caseId}`, sk: "case" };
  await client.send(new UpdateCommand({ TableName, Key, UpdateExpression: "REMOVE claimBy" }));
}

/** Items that say the same, one of them decided meanwhile, and its members told. */
export async function decideCluster({ has, platform, moderator }: Walk): Promise<void> {
  const text = "you are an idiot and a loser, and everybody in this place knows it by now";
  const same = (n: number) => ({ ...flaggedPost(has.tenant, `same-${n}`), text });
  const caseIn = (n: number) => `/v1/cases/${caseIdOf(has.tenant, { kind: "post", id: `same-${n}`, revision: "r1" })}`;
  await ok(platform("POST", "/v1/items", { items: [same(0)] }), 202);
  await eventually(
    () => moderator("GET", caseIn(0)),
    ({ status }) => status === 200,
  );
  await ok(platform("POST", "/v1/items", { items: [1, 2, 3].map(same) }), 202);
  await eventually(
    () => moderator("GET", caseIn(0)),
    ({ json }) => json.cluster.size === 4,
  );
  const { json } = await moderator("GET", `${caseIn(0)}/members`);
  const decision = { id: "decision-0003", outcome: "uphold", reason: "violates_policy", version: 1 };
  const exceptions = [{ case: json.members[0].case, outcome: "overturn", reason: "counter_speech" }];
  await ok(moderator("POST", `${caseIn(0)}/decisions`, { ...decision, exceptions }));
}
