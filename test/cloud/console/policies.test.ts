import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { focused, press, settled, shoot } from "./console-browser.ts";
import { builtIn, held, policy, shadowReport } from "./policy-answers.ts";
import { fits, NARROW, PolicyPages } from "./policy-pages.ts";
import { refuse } from "./stub-api.ts";

const ui = new PolicyPages();

describe("all policies", () => {
  it("shows what decides and what runs beside, says what the flood breaker holds, and is gone through by keys", async () => {
    ui.as("lead");
    ui.api.on("list-quarantines", { quarantines: [held()], history: [] });
    const page = await ui.open("/policies");
    const card = page.getByRole("listitem").filter({ hasText: "house-rules" });
    await card.waitFor();
    const said = await card.innerText();
    expect(said).toContain("version 1 decides");
    expect(said).toContain("version 2 is newer");
    expect(said).toContain("version 2 in shadow");
    await page.getByText("holds a rule or label at “flag” now").waitFor();
    await settled(page);
    await shoot(page, "policies");
    await expectAccessible(page);
    await press(page, "j", "j");
    expect(await focused(page)).toBe("a Touchstone's default");
    await press(page, "k", "Enter");
    await page.getByRole("heading", { name: "Our comments", level: 1 }).waitFor();
  });

  it("lets a moderator read and change nothing", async () => {
    ui.as("moderator");
    const page = await ui.open("/policies");
    await page.getByText("version 1 decides").waitFor();
    expect(await page.getByRole("button", { name: "New policy" }).count()).toBe(0);
    await page.getByRole("link", { name: "Our comments" }).click();
    await page.getByRole("heading", { name: "Rules of version 1" }).waitFor();
    expect(await page.getByRole("button", { name: "Activate" }).count()).toBe(0);
    expect(await page.getByRole("link", { name: "Edit" }).count()).toBe(0);
  });

  it("says what went wrong, and asks again", async () => {
    ui.as("lead");
    ui.api.on("list-policies", ({ turn }) =>
      turn === 1 ? refuse("unavailable", "In a moment.") : { epoch: 0, policies: [builtIn] },
    );
    const page = await ui.open("/policies");
    await page.getByText("In a moment.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("decides about everything until a policy of yours is activated").waitFor();
  });
});

describe("one policy", () => {
  it("shows its rules in words, its history, and what differs between two versions", async () => {
    ui.as("lead");
    const page = await ui.open("/policies/house-rules");
    await page.getByRole("heading", { name: "Rules of version 1" }).waitFor();
    const main = page.getByRole("main");
    expect(await main.innerText()).toContain("surfaces comment; languages en, de");
    expect(await main.innerText()).toContain("label.insult.probability >= 0.5");
    await settled(page);
    await shoot(page, "policy");
    await expectAccessible(page);
    await page.getByRole("link", { name: "History" }).click();
    await page.getByText("activated: version 1").waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Compare versions" }).click();
    await page.getByText("New: links-of-new-accounts").waitFor();
    expect(await page.locator(".policy-diff [data-kind=gone]").allInnerTexts()).toEqual([
      expect.stringContaining("label.insult.probability >= 0.5"),
    ]);
    await settled(page);
    await shoot(page, "policy-compare");
    await expectAccessible(page);
  });

  it("activates a version after showing what changes, with the reason and what was seen", async () => {
    ui.as("lead");
    ui.api.on("activate-policy", {
      id: "house-rules",
      epoch: 8,
      changed: true,
      active: { version: 2, by: "lena", at: new Date().toISOString(), note: "links", previous: 1 },
      hiddenBy: "nearer-rules",
      shadows: [],
    });
    const page = await ui.open("/policies/house-rules");
    await page.getByRole("button", { name: "Activate", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("New: links-of-new-accounts").waitFor();
    await dialog.getByRole("button", { name: "Activate version 2" }).click();
    await dialog.getByText("Say why, in a few words.").waitFor();
    await settled(page);
    await shoot(page, "policy-activate");
    await expectAccessible(page, "[role=dialog]");
    await dialog.getByLabel("Why").fill("links of newcomers");
    await press(page, "Control+Enter");
    await page.getByText("no item reaches it: nearer-rules is nearer").waitFor();
    expect(ui.api.asked.find(({ name }) => name === "activate-policy")?.body).toEqual({
      version: 2,
      note: "links of newcomers",
      expectedEpoch: 7,
    });
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  it("says that somebody was faster, keeps the reason, and goes on from what is now", async () => {
    ui.as("lead");
    ui.api.on("roll-back-policy", ({ turn }) =>
      turn === 1
        ? refuse("policy_changed", "The policies are at epoch 8: house-rules is active in version 2.")
        : { id: "house-rules", epoch: 9, changed: true, shadows: [] },
    );
    const page = await ui.open("/policies/house-rules");
    await page.getByRole("button", { name: "Roll back" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("No version was active before 1").waitFor();
    await dialog.getByLabel("Why").fill("too strict");
    ui.api.on("get-policy", policy({ epoch: 8 }));
    await dialog.getByRole("button", { name: "Roll back" }).click();
    await dialog.getByText("The policies are at epoch 8").waitFor();
    expect(await dialog.getByLabel("Why").inputValue()).toBe("too strict");
    await expect.poll(() => ui.api.asked.filter(({ name }) => name === "get-policy").length).toBeGreaterThan(1);
    await settled(page);
    await dialog.getByRole("button", { name: "Roll back" }).click();
    await page.getByText("house-rules decides nothing any more").waitFor();
    const sent = ui.api.asked.filter(({ name }) => name === "roll-back-policy").map(({ body }) => body);
    expect(sent).toEqual([
      { note: "too strict", expectedEpoch: 7 },
      { note: "too strict", expectedEpoch: 8 },
    ]);
  });

  it("shows what a shadow would have done, with intervals, and starts and ends one", async () => {
    ui.as("lead");
    ui.api.on("get-shadow", shadowReport);
    ui.api.on("shadow-policy", { id: "house-rules", epoch: 8, changed: true, shadows: [] });
    const page = await ui.open("/policies/house-rules/shadow");
    const moves = page.getByRole("table", { name: "What would have changed" });
    await moves.waitFor();
    expect(await moves.innerText()).toContain("2.1 % (1.5–2.9 %)");
    expect(await page.getByRole("main").innerText()).toContain("131 of 4,210 items");
    await settled(page);
    await shoot(page, "policy-shadow");
    await expectAccessible(page);
    await page.getByRole("button", { name: "End version 2 in shadow" }).click();
    await page.getByText("runs in shadow no longer").waitFor();
    expect(ui.api.asked.find(({ name }) => name === "shadow-policy")?.body).toEqual({ version: 2, run: false });
  });

  it("says that there is none of this id", async () => {
    ui.as("lead");
    ui.api.on("get-policy", refuse("not_found"));
    const page = await ui.open("/policies/nowhere");
    await page.getByText("There is no policy of this id").waitFor();
    await expectAccessible(page);
  });

  it("fits a narrow screen", async () => {
    ui.as("lead");
    ui.api.on("get-shadow", shadowReport);
    const page = await ui.open("/policies/house-rules/shadow", NARROW);
    await page.getByRole("table", { name: "What would have changed" }).waitFor();
    await fits(page);
    await expectAccessible(page);
    await page.getByRole("link", { name: "Compare versions" }).click();
    await page.getByText("New: links-of-new-accounts").waitFor();
    await fits(page);
    await shoot(page, "policy-compare-small");
  });
});
