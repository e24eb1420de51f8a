import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { settled, shoot } from "./console-browser.ts";
import { backtest, held, report, undo, undone } from "./policy-answers.ts";
import { calm, fits, NARROW, PolicyPages } from "./policy-pages.ts";
import { refuse } from "./stub-api.ts";

const ui = new PolicyPages();

describe("backtests", () => {
  it("begins one from a policy, shows how far it is, then what it found", async () => {
    ui.as("lead");
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
    ui.as("lead");
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
    ui.as("moderator");
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
    ui.as("lead");
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
    ui.as("lead");
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
    ui.as("lead");
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
    ui.as("moderator");
    ui.api.on("list-quarantines", { quarantines: [held()], history: [] });
    const page = await ui.open("/floods", NARROW);
    await page.getByText("nothing is held back or refused by it").waitFor();
    expect(await page.getByRole("button", { name: "This share is right" }).count()).toBe(0);
    await fits(page);
    ui.as("brand");
    const other = await ui.open("/floods");
    await other.getByText("Your role does not open this page").waitFor();
  });
});
