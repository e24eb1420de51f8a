import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { makeProblem } from "../../../shared/contracts/problem.ts";
import { expectAccessible } from "./accessibility.ts";
import { focused, press, settled, shoot } from "./console-browser.ts";
import { refuse } from "./stub-api.ts";
import { caseId, claimOf, minutesFromNow, type Summary, summaryOf, tellCases, viewOf } from "./stub-cases.ts";
import { StubConsole } from "./stub-console.ts";

const ui = new StubConsole();
const asked = (name: string) => ui.api.asked.filter((one) => one.name === name);

const VARIED = [
  viewOf({
    name: "a",
    lane: "severe_safety",
    found: [
      { label: "threat", severity: 6, probability: 0.97, spans: [] },
      { label: "insult", severity: 4, probability: 0.8, spans: [] },
      { label: "hate", severity: 5, probability: 0.6, spans: [] },
    ],
    openedAt: minutesFromNow(-200),
  }),
  viewOf({
    name: "b",
    lane: "high",
    verdict: { language: "de", action: "block" },
    cluster: { key: "k".repeat(22), size: 41 },
  }),
  viewOf({ name: "c", claim: claimOf("malik", 5), verdict: { visibility: "private", surface: "message" } }),
  viewOf({ name: "d", claim: claimOf("mona", 8), verdict: { action: "flag", language: "ar" } }),
];

async function open(path = "/queue"): Promise<Page> {
  tellCases(ui.api, VARIED);
  const page = await ui.open(path);
  await page.getByText("insult").first().waitFor();
  await settled(page);
  return page;
}

describe("the queue", () => {
  it("shows in each row why, how grave, since when, who has it, and how many", async () => {
    const page = await open();
    const rows = page.getByRole("list", { name: "Cases" }).getByRole("link");
    const texts = (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " "));
    expect(texts[0]).toMatch(
      /Severe safety Held comment 3 h threat of violence, insult and 1 more Severity 6\/7 English/,
    );
    expect(texts[1]).toMatch(/Blocked comment .* German 41 items/);
    expect(texts[2]).toMatch(/private message .* malik · \d min/);
    expect(texts[3]).toMatch(/Flagged comment .* Arabic you have it · \d min/);
    await expectAccessible(page);
    await shoot(page, "queue");
  });

  it("moves by keys, opens with Enter, and comes back to the list", async () => {
    const page = await open();
    await press(page, "j");
    expect(await focused(page)).toContain("Severe safety");
    await press(page, "j", "k", "j");
    expect(await focused(page)).toContain("Blocked");
    await press(page, "Enter");
    await page.waitForURL(`**/cases/${caseId("b")}`);
    await page.locator(".case-grid").waitFor();
    expect(asked("claim-case")).toHaveLength(0);
    await press(page, "j");
    expect(await focused(page)).toMatch(/^a /);
  });

  it("takes the next case in turn with n", async () => {
    const page = await open();
    await press(page, "n");
    await page.waitForURL(`**/cases/${caseId("a")}`);
    expect(asked("next-case")[0]?.body).toEqual({ minutes: 10 });
    await page.getByText(/You have it for/).waitFor();
  });

  it("takes it from the queue that was chosen, if one was", async () => {
    const page = await open("/queue?queue=appeals");
    await press(page, "n");
    await page.waitForURL(`**/cases/${caseId("a")}?queue=appeals`);
    expect(asked("next-case")[0]?.body).toEqual({ minutes: 10, queue: "appeals" });
    expect(asked("list-cases")[0]?.query).toMatchObject({ queue: "appeals" });
  });

  it("narrows the list, and keeps that in the address", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByRole("button", { name: /Label/ }).click();
    await page.getByRole("option", { name: "threat of violence" }).click();
    await page.waitForURL("**/queue?label=threat");
    await expect.poll(() => asked("list-cases").at(-1)?.query.label).toBe("threat");
    await page.getByLabel("Brand").fill("acme");
    await press(page, "Enter");
    await page.waitForURL("**/queue?label=threat&brand=acme");
    await expectAccessible(page);
    await shoot(page, "queue-filters");
    await page.getByRole("button", { name: "Clear", exact: true }).click();
    await page.waitForURL("**/queue");
  });

  it("says kindly that nothing waits", async () => {
    tellCases(ui.api, []);
    const page = await ui.open("/queue");
    await page.getByText("Nothing waits here").waitFor();
    await press(page, "n");
    await page.getByText("Nothing more waits that you could take.").waitFor();
    await expectAccessible(page);
    await shoot(page, "queue-empty");
  });

  it("says that nothing fits the filters, and clears them", async () => {
    tellCases(ui.api, []);
    const page = await ui.open("/queue?kind=review");
    await page.getByText("No case fits the filters").waitFor();
    await page.getByRole("button", { name: "Clear the filters" }).click();
    await page.getByText("Nothing waits here").waitFor();
  });

  it("shows grey lines while it waits, and tries again after a failure", async () => {
    tellCases(ui.api, VARIED);
    let answer: (() => void) | undefined;
    ui.api.on(
      "list-cases",
      () => new Promise((done) => (answer = () => done(refuse("unavailable", "Try again in a moment.")))),
    );
    const page = await ui.open("/queue");
    await page.locator(".queue-pane .skeleton").waitFor();
    await shoot(page, "queue-loading");
    ui.api.on("list-cases", { cases: VARIED.map(summaryOf) });
    answer?.();
    await page.getByText("Try again in a moment.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("threat of violence").waitFor();
    await page.getByText("Try again in a moment.").waitFor({ state: "detached" });
  });

  it("offers an auditor the list, and nothing to take", async () => {
    ui.api.reset({ id: "aino", role: "auditor" });
    const page = await open();
    expect(await page.getByRole("button", { name: /Next case/ }).count()).toBe(0);
    await press(page, "n");
    expect(asked("next-case")).toHaveLength(0);
  });
});

