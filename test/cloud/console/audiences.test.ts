import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { press, settled, shoot } from "./console-browser.ts";
import { audience, watchedAudience } from "./explore-answers.ts";
import { refuse } from "./stub-api.ts";
import { StubConsole } from "./stub-console.ts";

const ui = new StubConsole();
const NARROW = { width: 360, height: 740 };
const TALL = { width: 1280, height: 1900 };

describe("audiences", () => {
  it("shows whose following deserves a look, and never how large it is", async () => {
    ui.api.on("list-audiences", {
      audiences: [watchedAudience("glow-by-gia"), watchedAudience("harbour-herons", { windows: [] })],
      looked: { open: 2, all: true },
    });
    const page = await ui.open("/audiences");
    const card = page.getByRole("listitem").filter({ hasText: "glow-by-gia" }).first();
    await card.waitFor();
    expect(await card.innerText()).toContain("34 % of the followers (28–41 %) consistent with automation");
    expect(await card.innerText()).toContain("consistent with purchase");
    await settled(page);
    await shoot(page, "audiences");
    await expectAccessible(page);
  });

  it("says that none has a case", async () => {
    ui.api.on("list-audiences", { audiences: [], looked: { open: 0, all: true } });
    const page = await ui.open("/audiences");
    await page.getByText("No following has a case").waitFor();
  });
});

describe("one audience", () => {
  it("shows windows with ranges and both plots, without the size of the following", async () => {
    ui.api.on("get-audience", audience("glow-by-gia"));
    const page = await ui.open("/audiences/glow-by-gia", TALL);
    const main = page.getByRole("main");
    await page.getByRole("img", { name: /^New followers by hour/ }).waitFor();
    await page.getByRole("img", { name: /^Order of following/ }).waitFor();
    const text = await main.innerText();
    expect(text).toContain("About 2,790 (2,610–2,847, 95 %) of 2,847 followers are consistent with purchase");
    expect(text).not.toMatch(/48,?2\d\d/);
    await settled(page);
    await shoot(page, "audience");
    await expectAccessible(page);
    const slider = page.getByRole("slider", { name: /^Follower of/ });
    await slider.focus();
    await press(page, "Home");
    expect(await slider.getAttribute("aria-valuetext")).toMatch(/^Follower 1 of 200: followed/);
    await page.getByRole("button", { name: "New followers by hour: show as a table" }).click();
    expect(await page.getByRole("table", { name: "New followers by hour" }).getByRole("row").count()).toBe(337);
    await expectAccessible(page);
  });

  it("fits a narrow screen", async () => {
    ui.api.on("get-audience", audience("glow-by-gia"));
    const page = await ui.open("/audiences/glow-by-gia", NARROW);
    await page.getByRole("img", { name: /^Order of following/ }).waitFor();
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.getByRole("img", { name: /^New followers by hour/ }).scrollIntoViewIfNeeded();
    await shoot(page, "audience-plots");
    await expectAccessible(page);
  });

  it("says so where the counts are forgotten, and where nothing is known", async () => {
    const { history: _, ...rest } = audience("glow-by-gia");
    ui.api.on("get-audience", ({ params }) =>
      params.id === "glow-by-gia" ? { ...rest, assessment: { ...rest.assessment, windows: [] } } : refuse("not_found"),
    );
    const page = await ui.open("/audiences/glow-by-gia");
    await page.getByText("No window stands out.").waitFor();
    await page.getByText("were forgotten before the verdict was").waitFor();
    await expectAccessible(page);
    await page.goto(`${ui.api.url}/audiences/nobody-here`);
    await page.getByText("No following of this id is known").waitFor();
  });
});
