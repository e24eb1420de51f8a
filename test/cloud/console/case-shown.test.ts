import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { A, CasePage, decision, MINE } from "./case-page.ts";
import { press, settled, shoot } from "./console-browser.ts";
import { refuse } from "./stub-api.ts";
import { caseId, minutesFromNow, type Told, tellCases, viewOf } from "./stub-cases.ts";

const ui = new CasePage();

describe("what is hard to see", () => {
  const GRAPHIC: Told["found"] = [{ label: "graphic", severity: 6, probability: 0.9, spans: [] }];

  it("blurs words of graphic cases until they are held to peek, by key or pointer", async () => {
    const page = await ui.openCase({ name: "a", ...MINE, found: GRAPHIC, text: "There was blood on every wall." });
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
    const page = await ui.openCase({ name: "a", ...MINE, text, notes });
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
    await expect.poll(() => ui.asked("decide").length).toBe(1);
    expect(ui.asked("decide")[0]?.body).toMatchObject({
      outcome: "uphold",
      exceptions: [{ case: caseId("q"), outcome: "overturn", reason: "wrongly_detected" }],
    });
  });

  it("leads from an item to the case that it is decided with", async () => {
    const page = await ui.openCase({ name: "a", state: "joined", joined: caseId("b") }, viewOf({ name: "b" }));
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
    expect(ui.asked("next-case")).toHaveLength(0);
    expect(ui.asked("look-at-case")).toHaveLength(0);
    await expectAccessible(page);
    await shoot(page, "case-auditor");
  });

  it("leaves escalated cases to seniors", async () => {
    const made = { id: "up", outcome: "escalate", reason: "severe_harm", by: "malik", at: minutesFromNow(-2) } as const;
    const page = await ui.openCase({ name: "a", queue: "escalations", escalation: made });
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
    await expect.poll(() => ui.asked("reopen-case").length).toBe(1);
    expect(ui.asked("reopen-case")[0]?.body).toEqual({ reason: "appeal", version: 2 });
    await shoot(page, "case-decided");
  });

  it("says kindly where there is no such case", async () => {
    tellCases(ui.api, []);
    ui.api.on("get-case", refuse("not_found"));
    const page = await ui.open(`/cases/${A}`);
    await page.getByText("There is no such case").waitFor();
  });
});
