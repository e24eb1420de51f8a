import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { StubServer, type Told } from "./stub-server.ts";

const id = (name: string): string => name.padEnd(22, "x");
const A = id("a");
const B = id("b");
const C = id("c");

const THREE: readonly Told[] = [
  {
    id: A,
    lane: "severe_safety",
    text: "I will find you and hurt you, moron.",
    labels: [
      { label: "threat", severity: 6, probability: 0.955, spans: [[0, 28]] },
      { label: "insult", severity: 4, probability: 0.8, spans: [[30, 35]] },
    ],
  },
  { id: B, text: "You are an idiot." },
  { id: C, withheld: "private" },
];

const server = new StubServer();
let browser: Browser;
let address: string;
let page: Page;
let complaints: string[];

const open = async (cases: readonly Told[], at = ""): Promise<void> => {
  server.tell(cases);
  await page.goto(`${address}/${at}`);
};
const current = () => page.locator("#cases button[aria-current]").getAttribute("data-case");
const chosen = (name: string) => page.waitForSelector(`#cases button[data-case="${name}"][aria-current]`);
const ready = () => page.waitForSelector("#detail form");

beforeAll(async () => {
  address = await server.start();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server.stop();
});

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
});

afterEach(async () => {
  await page.close();
  // A script or style against the policy of the page, an exception, an alert: each is a complaint of the browser's.
  expect(complaints).toEqual([]);
});

describe("the queue", () => {
  it("shows open cases in the server's order with lane, labels, action and waiting time in words", async () => {
    await open(THREE);
    await ready();
    const rows = await page.locator("#cases > li").allInnerTexts();
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
    expect(await page.title()).toBe("(3) Open cases · Touchstone");
    expect(await current()).toBe(A);
  });

  it("says so where nothing waits, and where the session is over", async () => {
    await open([]);
    await page.getByText("No open cases.").waitFor();
    server.signedIn = false;
    await page.getByText("Open the link that npm start printed").waitFor();
    server.signedIn = true;
    server.tell(THREE);
    await chosen(A);
    expect(await page.locator("#trouble").isHidden()).toBe(true);
  });

  it("takes in new cases without losing the selection, the scroll or a half-written note", async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ id: id(`m${index}`) }));
    await open(many);
    await page.click(`[data-case="${id("m20")}"]`);
    await chosen(id("m20"));
    await ready();
    await page.fill("#note", "half a thought");
    const scrolled = await page.evaluate("document.querySelector('#queue').scrollTop");
    expect(scrolled).toBeGreaterThan(0);
    const before = [...server.cases];
    server.tell([...many, { id: id("new") }]);
    for (const [name, view] of before) server.cases.set(name, view);
    await page.waitForSelector(`[data-case="${id("new")}"]`, { state: "attached" });
    expect(await current()).toBe(id("m20"));
    expect(await page.evaluate("document.querySelector('#queue').scrollTop")).toBe(scrolled);
    expect(await page.inputValue("#note")).toBe("half a thought");
  });

  it("leads to further pages", async () => {
    await open(Array.from({ length: 60 }, (_, index) => ({ id: id(`p${index}`) })));
    await expect.poll(() => page.title()).toMatch(/^\(50\+\)/);
    await page.click("#more");
    await expect.poll(() => page.title()).toMatch(/^\(60\)/);
    expect(await page.locator("#cases > li").count()).toBe(60);
    expect(await page.locator("#more").isHidden()).toBe(true);
  });
});

describe("the case", () => {
  it("marks the evidence, also after emoji", async () => {
    const text = "👩‍👩‍👧 hey 🎉 you idiot, 💥 moron";
    const span = (word: string): [number, number] => [text.indexOf(word), text.indexOf(word) + word.length];
    await open([
      {
        id: A,
        text,
        labels: [{ label: "insult", severity: 4, probability: 0.9, spans: [span("idiot"), span("moron")] }],
      },
    ]);
    await ready();
    expect(await page.locator("p.words mark").allTextContents()).toEqual(["idiot", "moron"]);
    expect(await page.locator("p.words mark").first().getAttribute("title")).toBe("insult");
    expect(await page.locator("p.words").textContent()).toBe(text);
  });

  it("marks nothing in an excerpt", async () => {
    const labels = [{ label: "insult", severity: 4, probability: 0.9, spans: [[0, 3]] }] as const;
    await open([{ id: A, text: "…you idiot…", excerpt: true, labels: [{ ...labels[0], spans: [[0, 3]] }] }]);
    await ready();
    expect(await page.locator("p.words").textContent()).toBe("…you idiot…");
    expect(await page.locator("mark").count()).toBe(0);
  });

  it("says why words are withheld", async () => {
    await open([
      { id: A, withheld: "private" },
      { id: B, withheld: "expired" },
    ]);
    await ready();
    expect(await page.locator(".withheld").textContent()).toContain("private");
    await page.keyboard.press("j");
    await page.getByText("no longer kept").waitFor();
  });

  it("shows markup, overrides and control characters as text that does nothing", async () => {
    const text = "<script>alert(1)</script><img src=x onerror=alert(2)> \u202egnp.exe\u0000 i\u200bdiot \ud83d";
    await open([{ id: A, text, why: "<b onclick=alert(3)>bold</b>" }]);
    await ready();
    const shown = await page.locator("p.words").textContent();
    expect(shown).toBe("<script>alert(1)</script><img src=x onerror=alert(2)> ⟨RLO⟩gnp.exe␀ i⟨ZWSP⟩diot ⟨U+D83D⟩");
    expect(await page.locator("#detail :is(script, img, b)").count()).toBe(0);
    expect(await page.locator(".why").textContent()).toBe("<b onclick=alert(3)>bold</b>");
    expect(await page.locator("p.words").getAttribute("dir")).toBe("auto");
  });

  it("names the policy, the rule, the models and the times", async () => {
    await open(THREE);
    await ready();
    const facts = await page.locator(".facts").textContent();
    for (const word of [
      "touchstone-default, version 1",
      "“insult”",
      "text-lexicon@1",
      "Received",
      "Scored",
      "grimjaw77",
    ])
      expect(facts).toContain(word);
    expect((await page.locator("body").textContent())?.toLowerCase()).not.toContain("follower");
  });
});

