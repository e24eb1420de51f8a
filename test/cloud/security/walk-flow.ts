import { expect } from "vitest";
import { lastingRef } from "../../../shared/domain/case.ts";
import { toAsciiJson } from "../../../shared/runtime/read-json.ts";
import { breakerStates } from "../../../shared/store/breaker-states.ts";
import { flowCounts } from "../../../shared/store/flow-counts.ts";
import { shadowDifferenceStore } from "../../../shared/store/shadow-differences.ts";
import { eventually } from "../pipeline/api.ts";
import { flaggedPost, heldRule, holdRule } from "./belongings.ts";
import { deliveredAll, messageOf, ok, type Walk } from "./walk-world.ts";

/** Every scoring function counts the flow and publishes what the breaker owes; what it holds, and shadows, are looked at. */
export async function walkFlow(walk: Walk): Promise<void> {
  const { whole, has, moderator, admin } = walk;
  const signals = whole.table("TableSignals");
  const { post, account } = has;
  const channel = flaggedPost(has.tenant, post).channel;
  const items: Record<string, (index: number) => object> = {
    "score-post": (index) => flaggedPost(has.tenant, `flowing-${index}`),
    "score-review": (index) => ({
      kind: "review",
      id: `flowing-${index}`,
      createdAt: "2026-11-22T15:04:05Z",
      channel: { ...channel, surface: "review" },
      author: { id: `flowing-${index}` },
      target: { id: `flowing-${index}` },
      rating: 4,
    }),
    "score-audience": (index) => ({
      kind: "audience",
      id: `flowing-${index}`,
      createdAt: "2026-11-22T15:04:05Z",
      account: { id: `${account}-flowing-${index}` },
      followerCount: 100,
    }),
  };
  for (const [name, item] of Object.entries(items)) {
    await holdRule(signals, has.tenant);
    const messages = await Promise.all(Array.from({ length: 21 }, (_, index) => messageOf(walk, item(index))));
    await whole.cloud.invoke(name, deliveredAll(messages.map(toAsciiJson), "1"));
    await eventually(
      () => breakerStates(signals).read(has.tenant, true),
      ({ owed }) => owed.length === 0,
    );
  }
  const hourAgo = new Date(Date.now() - 3_600_000);
  expect((await flowCounts(signals).between(has.tenant, hourAgo, new Date())).length).toBeGreaterThan(0);

  // What the breaker holds is looked at and reset.
  await ok(moderator("GET", "/v1/quarantines"));
  const body = { subject: "rule", name: heldRule(has.tenant), note: "as it should be" };
  const reset = await admin("POST", "/v1/quarantines/resets", body);
  expect([reset.status, reset.json.closed?.length]).toEqual([200, 1]);
  expect((await breakerStates(signals).read(has.tenant, true)).owed).toEqual([]);

  // A candidate differed on a post and on an account.
  const decided = {
    action: "flag",
    queue: "default",
    policy: { id: has.policy, version: 2, rule: "r", reasonCode: "r" },
  } as const;
  const differing = (["post", "audience"] as const).map((kind) => ({
    ref: lastingRef(has.tenant, {
      kind,
      id: kind === "post" ? post : account,
      revision: kind === "post" ? "r1" : "v1",
    }),
    scoredAt: new Date().toISOString(),
    surface: "comment" as const,
    labels: [],
    decided,
    candidate: { ...decided, action: "hold" as const },
  }));
  const shadows = shadowDifferenceStore(whole.table("TableVerdicts"), signals);
  await shadows.keep(has.tenant, { id: has.policy, version: 2 }, differing);
  // Without a version it is the newest, where none runs beside.
  const report = await admin("GET", `/v1/policies/${has.policy}/shadows`);
  expect([report.status, report.json.version, report.json.latest?.length]).toEqual([200, 2, 2]);
}
