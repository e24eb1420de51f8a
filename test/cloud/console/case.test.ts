import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { A, CasePage, decision, heldBy, MINE } from "./case-page.ts";
import { focused, press, settled, shoot } from "./console-browser.ts";
import { refuse } from "./stub-api.ts";
import { caseId, claimOf, minutesFromNow, tellCases, viewOf } from "./stub-cases.ts";

const ui = new CasePage();

describe("the open case", () => {
  it("shows the item in its thread, why it is here, and its author", async () => {
    const thread = { id: "t1", parent: { id: "p1", text: "Is margarine fine in puff pastry?", excerpt: false } };
    const page = await ui.openCase({ name: "a", ...MINE, thread }, viewOf({ name: "b", lane: "high" }));
    await page.getByRole("heading", { name: "Held comment: insult" }).waitFor();
    await page.getByText("Is margarine fine in puff pastry?").waitFor();
    await page.getByText("Banter between people who know each other is fine.").waitFor();
    await page.getByText("2 of 3 flagged, held or blocked").waitFor();
    await shoot(page, "case");
    await press(page, "u");
    await page.getByText("It is what the policy means").waitFor();
    await expectAccessible(page);
    await shoot(page, "case-deciding");
  });

  it("ties a reason to its evidence, by pointer and by focus", async () => {
    const page = await ui.openCase({ name: "a", ...MINE });
    const mark = page.locator("mark", { hasText: "idiot" });
    expect(await mark.getAttribute("class")).toBeNull();
    await page.locator(".case-why-list > li").focus();
    await expect.poll(() => mark.getAttribute("class")).toBe("active");
    await page.locator(".case-why-list > li").blur();
    await mark.hover();
    await expect.poll(() => page.locator(".case-why-list > li").getAttribute("class")).toBe("active");
  });

  it("decides by keys alone, claims what comes next only then, and goes on to it", async () => {
    const page = await ui.openCase({ name: "a", ...MINE }, viewOf({ name: "b", text: "Nobody wants you here." }));
    expect(ui.asked("next-case")).toHaveLength(0);
    await press(page, "o");
    await expect.poll(() => ui.asked("get-case").length).toBe(2);
    await press(page, "4", "c");
    await page.keyboard.type("A friendly quarrel: u o e 1 n.");
    await press(page, "Control+Enter");
    await page.getByText("Nobody wants you here.").waitFor();
    expect(ui.asked("get-case")).toHaveLength(2);
    expect(ui.asked("decide")[0]?.body).toMatchObject({
      outcome: "overturn",
      reason: "wrongly_detected",
      note: "A friendly quarrel: u o e 1 n.",
      version: 1,
    });
    await page.getByText(/Overturned\. It can be undone for/).waitFor();
    expect(await focused(page)).toMatch(/^h2 Held comment/);
    await shoot(page, "case-next");
  });

  it("gives what comes next back where somebody turns away", async () => {
    const page = await ui.openCase({ name: "a", ...MINE }, viewOf({ name: "b" }));
    await press(page, "u");
    await expect.poll(() => ui.asked("get-case").length).toBe(2);
    await press(page, "Escape");
    await expect.poll(() => ui.asked("release-case").map(({ params }) => params.id)).toEqual([caseId("b")]);
    expect(await decision(page).getByRole("button", { pressed: true }).count()).toBe(0);
  });

  it("keeps the case where what comes next could not be asked", async () => {
    const page = await ui.openCase({ name: "a", ...MINE });
    ui.api.on("next-case", refuse("unavailable", "Come back in a moment."));
    await press(page, "n");
    await page.getByText("Come back in a moment.").waitFor();
    await page.getByText(/You have it for/).waitFor();
    expect(ui.asked("release-case")).toHaveLength(0);
    ui.api.on("next-case", {});
    await press(page, "n");
    await page.waitForURL("**/queue");
    await expect.poll(() => ui.asked("release-case").map(({ params }) => params.id)).toEqual([A]);
  });

  it("says what is missing instead of sending", async () => {
    const page = await ui.openCase({ name: "a", ...MINE });
    await press(page, "u", "Enter");
    await page.locator("[data-announcer]", { hasText: "Choose a reason." }).waitFor({ state: "attached" });
    await press(page, "8", "Enter");
    await page.locator("[data-announcer]", { hasText: "Say the reason in a note." }).waitFor({ state: "attached" });
    expect(ui.asked("decide")).toHaveLength(0);
  });

  it("keeps its keys out of fields, menus and dialogs", async () => {
    const page = await ui.openCase({ name: "a", ...MINE });
    await press(page, "c");
    await page.keyboard.type("uoxe1");
    expect(await decision(page).getByRole("button", { pressed: true }).count()).toBe(0);
    await press(page, "Escape", "?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await press(page, "u", "1", "Enter");
    await page.getByRole("dialog", { name: "Keys" }).waitFor({ state: "detached" });
    expect(await decision(page).getByRole("button", { pressed: true }).count()).toBe(0);
    await page
      .getByRole("link", { name: /Held comment/ })
      .first()
      .focus();
    await press(page, "u", "o");
    expect(await decision(page).getByRole("button", { pressed: true }).count()).toBe(0);
  });

  it("says what was decided beside what the next case is decided by, on a narrow screen too", async () => {
    const view = viewOf({ name: "a", ...MINE });
    tellCases(ui.api, [view, viewOf({ name: "b", text: "Nobody wants you here." })]);
    const page = await ui.open(`/cases/${A}`, { width: 360, height: 740 });
    await page.getByText(/You have it for/).waitFor();
    await press(page, "u", "1", "Enter");
    await page.getByText(/It can be undone for/).waitFor();
    await page.getByText("Nobody wants you here.").waitFor();
    await settled(page);
    await shoot(page, "case-next-small");
    const [told, area] = await Promise.all([
      page.getByRole("region", { name: "Messages" }).boundingBox(),
      decision(page).boundingBox(),
    ]);
    expect((told?.y ?? 0) + (told?.height ?? 0)).toBeLessThanOrEqual(area?.y ?? 0);
  });

  it("corrects labels", async () => {
    const page = await ui.openCase({ name: "a", ...MINE });
    await press(page, "x", "1", "l");
    expect(await focused(page)).toContain("labels as they should be");
    await press(page, "Enter");
    await page.keyboard.type("harass");
    await press(page, "ArrowDown", "Enter", "Escape");
    await page.getByRole("button", { name: "Take away: harassment" }).waitFor();
    await shoot(page, "case-correct");
    await press(page, "Escape", "Enter");
    await expect.poll(() => ui.asked("decide").length).toBe(1);
    expect(ui.asked("decide")[0]?.body).toMatchObject({ outcome: "correct", labels: ["insult", "harassment"] });
  });

  it("undoes, and has what was written again", async () => {
    const page = await ui.openCase({ name: "a", ...MINE }, viewOf({ name: "b", text: "Nobody wants you here." }));
    await press(page, "u", "1", "Enter");
    await page.getByText("Nobody wants you here.").waitFor();
    await press(page, "z");
    await page.getByText("Taken back: the case is open again.").waitFor();
    await page.getByText("You are an").waitFor();
    expect(ui.asked("undo-decision")[0]?.params.id).toBe(A);
    const [chosen] = await decision(page).getByRole("button", { pressed: true }).allInnerTexts();
    expect(chosen).toContain("Uphold");
    await press(page, "Enter");
    await page.getByText("Nobody wants you here.").waitFor();
    const [first, second] = ui.asked("decide").map(({ body }) => (body as { id: string }).id);
    expect(second).not.toBe(first);
  });
});

describe("a race", () => {
  it("says who has the case until when, and keeps what was written", async () => {
    const page = await ui.openCase({ name: "a", ...MINE });
    ui.api.on("decide", refuse("case_claimed", "Somebody else holds the case.", heldBy("malik")));
    await press(page, "u", "1", "c");
    await page.keyboard.type("Seen twice already.");
    await press(page, "Control+Enter");
    await page.getByText("Somebody else has the case now").waitFor();
    expect(await decision(page).textContent()).toMatch(/malik has this case for (6:5|7:0)/);
    expect(await decision(page).textContent()).toContain("What you wrote is kept.");
    await settled(page);
    await expectAccessible(page, ".decision-area");
    await shoot(page, "case-lost");
  });

  it("shows what somebody else decided meanwhile", async () => {
    const made = {
      id: "theirs",
      outcome: "overturn",
      reason: "honest_criticism",
      by: "malik",
      at: minutesFromNow(0),
    } as const;
    const page = await ui.openCase({ name: "a", ...MINE });
    ui.api.on(
      "decide",
      refuse("case_decided", "Somebody was faster.", {
        current: { id: A, state: "decided", version: 2, decidedBy: "malik" },
      }),
    );
    ui.api.on("get-case", viewOf({ name: "a", state: "decided", version: 2, decision: made }));
    await press(page, "u", "1", "Enter");
    await page.getByText("malik was faster").waitFor();
    expect(await decision(page).textContent()).toContain("Overturned by malik");
    await shoot(page, "case-decided-meanwhile");
  });

  it("keeps a decision while there is no connection, and sends it again with the same id", async () => {
    const page = await ui.openCase({ name: "a", ...MINE }, viewOf({ name: "b", text: "Nobody wants you here." }));
    await press(page, "u");
    await expect.poll(() => ui.asked("get-case").length).toBe(2);
    await page.context().setOffline(true);
    await press(page, "1", "Enter");
    await page.getByText("Not sent yet: no connection").waitFor();
    await shoot(page, "case-offline");
    await page.context().setOffline(false);
    await page.getByText("Nobody wants you here.").waitFor();
    expect(ui.asked("decide")).toHaveLength(1);
  });

  it("makes a decision once whose answer was lost", async () => {
    const page = await ui.openCase({ name: "a", ...MINE });
    let isLost = true;
    await page.route("**/decisions", async (route) => {
      if (!isLost) return route.continue();
      isLost = false;
      await route.fetch();
      return route.abort();
    });
    await press(page, "u", "1", "Enter");
    await page.getByText("Not sent yet: no connection").waitFor();
    await page.getByText("Nothing waits here").waitFor();
    const ids = ui.asked("decide").map(({ body }) => (body as { id: string }).id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it("offers to take the case again when the claim is over, with the words kept", async () => {
    const soon = claimOf("mona", 0.1);
    tellCases(ui.api, [viewOf({ name: "a", claim: soon })]);
    ui.api.on("extend-claim", { id: A, state: "open", queue: "default", version: 1, claim: soon });
    const page = await ui.open(`/cases/${A}`);
    await page.getByText(/You have it for/).waitFor();
    await press(page, "u");
    await page.getByText("Your claim is over").first().waitFor();
    await page.getByText("What you wrote is kept.").waitFor();
    await shoot(page, "case-lease-over");
    ui.api.on("extend-claim", { id: A, state: "open", queue: "default", version: 1, claim: claimOf("mona", 10) });
    await page.getByRole("button", { name: "Take it again" }).click();
    await page.getByText(/You have it for/).waitFor();
  });

  it("reads a case that somebody else has, and decides nothing", async () => {
    const page = await ui.openCase({ name: "a", claim: claimOf("malik", 5) });
    ui.api.on("look-at-case", { others: [{ by: "malik", since: minutesFromNow(-1) }] });
    await press(page, "u", "1", "Enter");
    expect(await decision(page).textContent()).toMatch(/malik has this case for \d:\d\d/);
    expect(ui.asked("decide")).toHaveLength(0);
    await expectAccessible(page);
    await shoot(page, "case-others");
  });

  it("says who else looks at it", async () => {
    tellCases(ui.api, [viewOf({ name: "a", ...MINE })]);
    ui.api.on("look-at-case", { others: [{ by: "malik", since: minutesFromNow(-1) }] });
    const page = await ui.open(`/cases/${A}`);
    await page.getByText("malik looks at this too").waitFor();
  });
});
