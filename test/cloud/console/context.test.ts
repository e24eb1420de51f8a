import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { press, settled, shoot } from "./console-browser.ts";
import { caseId, claimOf, minutesFromNow, tellCases, viewOf } from "./stub-cases.ts";
import { StubConsole } from "./stub-console.ts";

const ui = new StubConsole();
const A = caseId("a");
const MINE = { claim: claimOf("mona", 10) };
const HOUR = 60;

describe("what surrounds a case", () => {
  it("shows a review's target with and without suspects", async () => {
    const view = viewOf({
      name: "a",
      ...MINE,
      ref: { kind: "review", id: "review-a", revision: "1" },
      verdict: { surface: "review", targetId: "toaster-9" },
    });
    tellCases(ui.api, [view]);
    ui.api.on("get-target", {
      id: "toaster-9",
      all: { count: 60, mean: 4.1, stars: [6, 4, 5, 5, 40] },
      withoutSuspected: { count: 30, mean: 3.2, stars: [6, 4, 5, 5, 10] },
      suspected: 30,
      days: [],
      windows: [
        {
          ...{ from: "2026-11-20", to: "2026-11-21", kind: "praise_burst", reviews: 31, oneStar: 0, fiveStar: 30 },
          ...{
            firstTime: 28,
            suspected: 30,
            usualPerDay: 0.6,
            why: ["31 reviews in two days, where 0.6 a day are usual."],
          },
        },
      ],
      sharedReviewers: [],
    });
    const page = await ui.open(`/cases/${A}`);
    const target = page.getByRole("region", { name: "The target" });
    await target.getByText("4.10").waitFor();
    await target.getByText("3.20").waitFor();
    await target.getByText("31 reviews in two days, where 0.6 a day are usual.").waitFor();
    await settled(page);
    await expectAccessible(page);
    await shoot(page, "context-review");
  });

  it("shows a following by its two plots and a table, and nowhere how large it is", async () => {
    const SIZE = 48_211;
    const start = Date.parse(minutesFromNow(-48 * HOUR));
    const at = (hour: number): string => new Date(start + hour * 3_600_000).toISOString();
    const window = {
      start: at(20),
      end: at(22),
      followers: 900,
      suspicious: 610,
      kind: "bought" as const,
      added: { estimate: 700, low: 640, high: 760 },
    };
    const assessment = {
      account: "star-1",
      followers: SIZE,
      scored: 400,
      fakeShare: { estimate: 0.31, low: 0.27, high: 0.36 },
      windows: [window],
    };
    const { content: _, ...view } = viewOf({
      name: "a",
      ...MINE,
      ref: { kind: "audience", id: "star-1", revision: "7" },
      found: [{ label: "fake_following.bought", severity: 4, probability: 0.9, spans: [] }],
      verdict: { surface: "profile" },
    });
    tellCases(ui.api, [{ ...view, contentWithheld: "no_text" }]);
    const { verdict, ref } = view;
    ui.api.on("get-audience", {
      version: 7,
      assessment,
      verdict: { ...verdict, ref, queue: "default", lane: "medium" },
      notes: ["The platform sent no times of creation for some."],
      history: {
        hours: Array.from({ length: 48 }, (_, hour) => ({
          start: at(hour),
          follows: hour === 20 ? 900 : 6,
          scored: 3,
          suspicious: hour === 20 ? 610 : 1,
          usual: 6,
        })),
        days: [],
        order: Array.from({ length: 60 }, (_, index) => ({
          followed: at(index % 48),
          created: "2025-03-01",
          chance: index % 2 === 0 ? 90 : 10,
        })),
        ages: [],
        snapshots: [],
        digits: [0, 0, 0, 0, 0, 0, 0, 0, 0],
      },
    });
    const page = await ui.open(`/cases/${A}`);
    const following = page.getByRole("region", { name: "The following" });
    await following.getByText(/31 % of the sampled followers are consistent with automation/).waitFor();
    await following.getByRole("figure").nth(1).waitFor();
    await following.getByText(/About 700 \(640–760, 95 %\)/).waitFor();
    const text = (await page.locator("body").textContent()) ?? "";
    for (const shown of [String(SIZE), SIZE.toLocaleString()]) expect(text).not.toContain(shown);
    await settled(page);
    await expectAccessible(page);
    await shoot(page, "context-audience");
  });

  it("becomes a step of its own where it does not fit beside the case", async () => {
    tellCases(ui.api, [viewOf({ name: "a", ...MINE })]);
    const page = await ui.open(`/cases/${A}`, { width: 360, height: 740 });
    const steps = page.getByRole("navigation", { name: "What is shown" });
    await page.getByRole("heading", { name: /Held comment/ }).waitFor();
    await settled(page);
    await expectAccessible(page);
    await steps.getByRole("button", { name: "Context" }).click();
    await page.getByText("2 of 3 flagged, held or blocked").waitFor();
    expect(await page.getByRole("button", { name: /Uphold/ }).isVisible()).toBe(true);
    await steps.getByRole("button", { name: "Queue" }).click();
    await page.getByRole("button", { name: /Next case/ }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.setViewportSize({ width: 1_000, height: 700 });
    await shoot(page, "context-middle");
  });

  it("hands the case over to a colleague, whose name is chosen; keys of the case rest meanwhile", async () => {
    tellCases(ui.api, [viewOf({ name: "a", ...MINE })]);
    const colleague = { skills: [], me: false };
    ui.api.on("list-colleagues", {
      colleagues: [
        { id: "malik", role: "moderator", languages: ["ar", "fr"], ...colleague },
        { id: "mona", role: "moderator", languages: ["en"], skills: [], me: true },
      ],
    });
    ui.api.on("transfer-case", { id: A, state: "open", queue: "default", version: 1, claim: claimOf("malik", 60) });
    const page = await ui.open(`/cases/${A}`);
    await page.getByRole("button", { name: "Hand over" }).click();
    const dialog = page.getByRole("dialog", { name: "Hand the case over" });
    await dialog.getByRole("button", { name: /Choose a colleague/ }).click();
    await page.getByRole("option", { name: /malik/ }).click();
    expect(await page.getByRole("option", { name: /mona/ }).count()).toBe(0);
    await settled(page);
    await expectAccessible(page, "[role=dialog]");
    await shoot(page, "context-hand-over");
    await press(page, "u");
    await dialog.getByRole("button", { name: "Hand over" }).click();
    await page.getByText("Handed over to malik").waitFor();
    expect(await page.getByRole("button", { pressed: true }).count()).toBe(0);
    expect(ui.api.asked.find(({ name }) => name === "transfer-case")?.body).toEqual({ to: "malik" });
  });
});