describe("deciding", () => {
  it("goes from case to case by keyboard alone", async () => {
    await open(THREE);
    await ready();
    await page.keyboard.press("u");
    await page.keyboard.press("2");
    await page.keyboard.press("Enter");
    await chosen(B);
    await expect.poll(() => page.locator("p.words").textContent()).toBe("You are an idiot.");
    expect(await page.locator("#result").textContent()).toContain("Upheld");
    await page.keyboard.press("o");
    await page.keyboard.press("n");
    await page.keyboard.type("just a joke? between friends");
    await page.keyboard.press("Escape");
    await page.keyboard.press("3");
    await page.keyboard.press("Control+Enter");
    await chosen(C);
    expect(server.decisions.map(({ caseId, body }) => ({ caseId, ...body, id: "" }))).toEqual([
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
    const ids = server.decisions.map(({ body }) => body.id);
    expect(new Set(ids).size).toBe(2);
    for (const made of ids) expect(made).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
    expect(await page.title()).toBe("(1) Open cases · Touchstone");
  });

  it("asks for what is missing and sends nothing before", async () => {
    await open(THREE);
    await ready();
    await page.click(".send");
    expect(await page.locator(".hint").textContent()).toContain("uphold (u) or overturn (o)");
    await page.keyboard.press("o");
    await page.keyboard.press("Enter");
    expect(await page.locator(".hint").textContent()).toContain("reason");
    expect(server.decisions).toEqual([]);
  });

  it("keeps its keys to itself while somebody writes or chooses", async () => {
    await open(THREE);
    await ready();
    await page.click("#note");
    await page.keyboard.type("juko?12");
    await page.keyboard.press("Enter");
    expect(await page.inputValue("#note")).toBe("juko?12\n");
    expect(await current()).toBe(A);
    expect(await page.locator("input[name=outcome]:checked").count()).toBe(0);
    expect(await page.locator("dialog[open]").count()).toBe(0);
    await page.check("input[value=uphold]");
    await page.keyboard.press("ArrowDown");
    expect(await page.locator("input[value=overturn]").isChecked()).toBe(true);
    expect(await current()).toBe(A);
    expect(server.decisions).toEqual([]);
  });

  it("tells kindly that somebody was faster, and shows how the case stands", async () => {
    await open(THREE);
    await ready();
    await page.keyboard.press("u");
    await page.keyboard.press("1");
    server.decideElsewhere(A);
    await page.keyboard.press("Enter");
    await page.getByText("Somebody was faster").waitFor();
    await page.locator(".decided").waitFor();
    expect(await page.locator(".decided").textContent()).toContain("Overturned");
    expect(await page.locator("#detail form").count()).toBe(0);
    await page.keyboard.press("j");
    await chosen(B);
  });

  it("shows and hides the list of keys", async () => {
    await open(THREE);
    await ready();
    await page.keyboard.press("?");
    await page.locator("dialog[open]").waitFor();
    await page.keyboard.press("j");
    expect(await current()).toBe(A);
    await page.keyboard.press("?");
    expect(await page.locator("dialog[open]").count()).toBe(0);
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
    await page.emulateMedia({ colorScheme });
    await open(THREE);
    await ready();
    const selectors =
      "h1, h2, h3, p, .chip, .lane, .wait, .quiet, mark, dt, dd, code, button, label, legend, option, select";
    const [ratio, where] = (await page.evaluate(leastContrast(selectors))) as [number, string];
    expect(ratio, where).toBeGreaterThanOrEqual(4.5);
  });

  it("works on a narrow screen: the list, then the case, then back", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await open([{ id: A, text: `${"a".repeat(400)} idiot https://${"x".repeat(200)}.example/` }, ...THREE.slice(1)]);
    await page.waitForSelector("#cases > li");
    expect(await page.locator("#case").isVisible()).toBe(false);
    const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    expect(await page.evaluate(overflow)).toBe(0);
    await page.click(`[data-case="${A}"]`);
    await ready();
    expect(await page.locator("#queue").isVisible()).toBe(false);
    expect(await page.evaluate(overflow)).toBe(0);
    await page.goBack();
    await page.locator("#cases").waitFor();
    expect(await page.locator("#case").isVisible()).toBe(false);
  });
});
