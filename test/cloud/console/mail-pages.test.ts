import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mailboxOf, type SentMail } from "../alerts/mailbox.ts";
import { type Api, apiOf } from "../pipeline/api.ts";
import { openWholeCloud, type WholeCloud } from "../security/whole-cloud.ts";
import { expectAccessible } from "./accessibility.ts";
import { launchBrowser } from "./browser.ts";

// What the reader of a mail does: looks at it, follows its link, presses the page's button. Nothing else is known to them.

const TENANT = "acme";
const { TOUCHSTONE_SHOTS: SHOTS } = process.env;
let whole: WholeCloud;
let admin: Api;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  whole = await openWholeCloud({ context: { mailFrom: "alerts@touchstone.example" } });
  await whole.addTenant(TENANT);
  admin = apiOf(whole.cloud, await whole.keyFor(TENANT, "admin"));
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 390, height: 740 } });
});
afterAll(async () => {
  await browser?.close();
  await whole?.end();
});

/** Opens a mail as its reader sees it, and follows one of its links. */
async function follow({ body }: SentMail, link: string): Promise<void> {
  await page.goto("about:blank");
  await page.setContent(body.html);
  await page.getByRole("link", { name: link }).click();
  await page.waitForURL(/\/v1\/mail\//);
}

const shoot = async (name: string): Promise<void> => {
  await expectAccessible(page);
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/mail-page-${name}.png` });
};

it("is asked, says yes, gets a mail, and stops them by its link; asked again it can say yes again", async () => {
  const id = "sub_reader000000";
  const to = "reader@brand.example";
  const document = { name: "Complaints", places: ["verdict"], channel: { type: "email", to } };
  expect((await admin("POST", `/v1/subscriptions/${id}`, { version: 0, document })).status).toBe(200);
  const standing = async () => (await admin("GET", `/v1/subscriptions/${id}`)).json;
  const mailbox = mailboxOf(whole.cloud.inbox ?? "", to);

  await follow(await mailbox.nth(1), "Confirm this address");
  await shoot("confirm");
  expect((await standing()).paused?.why).toBe("unconfirmed");
  await page.getByRole("button").click();
  await page.getByRole("heading", { name: "Your address is confirmed" }).waitFor();
  await shoot("confirmed");
  expect((await standing()).paused).toBeUndefined();

  expect((await admin("POST", `/v1/subscriptions/${id}/tests`, {})).status).toBe(202);
  const mail = await mailbox.nth(2);
  expect(mail.headers).toContainEqual({ name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" });
  await follow(mail, "Unsubscribe");
  await shoot("unsubscribe");
  expect((await standing()).paused).toBeUndefined();
  await page.getByRole("button").click();
  await page.getByRole("heading", { name: "You are unsubscribed" }).waitFor();
  await shoot("unsubscribed");
  expect((await standing()).paused?.why).toBe("unsubscribed");

  const { version } = await standing();
  expect((await admin("POST", `/v1/subscriptions/${id}/enable`, { version })).status).toBe(200);
  await follow(await mailbox.nth(3), "Confirm this address");
  await page.getByRole("button").click();
  await page.getByRole("heading", { name: "Your address is confirmed" }).waitFor();
  expect((await standing()).paused).toBeUndefined();
});
