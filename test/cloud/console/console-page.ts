import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { launchBrowser } from "./browser.ts";
import { StubServer, type Told } from "./stub-server.ts";

/** A case id of the right length that begins with `name`. */
export const caseId = (name: string): string => name.padEnd(22, "x");
export const A = caseId("a");
export const B = caseId("b");
export const C = caseId("c");

export const THREE: readonly Told[] = [
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

/**
 * The console in Chromium before a stub server, a new page for each test of the file. A test fails where the browser
 * complains: of an exception, an alert, or a script or style against the page's content security policy.
 */
export class ConsolePage {
  readonly server = new StubServer();
  #address = "";
  #page: Page | undefined;
  #complaints: string[] = [];

  constructor() {
    let browser: Browser;
    beforeAll(async () => {
      this.#address = await this.server.start();
      browser = await launchBrowser();
    });
    afterAll(async () => {
      await browser?.close();
      await this.server.stop();
    });
    beforeEach(async () => {
      this.#page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      this.#listen(this.#page);
    });
    afterEach(async () => {
      await this.page.close();
      expect(this.#complaints).toEqual([]);
    });
  }

  get page(): Page {
    if (!this.#page) throw new Error("no test is running");
    return this.#page;
  }

  async open(cases: readonly Told[]): Promise<void> {
    this.server.tell(cases);
    await this.page.goto(`${this.#address}/`);
  }

  /** Waits until a case is open and can be decided. */
  async ready(): Promise<void> {
    await this.page.waitForSelector("#detail:not([inert]) form");
  }

  /** The id of the case chosen in the queue. */
  current(): Promise<string | null> {
    return this.page.locator("#cases button[aria-current]").getAttribute("data-case");
  }

  async chosen(id: string): Promise<void> {
    await this.page.waitForSelector(`#cases button[data-case="${id}"][aria-current]`);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  #listen(page: Page): void {
    this.#complaints = [];
    page.on("pageerror", (error) => this.#complaints.push(error.message));
    page.on("console", (message) => {
      const expected = /status of 4\d\d|ERR_CONTENT_LENGTH_MISMATCH|ERR_CONNECTION/.test(message.text());
      if (message.type() === "error" && !expected) this.#complaints.push(message.text());
    });
    page.on("dialog", (dialog) => {
      this.#complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }
}
