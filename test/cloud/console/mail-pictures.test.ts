import { mkdirSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderMail } from "../../../shared/delivery/email/render-mail.ts";
import { byMail, everyMessage, LINKS } from "../../unit/delivery/mail-examples.ts";
import { expectAccessible } from "./accessibility.ts";
import { launchBrowser } from "./browser.ts";

// Every mail as mail programs draw it: wide and narrow, light and dark. `TOUCHSTONE_SHOTS=folder` keeps the pictures.

const { TOUCHSTONE_SHOTS: SHOTS } = process.env;
const WIDTHS = [600, 360] as const;
const team = byMail();
const mails = Object.entries(everyMessage(team)).map(([name, one]) => [name, renderMail(one, team, LINKS)] as const);

let browser: Browser;
let page: Page;
beforeAll(async () => {
  if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  browser = await launchBrowser();
  // What a mail must not need is not there: no scripts, no network.
  page = await browser.newPage({ javaScriptEnabled: true, offline: true });
});
afterAll(() => browser?.close());

describe("as a picture", () => {
  it.each(mails)("%s fits wide and narrow screens, and is readable in light and dark", async (name, { html }) => {
    await page.setContent(html);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        if (SHOTS) await page.screenshot({ path: `${SHOTS}/mail-${name}-${width}-${colorScheme}.png`, fullPage: true });
      }
    }
    // Not landmarks: a mail stands within its program's page.
    await expectAccessible(page, "body > table");
  });
});
