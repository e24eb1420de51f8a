import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { press, settled, shoot } from "./console-browser.ts";
import { ago, entries, idOfCase } from "./explore-answers.ts";
import { refuse } from "./stub-api.ts";
import { StubConsole } from "./stub-console.ts";

const ui = new StubConsole();
const NARROW = { width: 360, height: 740 };
const today = ago(0).slice(0, 10);

const asked = () => ui.api.asked.filter(({ name }) => name === "list-audit").map(({ query }) => query);
const asAuditor = (): void => ui.api.reset({ id: "aino", role: "auditor" });

describe("the audit log", () => {
  it("shows today's entries, the newest first, page by page", async () => {
    asAuditor();
    ui.api.on("list-audit", ({ query }) =>
      query.cursor === undefined ? { entries: entries(50), cursor: "older" } : { entries: entries(53).slice(50) },
    );
    const page = await ui.open("/audit");
    const table = page.getByRole("table", { name: "Entries of the log" });
    await table.waitFor();
    expect(await table.getByRole("row").count()).toBe(51);
    expect(await table.innerText()).toContain("passed over cases before it");
    expect(asked()).toEqual([{ day: today, limit: "50" }]);
    await settled(page);
    await shoot(page, "audit");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Older" }).click();
    await expect.poll(() => table.getByRole("row").count()).toBe(4);
    expect(await page.getByRole("button", { name: "Older" }).isDisabled()).toBe(true);
  });

  it("narrows by day, actor and action, and says it in the address", async () => {
    asAuditor();
    ui.api.on("list-audit", { entries: entries(3) });
    const page = await ui.open("/audit");
    await page.getByRole("table").waitFor();
    await page.getByRole("button", { name: "The day before" }).click();
    const yesterday = ago(24 * 3_600_000).slice(0, 10);
    await page.waitForURL((url) => url.searchParams.get("day") === yesterday);
    await page.getByLabel("Who", { exact: true }).fill("mona");
    await press(page, "Enter");
    await page.waitForURL((url) => url.searchParams.get("actor") === "mona");
    await page.getByRole("button", { name: /Did what/ }).click();
    await page.getByRole("option", { name: "undid a decision" }).click();
    await page.waitForURL((url) => url.searchParams.get("action") === "case.undone");
    await expect
      .poll(() => asked().at(-1))
      .toEqual({ day: yesterday, actor: "mona", action: "case.undone", limit: "50" });
    await settled(page);
    await expectAccessible(page);
  });

  it("shows the log of a case, and says which ids cases have", async () => {
    asAuditor();
    ui.api.on("list-audit", { entries: entries(3) });
    const page = await ui.open("/audit");
    await page.getByRole("radio", { name: "A case" }).check();
    await page.getByLabel("Case", { exact: true }).fill("short");
    await press(page, "Enter");
    await page.getByText("The id of a case: 22 letters").waitFor();
    await expectAccessible(page);
    await page.getByLabel("Case", { exact: true }).fill(idOfCase("late"));
    await press(page, "Enter");
    await page.getByRole("heading", { name: "Entries of a case" }).waitFor();
    await expect.poll(() => asked().at(-1)).toEqual({ case: idOfCase("late"), limit: "50" });
    await settled(page);
    await shoot(page, "audit-case");
  });

  it("goes on where filters left a page empty, and says where nothing is", async () => {
    asAuditor();
    ui.api.on("list-audit", ({ query }) =>
      query.cursor === undefined ? { entries: [], cursor: "further" } : { entries: [] },
    );
    const page = await ui.open("/audit?actor=nobody");
    await page.getByText("Nothing that fits, so far").waitFor();
    await page.getByRole("button", { name: "Older" }).click();
    await page.getByText("Nothing is in the log here").waitFor();
    await settled(page);
    await shoot(page, "audit-nothing");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Clear the filters" }).click();
    await page.waitForURL((url) => !url.searchParams.has("actor"));
  });

  it("fits a narrow screen", async () => {
    asAuditor();
    ui.api.on("list-audit", { entries: entries(6) });
    const page = await ui.open("/audit", NARROW);
    await page.getByRole("table", { name: "Entries of the log" }).waitFor();
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.getByRole("table", { name: "Entries of the log" }).scrollIntoViewIfNeeded();
    await shoot(page, "audit-rows");
    await expectAccessible(page);
  });

  it("is not opened by a moderator, and says what failed", async () => {
    ui.api.reset();
    const page = await ui.open("/audit");
    await page.getByText("Your role does not open this page").waitFor();
    expect(await page.getByRole("link", { name: "Audit log" }).count()).toBe(0);
    expect(asked()).toEqual([]);
    asAuditor();
    ui.api.on("list-audit", refuse("unavailable", "Come back in a moment."));
    await page.goto(`${ui.api.url}/audit?day=2026-01-02`);
    await page.getByText("Come back in a moment.").waitFor();
    await expectAccessible(page);
  });
});
