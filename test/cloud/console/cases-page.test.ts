import { describe, expect, it } from "vitest";
import { A, B, ConsolePage, caseId, THREE } from "./console-page.ts";

const ui = new ConsolePage();

describe("the queue", () => {
  it("shows open cases in the server's order with lane, labels, action and waiting time in words", async () => {
    await ui.open(THREE);
    await ui.ready();
    const rows = await ui.page.locator("#cases > li").allInnerTexts();
    expect(rows).toHaveLength(3);
    for (const word of [
      "Severe safety",
      "threat of violence",
      "insult",
      "Held back",
      "waiting 12 min",
      "Severity 6 of 7",
    ])
      expect(rows[0]).toContain(word);
    expect(rows[2]).toContain("private message");
    expect(await ui.page.title()).toBe("(3) Open cases · Touchstone");
    expect(await ui.current()).toBe(A);
  });

  it("says so where nothing waits, and where the session is over", async () => {
    await ui.open([]);
    await ui.page.getByText("No open cases.").waitFor();
    ui.server.signedIn = false;
    await ui.page.getByText("Open the link that npm start printed").waitFor();
    ui.server.signedIn = true;
    ui.server.tell(THREE);
    await ui.chosen(A);
    expect(await ui.page.locator("#trouble").isHidden()).toBe(true);
  });

  it("takes in new cases without losing the selection, the focus, the scroll or a half-written note", async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ id: caseId(`m${index}`) }));
    await ui.open(many);
    await ui.page.click(`[data-case="${caseId("m20")}"]`);
    await ui.chosen(caseId("m20"));
    await ui.ready();
    await ui.page.fill("#note", "half a thought");
    const row = ui.page.locator(`[data-case="${caseId("m20")}"]`);
    await row.focus();
    const scrolled = await ui.page.evaluate("document.querySelector('#queue').scrollTop");
    expect(scrolled).toBeGreaterThan(0);
    const before = [...ui.server.cases];
    ui.server.tell([...many, { id: caseId("new") }]);
    for (const [name, view] of before) ui.server.cases.set(name, view);
    await ui.page.waitForSelector(`[data-case="${caseId("new")}"]`, { state: "attached" });
    expect(await ui.current()).toBe(caseId("m20"));
    expect(await ui.page.evaluate("document.querySelector('#queue').scrollTop")).toBe(scrolled);
    expect(await ui.page.inputValue("#note")).toBe("half a thought");
    expect(await row.evaluate((node) => node.matches(":focus"))).toBe(true);
  });

  it("leads to further pages", async () => {
    await ui.open(Array.from({ length: 60 }, (_, index) => ({ id: caseId(`p${index}`) })));
    await expect.poll(() => ui.page.title()).toMatch(/^\(50\+\)/);
    await ui.page.click("#more");
    await expect.poll(() => ui.page.title()).toMatch(/^\(60\)/);
    expect(await ui.page.locator("#cases > li").count()).toBe(60);
    expect(await ui.page.locator("#more").isHidden()).toBe(true);
  });
});

