import { describe, expect, it } from "vitest";
import { activate, type Change, deactivate, rollBack, startShadow } from "../../../shared/domain/policy-state.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";
import type { Quarantine } from "../../../shared/policy/compiled-rule.ts";
import type { PolicyDocument } from "../../../shared/policy/policy-document.ts";
import type { PolicyFacts } from "../../../shared/policy/policy-facts.ts";
import { type PolicyCacheOptions, policyCache } from "../../../shared/runtime/cached-policies.ts";
import { metrics } from "../../../shared/runtime/logger.ts";
import { memoryPolicies } from "../functions/policy-ports.ts";
import { captureOutput } from "./captured-output.ts";

const TENANT = "acme";
const who = { by: "key:0123456789ab", at: "2026-11-22T15:04:05Z", note: "because" };
const ofLinks = (links: number): PolicyDocument => ({
  id: "house",
  title: "House rules",
  inherits: "touchstone-default",
  rules: [{ name: "links", when: `features.links_total >= ${links}`, action: "hold", reasonCode: "links" }],
});
const facts: PolicyFacts = {
  kind: "post",
  surface: "comment",
  visibility: "public",
  minors: false,
  language: "en",
  country: "",
  brands: [],
  productLine: "",
  targetId: "",
  channelId: "",
  labels: [],
  features: { links_total: 3 },
  author: {},
  receivedAt: "2026-11-22T15:04:05Z",
};

function world(options: PolicyCacheOptions = {}) {
  const { policies, reads } = memoryPolicies();
  let now = Date.parse("2026-11-22T15:04:05Z");
  const policiesOf = policyCache(policies, () => new Date(now), options);
  const save = (document: { id: string; title: string }) =>
    policies.save(TENANT, { document, savedBy: who.by, savedAt: who.at });
  const change = async (next: (state: Awaited<ReturnType<typeof policies.active>>) => Change) => {
    const made = next(await policies.active(TENANT));
    if (made.kind !== "next") throw new Error(made.kind);
    expect(await policies.change(TENANT, made.state)).toBe(true);
  };
  const decided = async (tenant = TENANT) => {
    const { action, policy } = (await policiesOf(tenant)).decide(facts);
    return `${action} by ${policy.id} ${policy.version}`;
  };
  return { policies, reads, policiesOf, save, change, decided, pass: (s: number) => (now += s * 1_000) };
}

const active = (version: number) => (state: Parameters<typeof activate>[0]) =>
  activate(state, { id: "house", version }, who);

describe("a tenant's policies while items are scored", () => {
  it("are the built-in one where the tenant has none, and another tenant's stay its own", async () => {
    const { policiesOf, save, change, decided } = world();
    expect(await policiesOf("nobody")).toBe(builtInPolicies);
    await save(ofLinks(2));
    await change(active(1));
    expect(await decided()).toBe("hold by house 1");
    expect(await decided("nobody")).toBe("allow by touchstone-default 3");
  });

  it("are live within 30 seconds of each change, with versions and rollbacks", async () => {
    const { save, change, decided, pass } = world();
    await save(ofLinks(2));
    await save(ofLinks(9));
    expect(await decided()).toBe("allow by touchstone-default 3");
    await change(active(1));
    expect(await decided()).toBe("allow by touchstone-default 3");
    pass(30);
    expect(await decided()).toBe("hold by house 1");
    await change(active(2));
    pass(30);
    expect(await decided()).toBe("allow by house 2");
    await change((state) => rollBack(state, "house", who));
    pass(30);
    expect(await decided()).toBe("hold by house 1");
    await change((state) => deactivate(state, "house", who));
    pass(30);
    expect(await decided()).toBe("allow by touchstone-default 3");
  });

  it("cost one read in 30 seconds, are compiled once for each change, and a document is read once", async () => {
    const { reads, policiesOf, save, change, pass } = world();
    await save(ofLinks(2));
    await change(active(1));
    reads.active = 0;
    const first = await policiesOf(TENANT);
    for (let second = 1; second < 300; second += 1) {
      pass(1);
      expect(await policiesOf(TENANT)).toBe(first);
    }
    expect(reads).toEqual({ active: 10, get: 1 });
    await save(ofLinks(5));
    await change(active(2));
    await change((state) => rollBack(state, "house", who));
    pass(30);
    const again = await policiesOf(TENANT);
    expect([again === first, again.epoch, reads.get]).toEqual([false, 3, 1]);
  });

  it("have their shadows and what the breaker holds", async () => {
    let held: Quarantine[] = [];
    const { policiesOf, save, change, decided, pass } = world({ quarantinesOf: async () => held });
    await save(ofLinks(2));
    await save(ofLinks(9));
    await change(active(1));
    await change((state) => startShadow(state, { id: "house", version: 2 }, who));
    expect(
      (await policiesOf(TENANT)).shadows.map(({ id, version, decide }) => [id, version, decide(facts).action]),
    ).toEqual([["house", 2, "allow"]]);
    held = [{ subject: "rule", name: "links" }];
    pass(30);
    expect(await decided()).toBe("flag by house 1");
    held = [];
    pass(30);
    expect(await decided()).toBe("hold by house 1");
  });
});

describe("stored policies that this code cannot use", () => {
  const broken = (when: string) => ({ ...ofLinks(2), rules: [{ ...ofLinks(2).rules[0], when }] });
  const SECRET = "zephyrquill";

  it.each([
    ["no longer compile", broken(`features.${SECRET} > 1`)],
    ["are no policy any more", { id: "house", title: SECRET, rules: SECRET }],
  ])(
    "where they %s, what was used before goes on, it is counted, and nothing of them is logged",
    async (_, document) => {
      const { save, change, decided, pass } = world();
      await save(ofLinks(2));
      await save(document as unknown as PolicyDocument);
      await change(active(1));
      expect(await decided()).toBe("hold by house 1");
      await change(active(2));
      pass(30);
      const output = captureOutput();
      expect(await decided()).toBe("hold by house 1");
      metrics.publishStoredMetrics();
      const lines = output.lines();
      expect(lines.find(({ message }) => message === "policies cannot be used")).toMatchObject({
        tenant: TENANT,
        epoch: 2,
      });
      expect(lines.find((line) => "PoliciesUnusable" in line)).toMatchObject({ PoliciesUnusable: 1 });
      expect(output.text()).not.toContain(SECRET);
      await change((state) => rollBack(state, "house", who));
      pass(30);
      expect(await decided()).toBe("hold by house 1");
    },
  );

  it("the built-in policy decides where nothing was used before", async () => {
    const { save, change, decided } = world();
    await save(broken("nonsense(") as PolicyDocument);
    await change(active(1));
    captureOutput();
    expect(await decided()).toBe("allow by touchstone-default 3");
    metrics.clearMetrics();
  });

  it("a candidate that cannot be used decides nothing and stops nothing", async () => {
    const { policiesOf, save, change, decided } = world();
    await save(ofLinks(2));
    await save({ id: "house", title: "x", rules: 1 } as unknown as PolicyDocument);
    await change(active(1));
    await change((state) => startShadow(state, { id: "house", version: 2 }, who));
    expect(await decided()).toBe("hold by house 1");
    expect((await policiesOf(TENANT)).shadows).toEqual([]);
  });

  it("a directory that does not answer is a failure, and not remembered", async () => {
    const { policies, decided } = world();
    const { active: works } = policies;
    policies.active = async () => {
      throw new Error("down");
    };
    await expect(decided()).rejects.toThrow("down");
    policies.active = works;
    expect(await decided()).toBe("allow by touchstone-default 3");
  });
});
