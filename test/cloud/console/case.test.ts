import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { focused, press, settled, shoot } from "./console-browser.ts";
import { refuse } from "./stub-api.ts";
import { type CaseView, caseId, claimOf, minutesFromNow, type Told, tellCases, viewOf } from "./stub-cases.ts";
import { StubConsole } from "./stub-console.ts";

const ui = new StubConsole();
const A = caseId("a");
const MINE = { claim: claimOf("mona", 10) };

/** Opens the first of these cases. */
async function open(first: Told, ...others: readonly CaseView[]): Promise<Page> {
  const view = viewOf(first);
  tellCases(ui.api, [view, ...others]);
  const page = await ui.open(`/cases/${view.id}`);
  await page.locator(".case-grid").waitFor();
  await settled(page);
  return page;
}

const decision = (page: Page) => page.getByRole("region", { name: "Decision", exact: true });
const asked = (name: string) => ui.api.asked.filter((one) => one.name === name);
const heldBy = (by: string) => ({
  current: { id: A, state: "open" as const, version: 1, heldBy: by, heldUntil: minutesFromNow(7) },
});

describe("the open case", () => {
  it("shows the item in its thread, why it is here, and its author", async () => {
    const thread = { id: "t1", parent: { id: "p1", text: "Is margarine fine in puff pastry?", excerpt: false } };
    const page = await open({ name: "a", ...MINE, thread }, viewOf({ name: "b", lane: "high" }));
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
    const page = await open({ name: "a", ...MINE });
    const mark = page.locator("mark", { hasText: "idiot" });
    expect(await mark.getAttribute("class")).toBeNull();
    await page.locator(".case-why-list > li").focus();
    await expect.poll(() => mark.getAttribute("class")).toBe("active");
    await page.locator(".case-why-list > li").blur();
    await mark.hover();
    await expect.poll(() => page.locator(".case-why-list > li").getAttribute("class")).toBe("active");
  });

  it("decides by keys alone, claims what comes next only then, and goes on to it", async () => {
    const page = await open({ name: "a", ...MINE }, viewOf({ name: "b", text: "Nobody wants you here." }));
    expect(asked("next-case")).toHaveLength(0);
    await press(page, "o");
    await expect.poll(() => asked("get-case").length).toBe(2);
    await press(page, "4", "c");
    await page.keyboard.type("A friendly quarrel: u o e 1 n.");
    await press(page, "Control+Enter");
    await page.getByText("Nobody wants you here.").waitFor();
    expect(asked("get-case")).toHaveLength(2);
    expect(asked("decide")[0]?.body).toMatchObject({
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
    const page = await open({ name: "a", ...MINE }, viewOf({ name: "b" }));
    await press(page, "u");
    await expect.poll(() => asked("get-case").length).toBe(2);
    await press(page, "Escape");
    await expect.poll(() => asked("release-case").map(({ params }) => params.id)).toEqual([caseId("b")]);
    expect(await decision(page).getByRole("button", { pressed: true }).count()).toBe(0);
  });

  it("says what is missing instead of sending", async () => {
    const page = await open({ name: "a", ...MINE });
    await press(page, "u", "Enter");
    await page.locator("[data-announcer]", { hasText: "Choose a reason." }).waitFor({ state: "attached" });
    await press(page, "8", "Enter");
    await page.locator("[data-announcer]", { hasText: "Say the reason in a note." }).waitFor({ state: "attached" });
    expect(asked("decide")).toHaveLength(0);
  });

  it("keeps its keys out of fields, menus and dialogs", async () => {
    const page = await open({ name: "a", ...MINE });
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

  it("corrects labels", async () => {
    const page = await open({ name: "a", ...MINE });
    await press(page, "x", "1", "l");
    expect(await focused(page)).toContain("labels as they should be");
    await press(page, "Enter");
    await page.keyboard.type("harass");
    await press(page, "ArrowDown", "Enter", "Escape");
    await page.getByRole("button", { name: "Take away: harassment" }).waitFor();
    await shoot(page, "case-correct");
    await press(page, "Escape", "Enter");
    await expect.poll(() => asked("decide").length).toBe(1);
    expect(asked("decide")[0]?.body).toMatchObject({ outcome: "correct", labels: ["insult", "harassment"] });
  });

  it("undoes, and has what was written again", async () => {
    const page = await open({ name: "a", ...MINE }, viewOf({ name: "b", text: "Nobody wants you here." }));
    await press(page, "u", "1", "Enter");
    await page.getByText("Nobody wants you here.").waitFor();
    await press(page, "z");
    await page.getByText("Taken back: the case is open again.").waitFor();
    await page.getByText("You are an").waitFor();
    expect(asked("undo-decision")[0]?.params.id).toBe(A);
    const [chosen] = await decision(page).getByRole("button", { pressed: true }).allInnerTexts();
    expect(chosen).toContain("Uphold");
    await press(page, "Enter");
    await page.getByText("Nobody wants you here.").waitFor();
    const [first, second] = asked("decide").map(({ body }) => (body as { id: string }).id);
    expect(second).not.toBe(first);
  });
});

describe("a race", () => {
  it("says who has the case until when, and keeps what was written", async () => {
    const page = await open({ name: "a", ...MINE });
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
    const page = await open({ name: "a", ...MINE });
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
    const page = await open({ name: "a", ...MINE }, viewOf({ name: "b", text: "Nobody wants you here." }));
    await press(page, "u");
    await expect.poll(() => asked("get-case").length).toBe(2);
    await page.context().setOffline(true);
    await press(page, "1", "Enter");
    await page.getByText("Not sent yet: no connection").waitFor();
    await shoot(page, "case-offline");
    await page.context().setOffline(false);
    await page.getByText("Nobody wants you here.").waitFor();
    expect(asked("decide")).toHaveLength(1);
  });

  it("makes a decision once whose answer was lost", async () => {
    const page = await open({ name: "a", ...MINE });
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
    const ids = asked("decide").map(({ body }) => (body as { id: string }).id);
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
    const page = await open({ name: "a", claim: claimOf("malik", 5) });
    ui.api.on("look-at-case", { others: [{ by: "malik", since: minutesFromNow(-1) }] });
    await press(page, "u", "1", "Enter");
    expect(await decision(page).textContent()).toMatch(/malik has this case for \d:\d\d/);
    expect(asked("decide")).toHaveLength(0);
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

describe("what is hard to see", () => {
  const GRAPHIC: Told["found"] = [{ label: "graphic", severity: 6, probability: 0.9, spans: [] }];

  it("blurs words of graphic cases until they are held to peek, by key or pointer", async () => {
    const page = await open({ name: "a", ...MINE, found: GRAPHIC, text: "There was blood on every wall." });
    const words = page.locator(".thread-item .behind", { hasText: "blood" });
    await words.waitFor();
    expect(await words.getAttribute("inert")).not.toBeNull();
    await shoot(page, "case-blurred");
    await press(page, "p");
    await page.keyboard.down(" ");
    await page.locator(".thread-item .shown", { hasText: "blood" }).waitFor();
    await page.keyboard.up(" ");
    await words.waitFor();
    const peek = page.getByRole("button", { name: "Hold to peek" });
    await peek.hover();
    await page.mouse.down();
    await page.locator(".thread-item .shown", { hasText: "blood" }).waitFor();
    await page.mouse.up();
    await words.waitFor();
  });

  it("loads no picture before it is wanted, and shows it grey", async () => {
    const media = [
      { id: "m1", type: "image", mimeType: "image/svg+xml", url: "/sample-media/m1" },
      { id: "m2", type: "video", url: "https://platform.example/m2" },
    ] as const;
    const view = viewOf({ name: "a", ...MINE, content: { text: "Look at this.", excerpt: false, media: [...media] } });
    tellCases(ui.api, [view]);
    const page = await ui.browser.newPage();
    const loaded: string[] = [];
    await page.route("**/sample-media/*", (route) => {
      loaded.push(new URL(route.request().url()).pathname);
      const body =
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="120"><rect width="200" height="120" fill="red"/></svg>';
      return route.fulfill({ contentType: "image/svg+xml", body });
    });
    await page.goto(`${ui.api.url}/cases/${A}`);
    const peek = page.getByRole("button", { name: "Hold to peek" });
    await peek.waitFor();
    await settled(page);
    expect(loaded).toEqual([]);
    expect(await page.locator("video, audio").count()).toBe(0);
    await peek.focus();
    await page.keyboard.down("Enter");
    await page.locator(".media-list .shown.grey img").waitFor();
    await shoot(page, "case-media");
    await page.keyboard.up("Enter");
    await page.locator(".media-list .behind.grey img").waitFor({ state: "attached" });
    expect(loaded).toEqual(["/sample-media/m1"]);
    const link = page.getByRole("link", { name: /Video: open it where it lies/ });
    expect(await link.getAttribute("rel")).toBe("noopener noreferrer");
    await expectAccessible(page);
  });

  it("says why the words of a private message are not there, and where to read them", async () => {
    const { content: _, ...view } = viewOf({
      name: "a",
      ...MINE,
      verdict: { visibility: "private", surface: "message" },
    });
    tellCases(ui.api, [
      { ...view, contentWithheld: "private", links: { item: "https://platform.example/messages/a" } },
    ]);
    const page = await ui.open(`/cases/${A}`);
    await page.getByText("Its words are not kept here.").waitFor();
    const link = page.getByRole("link", { name: /Read it at the platform/ });
    expect(await link.getAttribute("href")).toBe("https://platform.example/messages/a");
    await expectAccessible(page);
    await shoot(page, "case-private");
  });

  it("shows hostile words as words", async () => {
    const script = '<script>alert(1)</script><img src=x onerror="alert(2)"> javascript:alert(3)';
    const zalgo = `z${"\u0301".repeat(400)}a${"\u0489".repeat(400)}lgo`;
    const text = `${script}\n\u202Eevil\u202C ${zalgo}\n${"A wall of words without an end. ".repeat(3_200)}`;
    const notes = [{ id: "n1", by: "malik", at: minutesFromNow(-2), text: `${script} \u2066` }];
    const page = await open({ name: "a", ...MINE, text, notes });
    const item = page.getByRole("article", { name: "The item" });
    await item.getByText("<script>alert(1)</script>").waitFor();
    expect(await item.locator("script, img, b").count()).toBe(0);
    expect(await item.textContent()).toContain("⟨RLO⟩");
    await page.getByRole("heading", { name: "Why it is here" }).waitFor();
    await press(page, "u");
    await decision(page).getByText("Breaks the policy").waitFor();
    await shoot(page, "case-hostile");
  });
});

describe("a case of a cluster", () => {
  it("decides all, with the exceptions that are ticked", async () => {
    const view = viewOf({ name: "a", ...MINE, cluster: { key: "k".repeat(22), size: 3 } });
    tellCases(ui.api, [view]);
    const member = (name: string, number: number) => ({
      case: caseId(name),
      number,
      ref: { kind: "post" as const, id: `post-${name}`, revision: "1" },
      openedAt: minutesFromNow(-3),
      action: "hold" as const,
      labels: ["insult" as const],
      policy: view.verdict.policy,
    });
    ui.api.on("list-cluster", { members: [member("m", 2), member("q", 3)] });
    const page = await ui.open(`/cases/${A}`);
    const items = page.getByRole("region", { name: "Items decided together" });
    await items.getByText("post-q").waitFor();
    await press(page, "u", "1");
    const tick = items.getByRole("checkbox", { name: "post-q" });
    await tick.focus();
    await press(page, " ");
    await items.getByText("1 ticked").waitFor();
    await expectAccessible(page);
    await shoot(page, "case-cluster");
    await page.getByRole("heading", { name: /Held comment/ }).focus();
    await press(page, "Enter");
    await expect.poll(() => asked("decide").length).toBe(1);
    expect(asked("decide")[0]?.body).toMatchObject({
      outcome: "uphold",
      exceptions: [{ case: caseId("q"), outcome: "overturn", reason: "wrongly_detected" }],
    });
  });

  it("leads from an item to the case that it is decided with", async () => {
    const page = await open({ name: "a", state: "joined", joined: caseId("b") }, viewOf({ name: "b" }));
    await page.getByRole("link", { name: "Open the case of the cluster" }).click();
    await page.waitForURL(`**/cases/${caseId("b")}`);
  });
});

describe("what a role may do", () => {
  it("lets an auditor read and decide nothing", async () => {
    ui.api.reset({ id: "aino", role: "auditor" });
    const { content: _, ...view } = viewOf({ name: "a" });
    tellCases(ui.api, [{ ...view, contentWithheld: "role" }]);
    const page = await ui.open(`/cases/${A}`);
    await page.getByText("Your role reads cases and decides none.").waitFor();
    await page.getByText("never people's words").waitFor();
    await press(page, "u", "n");
    expect(asked("next-case")).toHaveLength(0);
    expect(asked("look-at-case")).toHaveLength(0);
    await expectAccessible(page);
    await shoot(page, "case-auditor");
  });

  it("leaves escalated cases to seniors", async () => {
    const made = { id: "up", outcome: "escalate", reason: "severe_harm", by: "malik", at: minutesFromNow(-2) } as const;
    const page = await open({ name: "a", queue: "escalations", escalation: made });
    await page.getByText("seniors and leads decide it").waitFor();
    await page.getByText("Escalated").first().waitFor();
  });

  it("lets a senior open a decided case again, for a reason", async () => {
    ui.api.reset({ id: "sena", role: "senior" });
    const made = {
      id: "d1",
      outcome: "uphold",
      reason: "violates_policy",
      by: "malik",
      at: minutesFromNow(-60),
    } as const;
    tellCases(ui.api, [viewOf({ name: "a", state: "decided", version: 2, decision: made })]);
    ui.api.on("reopen-case", { id: A, state: "open", queue: "default", version: 3 });
    const page = await ui.open(`/cases/${A}`);
    await page.getByText("Upheld by malik").waitFor();
    await page.getByRole("button", { name: "Open again" }).click();
    await expect.poll(() => asked("reopen-case").length).toBe(1);
    expect(asked("reopen-case")[0]?.body).toEqual({ reason: "appeal", version: 2 });
    await shoot(page, "case-decided");
  });

  it("says kindly where there is no such case", async () => {
    tellCases(ui.api, []);
    ui.api.on("get-case", refuse("not_found"));
    const page = await ui.open(`/cases/${A}`);
    await page.getByText("There is no such case").waitFor();
  });
});
