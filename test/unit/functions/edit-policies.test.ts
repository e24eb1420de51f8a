import { describe, expect, it } from "vitest";
import { routes } from "../../../shared/contracts/routes.ts";
import { done, german, house, now, OTHER, problemOf, rule, world } from "./policy-world.ts";

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
