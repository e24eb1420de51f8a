import { mkdirSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alertMessage } from "../../../shared/alerts/told-facts.ts";
import { renderMail } from "../../../shared/delivery/email/render-mail.ts";
import { byMail, everyMessage, exampleStorm, LINKS } from "../../unit/delivery/mail-examples.ts";
import { NOW } from "../../unit/domain/examples.ts";
import { expectAccessible } from "./accessibility.ts";
import { launchBrowser } from "./browser.ts";

// Every mail as mail programs draw it: wide and narrow, light and dark. `TOUCHSTONE_SHOTS=folder` keeps the pictures.

const { TOUCHSTONE_SHOTS: SHOTS } = process.env;
const WIDTHS = [600, 360] as const;
const team = byMail();
const mails = Object.entries(everyMessage(team)).map(([name, one]) => [name, renderMail(one, team, LINKS)] as const);

const QUIET = { from: "22:00", to: "07:00", timeZone: "Europe/Lisbon" };

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

it("a review bomb is one mail: its numbers, what it is consistent with and where to look are seen without scrolling", async () => {
  const reviews = [10_231, 10_232, 10_234, 10_235, 10_237];
  const samples = reviews.map((number) => ({ kind: "review" as const, id: `review-${number}`, revision: "1" }));
  const { first, ...bomb } = exampleStorm({ subject: { by: "target", id: "quayside-hotel" }, samples });
  const item = first.item && { ...first.item, brands: ["quayside-hotels"] };
  const storm = { ...bomb, first: { ...first, ...(item && { item }) } };
  const brand = byMail({ name: "Reviews of Quayside Hotels", quiet: QUIET });
  const told = alertMessage(brand, "alert.grown", storm, { at: NOW.toISOString(), sequence: 2, from: undefined });
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 640, height: 800 });
  await page.setContent(renderMail(told, brand, LINKS).html);
  for (const words of ["214 reviews in 40 minutes", "Consistent with", "Open the alert", "all ratings of"])
    expect((await page.getByText(words, { exact: false }).first().boundingBox())?.y).toBeLessThan(800);
  // docs/pictures/alert-mail.png
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/alert-mail.png`, fullPage: true });
});
