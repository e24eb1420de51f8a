import { describe, expect, it } from "vitest";
import type { PolicyRule } from "../../../shared/policy/policy-document.ts";
import type { Result } from "../../../shared/runtime/result.ts";
import { done, german, house, now, problemOf, rule, world } from "./policy-world.ts";

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
