import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { focused, press, settled, shoot } from "./console-browser.ts";
import { target, watchedTarget } from "./explore-answers.ts";
import { refuse } from "./stub-api.ts";
import { StubConsole } from "./stub-console.ts";

const ui = new StubConsole();
const NARROW = { width: 360, height: 740 };

describe("targets", () => {
  it("shows what deserves a look, with ratings with and without suspects", async () => {
    ui.api.on("list-targets", {
      targets: [
        watchedTarget("glow-lamp"),
        watchedTarget("hotel~berlin", { open: 0, items: 0, severity: 2, suspected: 0, decided: 3, since: undefined }),
      ],
      looked: { open: 412, all: false },
    });
    const page = await ui.open("/targets");
    const card = page.getByRole("listitem").filter({ hasText: "glow-lamp" }).first();
    await card.waitFor();
    expect(await card.innerText()).toContain("4.12 stars without the 74 consistent with fakery");
    expect(await card.innerText()).toContain("2 open cases with 14 items");
    expect(await page.getByRole("main").innerText()).toContain("more cases wait");
    await settled(page);
    await shoot(page, "targets");
    await expectAccessible(page);
    await press(page, "j", "j");
    expect(await focused(page)).toBe("a hotel~berlin");
    await press(page, "k");
    expect(await focused(page)).toBe("a glow-lamp");
    ui.api.on("get-target", target("glow-lamp"));
    await press(page, "Enter");
    await page.getByRole("heading", { name: "Target glow-lamp", level: 1 }).waitFor();
  });

  it("says kindly that no target has a case", async () => {
    ui.api.on("list-targets", { targets: [], looked: { open: 0, all: true } });
    const page = await ui.open("/targets");
    await page.getByText("No target has a case").waitFor();
    await settled(page);
    await shoot(page, "targets-empty");
    await expectAccessible(page);
  });

  it("says what went wrong, and asks again", async () => {
    ui.api.on("list-targets", ({ turn }) =>
      turn === 1
        ? refuse("unavailable", "Come back in a moment.")
        : { targets: [watchedTarget("glow-lamp")], looked: { open: 1, all: true } },
    );
    const page = await ui.open("/targets");
    await page.getByText("Come back in a moment.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("link", { name: "glow-lamp" }).waitFor();
    expect(await page.getByText("Come back in a moment.").count()).toBe(0);
  });
});

describe("one target", () => {
  it("shows ratings, days and windows, and reads the chart's values by keys and as a table", async () => {
    ui.api.on("get-target", target("glow-lamp"));
    const page = await ui.open("/targets/glow-lamp");
    const stars = page.getByRole("table", { name: "Reviews by stars" });
    await stars.waitFor();
    expect((await stars.getByRole("row").nth(1).innerText()).split(/\s+/)).toEqual(["5", "202", "128"]);
    await page.getByText("Praise", { exact: false }).first().waitFor();
    const slider = page.getByRole("slider", { name: /Day of/ });
    await slider.focus();
    await press(page, "End", "ArrowLeft");
    const text = await slider.getAttribute("aria-valuetext");
    expect(text).toMatch(/\d+ reviews, \d+ consistent with fakery/);
    expect(await page.locator(".chart-reading").innerText()).toBe(text);
    await settled(page);
    await shoot(page, "target");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Reviews by day: show as a table" }).click();
    expect(await page.getByRole("table", { name: "Reviews by day" }).getByRole("row").count()).toBe(31);
    await expectAccessible(page);
  });

  it("fits a narrow screen", async () => {
    ui.api.on("get-target", target("glow-lamp"));
    const page = await ui.open("/targets/glow-lamp", NARROW);
    await page.getByRole("slider", { name: /Day of/ }).waitFor();
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Reviews by day: show as a table" }).click();
    await page.getByRole("table", { name: "Reviews by day" }).scrollIntoViewIfNeeded();
    await shoot(page, "target-table");
    await expectAccessible(page);
  });

  it("says that it is not known, to a brand that it may be another's", async () => {
    ui.api.reset({ role: "brand", brands: ["glow"] });
    ui.api.on("get-target", refuse("not_found"));
    const page = await ui.open("/targets/other");
    await page.getByText("No target of this id is known").waitFor();
    expect(await page.getByRole("main").innerText()).toContain("concerns your brand");
    await settled(page);
    await expectAccessible(page);
  });
});