describe("the case", () => {
  it("marks the evidence, also after emoji", async () => {
    const text = "👩‍👩‍👧 hey 🎉 you idiot, 💥 moron";
    const span = (word: string): [number, number] => [text.indexOf(word), text.indexOf(word) + word.length];
    await ui.open([
      {
        id: A,
        text,
        labels: [{ label: "insult", severity: 4, probability: 0.9, spans: [span("idiot"), span("moron")] }],
      },
    ]);
    await ui.ready();
    expect(await ui.page.locator("p.words mark").allTextContents()).toEqual(["idiot", "moron"]);
    expect(await ui.page.locator("p.words mark").first().getAttribute("title")).toBe("insult");
    expect(await ui.page.locator("p.words").textContent()).toBe(text);
  });

  it("marks nothing in an excerpt", async () => {
    const labels = [{ label: "insult", severity: 4, probability: 0.9, spans: [[0, 3]] }] as const;
    await ui.open([{ id: A, text: "…you idiot…", excerpt: true, labels: [{ ...labels[0], spans: [[0, 3]] }] }]);
    await ui.ready();
    expect(await ui.page.locator("p.words").textContent()).toBe("…you idiot…");
    expect(await ui.page.locator("mark").count()).toBe(0);
  });

  it("says why words are withheld", async () => {
    await ui.open([
      { id: A, withheld: "private" },
      { id: B, withheld: "expired" },
    ]);
    await ui.ready();
    expect(await ui.page.locator(".withheld").textContent()).toContain("private");
    await ui.press("j");
    await ui.page.getByText("no longer kept").waitFor();
  });

  it("shows markup, overrides and control characters as text that does nothing", async () => {
    const text = "<script>alert(1)</script><img src=x onerror=alert(2)> \u202egnp.exe\u0000 i\u200bdiot \ud83d";
    await ui.open([{ id: A, text, why: "<b onclick=alert(3)>bold</b>" }]);
    await ui.ready();
    const shown = await ui.page.locator("p.words").textContent();
    expect(shown).toBe("<script>alert(1)</script><img src=x onerror=alert(2)> ⟨RLO⟩gnp.exe␀ i⟨ZWSP⟩diot ⟨U+D83D⟩");
    expect(await ui.page.locator("#detail :is(script, img, b)").count()).toBe(0);
    expect(await ui.page.locator(".why").textContent()).toBe("<b onclick=alert(3)>bold</b>");
    expect(await ui.page.locator("p.words").getAttribute("dir")).toBe("auto");
  });

  it("names the policy, the rule, the models and the times", async () => {
    await ui.open(THREE);
    await ui.ready();
    const facts = await ui.page.locator(".facts").textContent();
    for (const word of [
      "touchstone-default, version 1",
      "“insult”",
      "text-lexicon@1",
      "Received",
      "Scored",
      "grimjaw77",
    ])
      expect(facts).toContain(word);
    expect((await ui.page.locator("body").textContent())?.toLowerCase()).not.toContain("follower");
  });
});

/** Least contrast of visible text against what is painted behind it, by the formula of WCAG 2. */
const leastContrast = (selectors: string): string => `(() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (node) => {
    const colour = parse(getComputedStyle(node).backgroundColor);
    return colour.length === 4 && colour[3] === 0 ? behind(node.parentElement) : colour;
  };
  return [...document.querySelectorAll(${JSON.stringify(selectors)})].map((node) => {
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
    return [(a + 0.05) / (b + 0.05), node.className || node.tagName];
  }).sort((x, y) => x[0] - y[0])[0];
})()`;

describe("the page itself", () => {
  it.each(["light", "dark"] as const)("has enough contrast in %s", async (colorScheme) => {
    await ui.page.emulateMedia({ colorScheme });
    await ui.open(THREE);
    await ui.ready();
    const selectors =
      "h1, h2, h3, p, .chip, .lane, .wait, .quiet, mark, dt, dd, code, button, label, legend, option, select";
    const [ratio, where] = (await ui.page.evaluate(leastContrast(selectors))) as [number, string];
    expect(ratio, where).toBeGreaterThanOrEqual(4.5);
  });

  it("works on a narrow screen: the list, then the case, then back", async () => {
    await ui.page.setViewportSize({ width: 360, height: 740 });
    await ui.open([{ id: A, text: `${"a".repeat(400)} idiot https://${"x".repeat(200)}.example/` }, ...THREE.slice(1)]);
    await ui.page.waitForSelector("#cases > li");
    expect(await ui.page.locator("#case").isVisible()).toBe(false);
    const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    expect(await ui.page.evaluate(overflow)).toBe(0);
    await ui.page.click(`[data-case="${A}"]`);
    await ui.ready();
    expect(await ui.page.locator("#queue").isVisible()).toBe(false);
    expect(await ui.page.evaluate(overflow)).toBe(0);
    await ui.page.goBack();
    await ui.page.locator("#cases").waitFor();
    expect(await ui.page.locator("#case").isVisible()).toBe(false);
  });
});
