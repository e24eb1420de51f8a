import { mkdirSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { launchBrowser } from "./browser.ts";

/** Milliseconds that a page has to show what a test waits for. */
const PATIENCE_MS = 10_000;

/** Where pictures of pages go for people to look at; none are taken where it is not set. */
const SHOTS = process.env.TOUCHSTONE_SHOTS;

/**
 * A Chromium for a test file, with fresh contexts for each test: one person each. A test fails where a page complains:
 * of an exception, an alert, an error on its console, or something against its content security policy.
 */
export class ConsoleBrowser {
  #browser: Browser | undefined;
  #contexts: BrowserContext[] = [];
  #complaints: string[] = [];

  constructor() {
    beforeAll(async () => {
      this.#browser = await launchBrowser();
    });
    afterAll(() => this.#browser?.close());
    beforeEach(() => {
      this.#complaints = [];
    });
    afterEach(async () => {
      const contexts = this.#contexts.splice(0);
      await Promise.all(contexts.map((context) => context.close()));
      expect(this.#complaints).toEqual([]);
    });
  }

  /** A page of a browser that nobody has signed in with yet. */
  async newPage(
    size: { readonly width: number; readonly height: number } = { width: 1280, height: 800 },
  ): Promise<Page> {
    if (!this.#browser) throw new Error("no test is running");
    const context = await this.#browser.newContext({ viewport: size, colorScheme: "light", reducedMotion: "reduce" });
    context.setDefaultTimeout(PATIENCE_MS);
    this.#contexts.push(context);
    // A violation is told to the page that it happens on, before the console says it in words that change.
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    const page = await context.newPage();
    this.#listen(page);
    return page;
  }

  /** Takes back a complaint that the test has provoked; fails where there is none such. */
  expectComplaint(pattern: RegExp): void {
    const found = this.#complaints.findIndex((one) => pattern.test(one));
    expect(found, `a complaint like ${pattern}`).toBeGreaterThanOrEqual(0);
    this.#complaints = this.#complaints.filter((one) => !pattern.test(one));
  }

  #listen(page: Page): void {
    page.on("pageerror", (error) => this.#complaints.push(error.message));
    page.on("console", (message) => {
      // The browser itself reports every refused or broken request; tests say what they expect of those.
      const told = /^Failed to load resource|net::ERR_/.test(message.text());
      if (message.type() === "error" && !told) this.#complaints.push(message.text());
    });
    page.on("dialog", (dialog) => {
      this.#complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }
}

/** Presses keys one after another. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** What has the focus: its role or tag, and its name. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement;
    const name = at?.getAttribute("aria-label") ?? at?.textContent ?? "";
    return `${at?.getAttribute("role") ?? at?.tagName.toLowerCase() ?? "nothing"} ${name.trim().slice(0, 80)}`;
  });

/** Waits until nothing moves any more: answers are shown and fonts are there. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await expect.poll(() => page.locator("[aria-busy=true]").count()).toBe(0);
}

/** Turns the system's theme, and waits until the page has followed and was painted. */
export async function colourScheme(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction(
    (wanted) => ["", wanted].includes(document.documentElement.style.colorScheme),
    colorScheme,
  );
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))));
}

/**
 * Pictures of the page as it stands in light, dark and on a narrow screen, for people to look at: `<name>-light.png`, …
 * in $TOUCHSTONE_SHOTS. Takes none where that is not set.
 */
export async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  const size = page.viewportSize() ?? { width: 1280, height: 800 };
  for (const colorScheme of ["light", "dark"] as const) {
    await colourScheme(page, colorScheme);
    await page.screenshot({ path: `${SHOTS}/${name}-${colorScheme}.png` });
  }
  await colourScheme(page, "light");
  await page.setViewportSize({ width: 360, height: 740 });
  await page.waitForTimeout(100);
  await page.screenshot({ path: `${SHOTS}/${name}-narrow.png` });
  await page.setViewportSize(size);
}
