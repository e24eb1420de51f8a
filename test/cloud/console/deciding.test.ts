import { describe, expect, it } from "vitest";
import { A, B, C, ConsolePage, THREE } from "./console-page.ts";

const ui = new ConsolePage();

describe("deciding", () => {
  it("goes from case to case by keyboard alone", async () => {
    await ui.open(THREE);
    await ui.ready();
    await ui.press("u", "2", "Enter");
    await ui.chosen(B);
    await expect.poll(() => ui.page.locator("p.words").textContent()).toBe("You are an idiot.");
    expect(await ui.page.locator("#result").textContent()).toContain("Upheld");
    await ui.press("o", "n");
    await ui.page.keyboard.type("just a joke? between friends");
    await ui.press("Escape", "3", "Control+Enter");
    await ui.chosen(C);
    expect(ui.server.decisions.map(({ caseId, body }) => ({ caseId, ...body, id: "" }))).toEqual([
      { caseId: A, id: "", outcome: "uphold", reason: "severe_harm", version: 1 },
      {
        caseId: B,
        id: "",
        outcome: "overturn",
        reason: "context_acceptable",
        version: 1,
        note: "just a joke? between friends",
      },
    ]);
    const ids = ui.server.decisions.map(({ body }) => body.id);
    expect(new Set(ids).size).toBe(2);
    for (const made of ids) expect(made).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
    expect(await ui.page.title()).toBe("(1) Open cases · Touchstone");
  });

  it("asks for what is missing and sends nothing before", async () => {
    await ui.open(THREE);
    await ui.ready();
    await ui.page.click(".send");
    expect(await ui.page.locator(".hint").textContent()).toContain("uphold (u) or overturn (o)");
    await ui.press("o", "Enter");
    expect(await ui.page.locator(".hint").textContent()).toContain("reason");
    expect(ui.server.decisions).toEqual([]);
  });

  it("keeps its keys to itself while somebody writes or chooses", async () => {
    await ui.open(THREE);
    await ui.ready();
    await ui.page.click("#note");
    await ui.page.keyboard.type("juko?12");
    await ui.press("Enter");
    expect(await ui.page.inputValue("#note")).toBe("juko?12\n");
    expect(await ui.current()).toBe(A);
    expect(await ui.page.locator("input[name=outcome]:checked").count()).toBe(0);
    expect(await ui.page.locator("dialog[open]").count()).toBe(0);
    await ui.page.check("input[value=uphold]");
    await ui.press("ArrowDown");
    expect(await ui.page.locator("input[value=overturn]").isChecked()).toBe(true);
    expect(await ui.current()).toBe(A);
    expect(ui.server.decisions).toEqual([]);
  });

  it("tells kindly that somebody was faster, and shows how the case stands", async () => {
    await ui.open(THREE);
    await ui.ready();
    await ui.press("u", "1");
    ui.server.decideElsewhere(A);
    await ui.press("Enter");
    await ui.page.getByText("Somebody was faster").waitFor();
    await ui.page.locator(".decided").waitFor();
    expect(await ui.page.locator(".decided").textContent()).toContain("Overturned");
    expect(await ui.page.locator("#detail form").count()).toBe(0);
    await ui.press("j");
    await ui.chosen(B);
  });

  it("keeps what was filled in while the session is over, and sends the same decision again", async () => {
    await ui.open(THREE);
    await ui.ready();
    await ui.press("o", "2");
    ui.server.signedIn = false;
    await ui.press("Enter");
    await ui.page.getByText("Your decision is not stored yet").waitFor();
    expect(ui.server.decisions).toEqual([]);
    ui.server.signedIn = true;
    await ui.page.click(".send");
    await ui.chosen(B);
    expect(ui.server.decisions.map(({ caseId, body }) => [caseId, body.reason])).toEqual([[A, "honest_criticism"]]);
  });

  it("decides nothing twice where the answer to a decision was lost", async () => {
    await ui.open(THREE);
    await ui.ready();
    ui.server.losesAnswer = true;
    await ui.press("u", "1", "Enter");
    await ui.page.getByText("Your decision is not stored yet").waitFor();
    await ui.press("Enter");
    await ui.chosen(B);
    expect(await ui.page.locator("#result").textContent()).toContain("Upheld");
    const [first, again, ...more] = ui.server.decisions;
    expect(again).toEqual(first);
    expect(more).toEqual([]);
  });

  it("never decides the case before while the next is still being read", async () => {
    await ui.open(THREE);
    await ui.ready();
    ui.server.slowness = 400;
    await ui.press("j", "u", "1", "Enter");
    await expect.poll(() => ui.page.locator("p.words").textContent()).toBe("You are an idiot.");
    expect(ui.server.decisions).toEqual([]);
    expect(await ui.page.locator("input[name=outcome]:checked").count()).toBe(0);
  });

  it("shows and hides the list of keys", async () => {
    await ui.open(THREE);
    await ui.ready();
    await ui.press("?");
    await ui.page.locator("dialog[open]").waitFor();
    await ui.press("j");
    expect(await ui.current()).toBe(A);
    await ui.press("?");
    expect(await ui.page.locator("dialog[open]").count()).toBe(0);
  });
});
