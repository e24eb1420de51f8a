import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { focused, press, settled, shoot } from "./console-browser.ts";
import { refuse } from "./stub-api.ts";
import { StubConsole } from "./stub-console.ts";

const ui = new StubConsole();

const open = async (path = "/me", person = {}): Promise<Page> => {
  ui.api.reset(person);
  // The home of whoever leaves these tests' page: it may say that it has nothing.
  ui.api.on("list-queues", refuse("unavailable"));
  ui.api.on("list-cases", refuse("unavailable"));
  return ui.open(path);
};

describe("the frame", () => {
  it("signs in, comes back to where one was going, and names the tab", async () => {
    const page = await open("/me?from=here");
    await page.getByRole("heading", { name: "You", level: 1 }).waitFor();
    expect(page.url()).toBe(`${ui.api.url}/me?from=here`);
    expect(await page.title()).toBe("You · Touchstone");
    expect(ui.api.issuer.redeemed).toContain("authorization_code");
    await settled(page);
    await shoot(page, "me");
  });

  it("is accessible in light and dark, on a narrow screen too", async () => {
    const page = await open();
    await page.getByRole("heading", { name: "You", level: 1 }).waitFor();
    await settled(page);
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  it("skips to the content by keyboard", async () => {
    const page = await open();
    await page.getByRole("heading", { name: "You", level: 1 }).waitFor();
    await press(page, "Tab");
    expect(await focused(page)).toBe("a Skip to content");
    await press(page, "Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
  });

  it("says politely where there is no such page", async () => {
    const page = await open("/nowhere");
    await page.getByRole("heading", { name: "There is no such page" }).waitFor();
    await page.getByRole("link", { name: "Go to your first page" }).click();
    await page.waitForURL((url) => url.pathname !== "/nowhere");
  });

  it("shows the active keys on ?, and nothing else hears keys meanwhile", async () => {
    const page = await open();
    await page.getByRole("heading", { name: "You", level: 1 }).waitFor();
    await press(page, "?");
    const dialog = page.getByRole("dialog", { name: "Keys" });
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain("Show the keys that are active");
    await settled(page);
    await expectAccessible(page);
    await shoot(page, "keys");
    await press(page, "?");
    await dialog.waitFor({ state: "detached" });
  });

  it("keeps preferences, and keys of one letter can be switched off", async () => {
    const page = await open();
    await page.getByRole("radio", { name: "Dark" }).check();
    expect(await page.evaluate(() => document.body.classList.contains("awsui-dark-mode"))).toBe(true);
    await page.getByRole("checkbox", { name: "Keys of one letter" }).uncheck();
    await page.getByRole("heading", { name: "You", level: 1 }).click();
    await press(page, "?");
    expect(await page.getByRole("dialog", { name: "Keys" }).count()).toBe(0);
    await page.reload();
    await page.getByRole("heading", { name: "You", level: 1 }).waitFor();
    expect(await page.getByRole("radio", { name: "Dark" }).isChecked()).toBe(true);
  });
});

describe("who is let in", () => {
  it("shows a stranger the code to hand to an admin", async () => {
    ui.api.reset();
    ui.api.on("me", refuse("not_a_member", "Not yet.", { subject: "7421e209".repeat(8) }));
    const page = await ui.open("/");
    await page.getByRole("heading", { name: "You are not a member yet" }).waitFor();
    expect(await page.locator("main").innerText()).toContain("7421e209".repeat(8));
    await settled(page);
    await expectAccessible(page);
    await shoot(page, "not-a-member");
  });

  it("says so where the API does not answer, and tries again", async () => {
    ui.api.reset();
    ui.api.on("me", ({ turn }) =>
      turn === 1
        ? refuse("unavailable", "Come back in a moment.")
        : { tenant: "demo", id: "mona", role: "moderator", languages: [], skills: [], queues: [] },
    );
    const page = await ui.open("/me");
    await page.getByText("Come back in a moment.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "You", level: 1 }).waitFor();
  });

  it("renews a token that has ended without a word", async () => {
    ui.api.reset();
    ui.api.issuer.lasts = 1;
    const page = await ui.open("/me");
    await page.getByRole("heading", { name: "You", level: 1 }).waitFor();
    expect(ui.api.issuer.redeemed).toContain("refresh_token");
  });

  it("signs out, and stays so until one wants in again", async () => {
    const page = await open();
    await page.getByRole("button", { name: /mona/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "You are signed out" }).waitFor();
    await settled(page);
    await expectAccessible(page);
    await shoot(page, "signed-out");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: /mona/ }).waitFor();
  });

  it("does not redeem a code that this tab never asked for", async () => {
    ui.api.reset();
    ui.api.issuer.redeemed.length = 0;
    const page = await ui.browser.newPage();
    await page.goto(`${ui.api.url}/signed-in?code=stolen&state=made-up`);
    await page.getByRole("heading", { name: "This sign-in is over" }).waitFor();
    expect(ui.api.issuer.redeemed).toEqual([]);
  });
});