describe("several cases", () => {
  it("are ticked by key, decided together, each with its own result, and undone together", async () => {
    const page = await open();
    await press(page, "j", "s", "j", "s");
    await page.getByText("2 ticked, 42 items").waitFor();
    await expectAccessible(page);
    await shoot(page, "queue-selection");
    ui.api.on("decide-many", ({ body }) => {
      const [first, second] = (body as { cases: { id: string }[] }).cases;
      const problem = makeProblem("case_decided", "Somebody was faster.");
      return {
        results: [
          { status: "decided", id: first?.id ?? "", version: 2, decision: "one" },
          { status: "refused", id: second?.id ?? "", problem },
        ],
      };
    });
    await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Decide" }).click();
    const dialog = page.getByRole("dialog", { name: "Decide 2 cases" });
    await dialog.getByRole("radio", { name: "Overturn" }).check();
    await press(page, "5");
    expect(await dialog.getByRole("radio", { name: "Honest criticism" }).isChecked()).toBe(true);
    await settled(page);
    await expectAccessible(page, "[role=dialog]");
    await shoot(page, "queue-bulk");
    await dialog.getByRole("button", { name: "Overturn 2" }).click();
    await page.getByText("1 overturned. 1 not: The case was already decided (1).").waitFor();
    expect(asked("decide-many")[0]?.body).toMatchObject({
      outcome: "overturn",
      reason: "honest_criticism",
      cases: [
        { id: caseId("a"), version: 1 },
        { id: caseId("b"), version: 1 },
      ],
    });
    ui.api.on("undo-decision", { id: caseId("a"), state: "open", queue: "default", version: 3 });
    await page.getByRole("button", { name: "Undo all" }).click();
    await page.getByText("One case is open again.").waitFor();
    expect(asked("undo-decision").map(({ body }) => body)).toEqual([{ decision: "one" }]);
  });

  it("are corrected together, by labels that are the same for all", async () => {
    const page = await open();
    await press(page, "j", "s", "j", "s");
    ui.api.on("decide-many", ({ body }) => ({
      results: (body as { cases: { id: string }[] }).cases.map(({ id }) => ({
        ...{ status: "decided" as const, id },
        ...{ version: 2, decision: `of-${id}` },
      })),
    }));
    await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Decide" }).click();
    const dialog = page.getByRole("dialog", { name: "Decide 2 cases" });
    await dialog.getByRole("radio", { name: "Correct" }).check();
    await press(page, "1");
    expect(await dialog.getByRole("button", { name: "Correct 2" }).isDisabled()).toBe(true);
    await dialog.getByRole("button", { name: "The labels as they should be" }).click();
    await page.getByRole("option", { name: "insult" }).click();
    await page.keyboard.press("Escape");
    await settled(page);
    await expectAccessible(page, "[role=dialog]");
    await shoot(page, "queue-bulk-correct");
    await dialog.getByRole("button", { name: "Correct 2" }).click();
    await page.getByText("2 corrected.").waitFor();
    expect(asked("decide-many")[0]?.body).toMatchObject({ outcome: "correct", labels: ["insult"] });
  });
});

