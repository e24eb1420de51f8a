import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { focused, press, settled, shoot } from "./console-browser.ts";
import {
  backtest,
  builtIn,
  held,
  policy,
  report,
  shadowReport,
  summary,
  undo,
  undone,
  versionOf,
} from "./policy-answers.ts";
import { refuse } from "./stub-api.ts";
import { StubConsole } from "./stub-console.ts";

const ui = new StubConsole();
const NARROW = { width: 360, height: 740 };

const calm = { quarantines: [], history: [] };

function as(role: "lead" | "moderator" | "brand"): void {
  ui.api.reset({ id: "lena", role, ...(role === "brand" && { brands: ["acme"] }) });
  ui.api.on("list-quarantines", calm);
  ui.api.on("list-policies", { epoch: 7, policies: [summary(), builtIn] });
  ui.api.on("get-policy", policy());
  ui.api.on("get-policy-version", ({ params }) => versionOf(Number(params.version)));
}

const fits = async (page: Page): Promise<void> => {
  await settled(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
};

describe("all policies", () => {
  it("shows what decides and what runs beside, says what the flood breaker holds, and is gone through by keys", async () => {
    as("lead");
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
    as("moderator");
    const page = await ui.open("/policies");
    await page.getByText("version 1 decides").waitFor();
    expect(await page.getByRole("button", { name: "New policy" }).count()).toBe(0);
    await page.getByRole("link", { name: "Our comments" }).click();
    await page.getByRole("heading", { name: "Rules of version 1" }).waitFor();
    expect(await page.getByRole("button", { name: "Activate" }).count()).toBe(0);
    expect(await page.getByRole("link", { name: "Edit" }).count()).toBe(0);
  });

  it("says what went wrong, and asks again", async () => {
    as("lead");
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
    as("lead");
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
    as("lead");
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
    as("lead");
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
    as("lead");
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
    as("lead");
    ui.api.on("get-policy", refuse("not_found"));
    const page = await ui.open("/policies/nowhere");
    await page.getByText("There is no policy of this id").waitFor();
    await expectAccessible(page);
  });

  it("fits a narrow screen", async () => {
    as("lead");
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

describe("backtests", () => {
  it("begins one from a policy, shows how far it is, then what it found", async () => {
    as("lead");
    ui.api.on("start-backtest", backtest({ state: "waiting" }));
    ui.api.on("get-backtest", ({ turn }) =>
      turn < 3
        ? backtest()
        : backtest({ state: "done", progress: { parts: 4, done: 4, items: 466, stalled: [] }, report }),
    );
    const page = await ui.open("/policies/house-rules");
    await page.getByRole("button", { name: "Try on the past" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Begin" }).click();
    await page.waitForURL("**/backtests/mwsfiwxs-26f763a6");
    expect(ui.api.asked.find(({ name }) => name === "start-backtest")?.body).toMatchObject({
      policy: { id: "house-rules", version: 2 },
    });
    await page.getByText("1 of 4 days, 214 verdicts read").waitFor();
    await shoot(page, "backtest-running");
    await expectAccessible(page);
    await page.getByRole("heading", { name: "What would change" }).waitFor();
    const main = await page.getByRole("main").innerText();
    expect(main).toContain("28 of 466 verdicts would be otherwise than by what is active now: 6 % (4.2–8.5 %)");
    expect(main).toContain("−25.2 (−29.2 to −19.2)");
    expect(main).toContain("Only to another queue: 8");
    expect(main).toContain("83.3 % (43.6–97 %)");
    expect(await page.getByRole("progressbar").count()).toBe(0);
    const asked = () => ui.api.asked.filter(({ name }) => name === "get-backtest").length;
    const before = asked();
    await page.waitForTimeout(2_000);
    expect(asked(), "a finished one is not asked for again").toBe(before);
    await settled(page);
    await shoot(page, "backtest");
    await expectAccessible(page);
  });

  it("says what stalls it, and lets it go on", async () => {
    as("lead");
    const stalled = { parts: 4, done: 2, items: 300, stalled: [{ day: "2026-11-21", reason: "no_sign_of_life" }] };
    ui.api.on("get-backtest", ({ turn }) =>
      turn < 2 ? backtest({ state: "stalled", progress: stalled }) : backtest(),
    );
    ui.api.on("resume-backtest", backtest());
    const page = await ui.open("/backtests/mwsfiwxs-26f763a6", NARROW);
    await page.getByText("2026-11-21: no sign of life").waitFor();
    await fits(page);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Cancel" }).waitFor();
  });

  it("lists them, and says where one begins where there is none", async () => {
    as("moderator");
    ui.api.on("list-backtests", ({ turn }) => ({ backtests: turn === 1 ? [] : [backtest()] }));
    const page = await ui.open("/backtests");
    await page.getByText("No backtest in the last 30 days").waitFor();
    await page.getByRole("link", { name: "Choose a policy to try" }).click();
    await page.getByRole("link", { name: "Backtests" }).click();
    await page.getByRole("link", { name: "house-rules, not saved" }).waitFor();
    await settled(page);
    await shoot(page, "backtests");
    await expectAccessible(page);
  });
});

describe("undos", () => {
  it("goes from a rule to a dry run to the run, and shows the record", async () => {
    as("lead");
    const run = undo({ id: "mwsg0000-00000001-run", dryRun: false, of: "mwsg0000-00000001", note: "wrong rule" });
    ui.api.on("list-undos", { undos: [] });
    ui.api.on("start-undo", ({ body }) => ((body as { dryRun: boolean }).dryRun ? undo({ state: "waiting" }) : run));
    ui.api.on("get-undo", ({ params }) => (params.id === run.id ? run : undo()));
    ui.api.on("list-undone", undone);
    const page = await ui.open("/policies/house-rules");
    await page.getByRole("link", { name: "Was this rule wrong? rude: find what rests on it" }).click();
    expect(await page.getByLabel("Rule", { exact: true }).inputValue()).toBe("rude");
    await settled(page);
    await shoot(page, "undos");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Look what rests on it" }).click();
    await page.getByText("30 verdicts: its open case would be closed as overturned").waitFor();
    expect(ui.api.asked.find(({ name }) => name === "start-undo")?.body).toMatchObject({
      dryRun: true,
      cause: { rule: "rude", policy: { id: "house-rules" } },
    });
    await settled(page);
    await shoot(page, "undo-dry");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Take back 32 verdicts" }).click();
    await page.getByRole("dialog").getByLabel("Why").fill("wrong rule");
    await expectAccessible(page, "[role=dialog]");
    await page.getByRole("button", { name: "Take back, for good" }).click();
    await page.waitForURL("**/undos/mwsg0000-00000001-run");
    await page.getByRole("heading", { name: "The record" }).waitFor();
    await page.getByText("32 were taken back").waitFor();
    await expectAccessible(page);
  });

  it("wants a cause before it asks, and puts the API's fault to its field", async () => {
    as("lead");
    ui.api.on("list-undos", { undos: [] });
    ui.api.on(
      "start-undo",
      refuse("invalid_request", "See errors.", {
        errors: [{ pointer: "/cause/model", detail: "does not fit", fix: "an analyzer and its version" }],
      }),
    );
    const page = await ui.open("/undos", NARROW);
    await page.getByLabel("A label or analyzer").check();
    await page.getByRole("button", { name: "Look what rests on it" }).click();
    await page.getByText("Name a label or an analyzer.").waitFor();
    expect(ui.api.asked.some(({ name }) => name === "start-undo")).toBe(false);
    await page.getByRole("textbox", { name: "Analyzer" }).fill("text-model@3");
    await page.getByRole("button", { name: "Look what rests on it" }).click();
    await page.getByText("Does not fit: an analyzer and its version").waitFor();
    await fits(page);
    await expectAccessible(page);
  });
});

describe("the flood breaker", () => {
  it("shows what is held and why, and holds it no longer for a reason", async () => {
    as("lead");
    const announced = held({ id: "x", subject: "label", name: "self_harm", effect: "announced" });
    ui.api.on("list-quarantines", ({ turn }) =>
      turn === 1
        ? {
            quarantines: [held(), announced],
            history: [{ id: "e1", type: "breaker.opened", at: held().at, quarantine: held() }],
          }
        : calm,
    );
    ui.api.on("reset-quarantine", { closed: [held()] });
    const page = await ui.open("/floods");
    const card = page.getByRole("listitem").filter({ hasText: "rule links-of-new-accounts" }).first();
    await card.waitFor();
    expect(await card.innerText()).toContain(
      "34 % of the posts of ten minutes (340 of 1,000), where at most 2.1 % is usual",
    );
    await settled(page);
    await shoot(page, "floods");
    await expectAccessible(page);
    await card.getByRole("button", { name: "This share is right" }).click();
    await page.getByRole("dialog").getByLabel("Why").fill("an election day");
    await page.getByRole("button", { name: "Hold it no longer" }).click();
    await page.getByText("is held no longer.").waitFor();
    await page.getByText("Nothing is held", { exact: true }).waitFor();
    expect(ui.api.asked.find(({ name }) => name === "reset-quarantine")?.body).toEqual({
      subject: "rule",
      name: "links-of-new-accounts",
      note: "an election day",
    });
  });

  it("lets a moderator look, and a brand not", async () => {
    as("moderator");
    ui.api.on("list-quarantines", { quarantines: [held()], history: [] });
    const page = await ui.open("/floods", NARROW);
    await page.getByText("nothing is held back or refused by it").waitFor();
    expect(await page.getByRole("button", { name: "This share is right" }).count()).toBe(0);
    await fits(page);
    as("brand");
    const other = await ui.open("/floods");
    await other.getByText("Your role does not open this page").waitFor();
  });
});
