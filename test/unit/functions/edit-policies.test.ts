import { describe, expect, it } from "vitest";
import {
  activatePolicy,
  changeShadow,
  deactivatePolicy,
  rollBackPolicy,
} from "../../../functions/edit-policies/change-standing.ts";
import { savePolicy } from "../../../functions/edit-policies/save-policy.ts";
import { checkCandidate } from "../../../functions/policies/check-candidate.ts";
import { listEvents } from "../../../functions/policies/list-events.ts";
import { listPolicies } from "../../../functions/policies/list-policies.ts";
import { viewPolicy, viewVersion } from "../../../functions/policies/view-policy.ts";
import type { Problem } from "../../../shared/contracts/problem.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import type { Caller } from "../../../shared/domain/tenant.ts";
import type { PolicyDocument, PolicyRule } from "../../../shared/policy/policy-document.ts";
import type { Result } from "../../../shared/runtime/result.ts";
import { memoryPolicies } from "./policy-ports.ts";

const ADMIN: Caller = { tenant: "acme", actor: "key:0123456789ab", role: "admin" };
const OTHER: Caller = { tenant: "umbrella", actor: "key:ba9876543210", role: "admin" };
const now = new Date("2026-11-22T15:04:05Z");

const rule = (name: string, when: string, more: Partial<PolicyRule> = {}): PolicyRule => ({
  name,
  when,
  action: "flag",
  reasonCode: "house_rule",
  ...more,
});
const house = (links: number, more: Partial<PolicyDocument> = {}): PolicyDocument => ({
  id: "house",
  title: "House rules",
  inherits: "touchstone-default",
  rules: [rule("links", `features.links_total >= ${links}`)],
  ...more,
});
const german: PolicyDocument = {
  id: "house-de",
  title: "Hausregeln",
  inherits: "house",
  appliesTo: { languages: ["de"] },
  disable: ["links"],
  rules: [rule("mentions", "features.mentions >= 4")],
};

const done = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};
const problemOf = (result: Result<unknown>): Problem & { readonly code: string } => {
  if (result.ok) throw new Error("it was not refused");
  return { ...result.problem, code: result.problem.type.split(":").at(-1) ?? "" };
};

function world() {
  const { policies } = memoryPolicies();
  const as = (caller: Caller) => ({
    save: (document: unknown, id = (document as PolicyDocument).id, note?: string) =>
      savePolicy(policies)({ caller, params: { id }, query: {}, body: { document, note }, now }),
    activate: (id: string, version: number, expectedEpoch?: number) =>
      activatePolicy(policies)({
        caller,
        params: { id },
        query: {},
        body: { version, note: `use ${version}`, expectedEpoch },
        now,
      }),
    rollBack: (id: string, expectedEpoch?: number) =>
      rollBackPolicy(policies)({ caller, params: { id }, query: {}, body: { note: "worse", expectedEpoch }, now }),
    deactivate: (id: string) =>
      deactivatePolicy(policies)({ caller, params: { id }, query: {}, body: { note: "over" }, now }),
    shadow: (id: string, version: number, run: boolean) =>
      changeShadow(policies)({ caller, params: { id }, query: {}, body: { version, run }, now }),
    check: (document: unknown) => checkCandidate(policies)({ caller, params: {}, query: {}, body: { document }, now }),
    list: async () => {
      const listed = await listPolicies(policies)({ caller, params: {}, query: {}, body: undefined as never, now });
      return routes["list-policies"].answer.schema.parse(done(listed));
    },
    view: async (id: string) =>
      viewPolicy(policies)({ caller, params: { id }, query: {}, body: undefined as never, now }),
    version: (id: string, version: string) =>
      viewVersion(policies)({ caller, params: { id, version }, query: {}, body: undefined as never, now }),
    events: async () =>
      done(await listEvents(policies)({ caller, params: {}, query: {}, body: undefined as never, now })).events,
  });
  return { policies, as, ...as(ADMIN) };
}

