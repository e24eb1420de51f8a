import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { ConsoleBrowser } from "./console-browser.ts";
import { StubApi } from "./stub-api.ts";

/** The built console in a browser before a stubbed API, for each test of a file anew; quick, for every state of a page. */
export class StubConsole {
  readonly api = new StubApi();
  readonly browser = new ConsoleBrowser();

  constructor() {
    beforeAll(() => this.api.start());
    afterAll(() => this.api.stop());
    beforeEach(() => this.api.reset());
    afterEach(() => expect(this.api.faults).toEqual([]));
  }

  /** Opens a path as whoever `me` answers with; tell the API's answers before. */
  async open(path: string, size?: { readonly width: number; readonly height: number }): Promise<Page> {
    const page = await this.browser.newPage(size);
    await page.goto(`${this.api.url}${path}`);
    return page;
  }
}