describe("50,000 cases and 100 KB of words", () => {
  const ALL = 50_000;
  const MANY: readonly Summary[] = Array.from({ length: ALL }, (_, index) =>
    summaryOf(viewOf({ name: `case-${index}`, verdict: { severity: index % 8 } })),
  );

  /** Lets the page note what keeps its main thread busy for longer than 50 ms, and answers to keys slower than that. */
  const watch = (page: Page) =>
    page.addInitScript(() => {
      const kept: { longTasks: number[]; slowEvents: number[] } = { longTasks: [], slowEvents: [] };
      Object.assign(window, { kept });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) kept.longTasks.push(duration);
      }).observe({ type: "longtask", buffered: true });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) kept.slowEvents.push(duration);
      }).observe({ type: "event", durationThreshold: 104, buffered: true } as PerformanceObserverInit);
    });
  const kept = (page: Page) =>
    page.evaluate(() => {
      const { longTasks, slowEvents } = (window as unknown as { kept: { longTasks: number[]; slowEvents: number[] } })
        .kept;
      return { longTasks: longTasks.splice(0), slowEvents: slowEvents.splice(0) };
    });

  it("keeps few rows in the page, however far one scrolls, and reports what took long", async () => {
    const text = "Every word of this goes on and on. ".repeat(3_000);
    const long = viewOf({
      name: "case-0",
      claim: claimOf("mona", 10),
      text,
      found: [{ label: "insult", severity: 4, probability: 0.9, spans: [[6, 10]] }],
    });
    tellCases(ui.api, [long]);
    ui.api.on("list-cases", ({ query }) => {
      const from = Number(query.cursor ?? 0);
      const to = from + Number(query.limit);
      return { cases: MANY.slice(from, to), ...(to < ALL && { cursor: String(to) }) };
    });
    const page = await ui.browser.newPage();
    await watch(page);
    await page.goto(`${ui.api.url}/queue`);
    await page.getByText("insult").first().waitFor();
    await settled(page);
    const figures: Record<string, unknown> = { "first page": await kept(page) };

    const list = page.locator(".case-rows");
    const rows = () => list.locator("li").count();
    for (let known = 0; known < ALL; ) {
      await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await expect
        .poll(() => list.locator("li").last().getAttribute("aria-posinset").then(Number), { timeout: 5_000 })
        .toBeGreaterThan(known);
      known = Number(await list.locator("li").last().getAttribute("aria-posinset"));
      expect(await rows()).toBeLessThan(40);
    }
    figures["scrolled through 50,000"] = await kept(page);
    await list.locator("a").last().focus();
    for (let step = 0; step < 40; step += 1) await press(page, "k");
    figures["40 times k at the end"] = await kept(page);

    await page.goto(`${ui.api.url}/cases/${caseId("case-0")}`);
    await page.getByRole("heading", { name: "Why it is here" }).waitFor();
    await settled(page);
    figures["opened 100 KB"] = await kept(page);
    await page.locator(".case-why-list > li").focus();
    await press(page, "Escape", "u", "1");
    await page.locator(".case-long-words").evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await settled(page);
    figures["pointed at evidence, chose, scrolled"] = await kept(page);
    console.info(`main thread, in ms over 50 (events over 104): ${JSON.stringify(figures)}`);
  }, 180_000);
});