describe("saving", () => {
  it("gives the next version, and the newest again where it says the same", async () => {
    const { save } = world();
    expect(done(await save(house(2)))).toEqual({
      id: "house",
      version: 1,
      isNew: true,
      savedBy: "key:0123456789ab",
      savedAt: now.toISOString(),
    });
    expect(done(await save(house(3)))).toMatchObject({ version: 2, isNew: true });
    expect(done(await save(house(3)))).toMatchObject({ version: 2, isNew: false });
  });

  it.each([
    ["an unknown field", { ...house(2), reach: 1 }, ""],
    ["a condition with a mistake", house(2, { rules: [rule("links", "features.link_total >= 2")] }), "/rules/0/when"],
    ["a condition of another type", house(2, { rules: [rule("links", "features.links_total + 1")] }), "/rules/0/when"],
    ["a parent that is not there", house(2, { inherits: "nowhere" }), "/inherits"],
    ["itself for its parent", house(2, { inherits: "house" }), "/inherits"],
    ["a locked rule of its parent", house(2, { disable: ["child-safety"] }), "/disable"],
    ["no policy at all", [1, 2], ""],
    ["nothing", null, ""],
    ["a text that holds a policy", JSON.stringify(house(2)), ""],
  ])("refuses %s, says where and how to mend it, and saves nothing", async (_, document, pointer) => {
    const { save, list } = world();
    const { code, errors = [] } = problemOf(await save(document, "house"));
    expect(code).toBe("policy_invalid");
    expect(errors.some((one) => one.pointer.startsWith(`/document${pointer}`))).toBe(true);
    for (const { detail, fix } of errors)
      expect([detail, fix]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
    expect((await list()).policies.map(({ id }) => id)).toEqual(["touchstone-default"]);
  });

  it("says line and column of a mistake in a condition, and what was meant", async () => {
    const { save } = world();
    const { errors = [] } = problemOf(
      await save(house(2, { rules: [rule("links", "true ||\n  features.link_total >= 2")] })),
    );
    expect(errors.some(({ detail, fix }) => /line 2, column \d/.test(detail) && fix?.includes("links_total"))).toBe(
      true,
    );
  });

  it("refuses another policy's id, and a built-in one", async () => {
    const { save } = world();
    expect(problemOf(await save(house(2), "garden")).errors?.[0]?.pointer).toBe("/document/id");
    const own = { ...house(2), id: "touchstone-default", inherits: undefined };
    expect(problemOf(await save(JSON.parse(JSON.stringify(own)))).errors?.[0]?.pointer).toBe("/document/id");
  });

  it("checks against the parent's active version, or its newest where none is active", async () => {
    const { save, activate } = world();
    await save(house(2));
    await save(house(2, { rules: [] }));
    expect(problemOf(await save(german)).errors?.[0]?.pointer).toMatch(/^\/document\/disable/);
    await activate("house", 1);
    expect(done(await save(german))).toMatchObject({ version: 1 });
  });

  it("can be asked for without saving", async () => {
    const { check, list } = world();
    expect(done(await check(house(2)))).toEqual({ ok: true, errors: [], warnings: [] });
    expect(done(await check(house(2, { inherits: "nowhere" })))).toMatchObject({
      ok: false,
      errors: [{ pointer: "/document/inherits" }],
    });
    const wrong = rule("links", "channel.minors &&\n  author.age_day < 2");
    expect(done(await check(house(2, { rules: [wrong] })))).toMatchObject({
      ok: false,
      errors: [{ pointer: "/document/rules/0/when", place: { line: 2, column: 3, length: "author.age_day".length } }],
    });
    expect((await list()).policies).toHaveLength(1);
  });
});

describe("activating", () => {
  it("says how the policy stands, and again what was so already", async () => {
    const { save, activate } = world();
    await save(house(2));
    await save(house(3));
    await activate("house", 1);
    const made = done(await activate("house", 2));
    expect(made).toEqual({
      id: "house",
      epoch: 2,
      changed: true,
      active: { version: 2, by: "key:0123456789ab", at: now.toISOString(), note: "use 2", previous: 1 },
      shadows: [],
    });
    expect(done(await activate("house", 2))).toEqual({ ...made, changed: false });
  });

  it("is refused to whoever saw another state, and of two at once to one", async () => {
    const { save, activate } = world();
    for (const links of [2, 3, 4]) await save(house(links));
    const both = await Promise.all([activate("house", 1, 0), activate("house", 2, 0)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const lost = both.find(({ ok }) => !ok);
    const winner = both[0]?.ok ? 1 : 2;
    expect(problemOf(lost as Result<unknown>)).toMatchObject({
      code: "policy_changed",
      status: 409,
      detail: expect.stringContaining(`epoch 1: house is active in version ${winner}`),
    });
    const late = problemOf(await activate("house", 3, 0));
    expect([late.code, late.errors?.[0]?.pointer]).toEqual(["policy_changed", "/expectedEpoch"]);
  });

  it("needs the version, its parent among the active ones, and one root", async () => {
    const { save, activate } = world();
    expect(problemOf(await activate("house", 1)).code).toBe("not_found");
    await save(house(2));
    await save(german);
    expect(problemOf(await activate("house-de", 1))).toMatchObject({
      code: "policy_invalid",
      errors: [{ pointer: "/document/inherits" }],
    });
    const { inherits: _, ...root } = house(2);
    for (const id of ["root", "root-2"]) await save({ ...root, id });
    expect((await activate("root", 1)).ok).toBe(true);
    expect(problemOf(await activate("root-2", 1)).errors?.[0]?.detail).toContain("there is one root");
  });

  it("is refused where an active child would break, naming it; so are a rollback and a deactivation", async () => {
    const { save, activate, deactivate, rollBack, list } = world();
    const [links] = house(2).rules;
    await save(house(2, { rules: [{ ...links, locked: true } as PolicyRule] }));
    await save(house(2));
    await activate("house", 1);
    await activate("house", 2);
    await save(german);
    await activate("house-de", 1);
    for (const refused of [await activate("house", 1), await rollBack("house"), await deactivate("house")]) {
      const { code, detail, errors = [] } = problemOf(refused);
      expect(code).toBe("policy_in_use");
      expect(detail).toContain("house-de");
      expect(errors[0]?.fix).toContain("house-de");
    }
    expect((await list()).epoch).toBe(3);
    await deactivate("house-de");
    expect((await activate("house", 1)).ok).toBe(true);
  });

  it("says where no item would reach it, since another one is nearer to all of them", async () => {
    const { save, activate } = world();
    await save(house(2));
    expect(done(await activate("house", 1))).not.toHaveProperty("hiddenBy");
    await save(german);
    expect(done(await activate("house-de", 1))).not.toHaveProperty("hiddenBy");
    const swiss = { ...german, id: "swiss", disable: [], inherits: "touchstone-default" };
    await save({ ...swiss, appliesTo: { languages: ["de-CH", "de-LI"], surfaces: ["comment"] } });
    expect(done(await activate("swiss", 1))).toMatchObject({ active: { version: 1 }, hiddenBy: "house-de" });
    await save({ ...swiss, id: "alpine", appliesTo: { languages: ["de-CH", "fr"] } });
    expect(done(await activate("alpine", 1))).not.toHaveProperty("hiddenBy");
    await save(house(2, { id: "house-2" }));
    expect(done(await activate("house-2", 1))).toMatchObject({ hiddenBy: "house" });
  });
});

describe("going back", () => {
  it("is not held up by a child that leaves out a rule which was not there yet", async () => {
    const { save, activate, rollBack } = world();
    await save(house(2, { rules: [] }));
    await save(house(2));
    await activate("house", 1);
    await activate("house", 2);
    await save(german);
    await activate("house-de", 1);
    expect(done(await rollBack("house"))).toMatchObject({ active: { version: 1 } });
  });

  it("leads to the version before, is in the history, and finds nothing where there is nothing", async () => {
    const { save, activate, rollBack, deactivate, view, events } = world();
    expect(problemOf(await rollBack("house")).code).toBe("not_found");
    expect(problemOf(await deactivate("house")).code).toBe("not_found");
    await save(house(2));
    await save(house(3));
    await activate("house", 1);
    await activate("house", 2);
    expect(problemOf(await rollBack("house", 1)).code).toBe("policy_changed");
    expect(done(await rollBack("house", 2))).toMatchObject({ epoch: 3, active: { version: 1, note: "worse" } });
    expect(done(await rollBack("house"))).not.toHaveProperty("active");
    const { history, shown, versions } = done(await view("house"));
    expect(history.map(({ event }) => event)).toEqual(["rolled_back", "rolled_back", "activated", "activated"]);
    expect([shown.version, shown.isActive, versions.map(({ version }) => version)]).toEqual([2, false, [2, 1]]);
    expect((await events()).map(({ epoch }) => epoch)).toEqual([4, 3, 2, 1]);
  });

  it("leads back to what decided before, even if its parent would not let it in any more", async () => {
    const { save, activate, rollBack } = world();
    await save(house(2));
    await activate("house", 1);
    await save(german);
    await save({ ...german, disable: [] });
    await activate("house-de", 1);
    await activate("house-de", 2);
    await save(house(2, { rules: [rule("links", "features.links_total >= 2", { locked: true })] }));
    await activate("house", 2);
    expect(problemOf(await activate("house-de", 1)).code).toBe("policy_invalid");
    expect(done(await rollBack("house-de")).active?.version).toBe(1);
  });

  it("is not held up by an heir that did not hold before either", async () => {
    const { policies, save, activate, rollBack, shadow } = world();
    await save(house(2));
    await save(house(3));
    await activate("house", 1);
    // As if an earlier version of the code had let it in.
    const odd = { ...german, disable: ["nothing-of-that-name"] };
    await policies.save("acme", { document: odd, savedBy: "key:a", savedAt: now.toISOString() });
    const state = await policies.active("acme");
    const [own] = state.active;
    if (!own) throw new Error("nothing is active");
    const active = [own, { ...own, id: "house-de" }];
    const shadows = [{ id: "house-de", version: 1, by: own.by, at: own.at }];
    await policies.change("acme", { ...state, epoch: 2, active, shadows });
    expect((await activate("house", 2)).ok).toBe(true);
    expect((await rollBack("house")).ok).toBe(true);
    expect((await shadow("house-de", 1, false)).ok).toBe(true);
    expect(problemOf(await activate("house-de", 2)).code).toBe("not_found");
  });

  it("works with a stored policy that is no policy any more", async () => {
    const { policies, save, activate, rollBack } = world();
    await save(house(2));
    await activate("house", 1);
    const odd = { id: "house", title: "x", rules: 1 };
    const { saved } = await policies.save("acme", { document: odd, savedBy: "key:a", savedAt: now.toISOString() });
    expect(problemOf(await activate("house", saved.version)).code).toBe("policy_invalid");
    const state = await policies.active("acme");
    const [own] = state.active;
    if (!own) throw new Error("nothing is active");
    // As if another version of the code had let it in.
    await policies.change("acme", { ...state, epoch: 2, active: [{ ...own, version: saved.version, earlier: [1] }] });
    expect(done(await rollBack("house"))).toMatchObject({ active: { version: 1 } });
  });
});

describe("shadows", () => {
  it("start and end, beside what is active", async () => {
    const { save, activate, shadow } = world();
    await save(house(2));
    await save(house(3));
    await activate("house", 1);
    expect(problemOf(await shadow("house", 9, true)).code).toBe("not_found");
    expect(problemOf(await shadow("house", 2, false)).code).toBe("not_found");
    expect(done(await shadow("house", 2, true))).toMatchObject({
      changed: true,
      active: { version: 1 },
      shadows: [{ version: 2 }],
    });
    expect(done(await shadow("house", 2, true)).changed).toBe(false);
    expect(done(await shadow("house", 2, false)).shadows).toEqual([]);
  });

  it("are at most three", async () => {
    const { save, shadow } = world();
    for (const links of [2, 3, 4, 5]) await save(house(links));
    for (const version of [1, 2, 3]) expect((await shadow("house", version, true)).ok).toBe(true);
    expect(problemOf(await shadow("house", 4, true)).code).toBe("policy_limit");
  });

  it("hold with what is active, as an activation would", async () => {
    const { save, shadow } = world();
    await save(house(2));
    await save(german);
    expect(problemOf(await shadow("house-de", 1, true)).code).toBe("policy_invalid");
  });
});

describe("looking", () => {
  it("shows the tenant's own policies, active ones first, and the built-in one", async () => {
    const { save, activate, list, view, version } = world();
    await save({ ...house(2), id: "another" });
    await save(house(2));
    await save(house(3));
    await activate("house", 1);
    const { policies, epoch } = await list();
    expect(epoch).toBe(1);
    expect(policies.map(({ id, newest, active, builtIn }) => [id, newest, active?.version, builtIn])).toEqual([
      ["house", 2, 1, false],
      ["another", 1, undefined, false],
      ["touchstone-default", 3, undefined, true],
    ]);
    const shown = routes["get-policy"].answer.schema.parse(done(await view("house")));
    expect([shown.shown.version, shown.shown.document]).toEqual([1, house(2)]);
    expect(done(await version("house", "2"))).toMatchObject({ isActive: false, document: house(3) });
    const builtIn = routes["get-policy"].answer.schema.parse(done(await view("touchstone-default")));
    expect(builtIn.shown.document.rules.length).toBeGreaterThan(10);
    expect(done(await version("touchstone-default", "3")).builtIn).toBe(true);
  });

  it("shows nothing of another tenant's", async () => {
    const { save, activate, as } = world();
    await save(house(2));
    await activate("house", 1);
    const stranger = as(OTHER);
    expect((await stranger.list()).policies.map(({ id }) => id)).toEqual(["touchstone-default"]);
    for (const asked of [
      await stranger.view("house"),
      await stranger.version("house", "1"),
      await stranger.activate("house", 1),
      await stranger.rollBack("house"),
      await stranger.shadow("house", 1, true),
    ])
      expect(problemOf(asked).code).toBe("not_found");
    expect(problemOf(await stranger.save(german)).errors?.[0]?.pointer).toBe("/document/inherits");
    expect(await stranger.events()).toEqual([]);
  });
});
