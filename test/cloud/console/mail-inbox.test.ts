import { mkdirSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bombingReviews, calmReviews } from "../../../bench/items/bombing.ts";
import { linkOf, mailboxOf, press, type SentMail } from "../alerts/mailbox.ts";
import { sweepOf } from "../alerts/sweep-of.ts";
import { type Api, aPost, apiOf } from "../pipeline/api.ts";
import { openWholeCloud, type WholeCloud } from "../security/whole-cloud.ts";
import { expectAccessible } from "./accessibility.ts";
import { launchBrowser } from "./browser.ts";

// What three readers find in their inboxes after what really came in: a review bomb, a threat that nobody answered for,
// and what waited for the digest. `TOUCHSTONE_SHOTS=folder` keeps the pictures (inbox-storm is docs/pictures/alert-mail.png).

const TENANT = "acme";
const BOMB = 120;
const HOTEL = "quayside-hotel";
const MINUTE_MS = 60_000;
const { TOUCHSTONE_SHOTS: SHOTS } = process.env;
/** An hour in which the digest is surely not due by the machine's own clock. */
const clockIn = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS).toISOString().slice(11, 16);

const ON_CALL = "sub_oncall000000";
const WISHES: Readonly<Record<string, Record<string, unknown>>> = {
  [ON_CALL]: { name: "Lead on call", places: ["breaker"] },
  sub_hotel0000000: {
    name: "Reviews of Quayside Hotels",
    places: ["target", "verdict"],
    filter: { targets: [HOTEL] },
    quiet: { from: "22:00", to: "22:01", timeZone: "Europe/Lisbon" },
  },
  sub_night0000000: {
    name: "Night desk",
    places: ["verdict"],
    filter: { labels: ["threat"] },
    duty: { ackMinutes: 30, escalateTo: ON_CALL },
  },
  sub_brand0000000: {
    name: "What is said of our shoes",
    places: ["verdict"],
    filter: { brands: ["shoes"] },
    timing: { kind: "digest", every: "day", at: clockIn(120), timeZone: "UTC" },
  },
};
const addressOf = (id: string) => `${id.slice(4).replaceAll("0", "")}@brand.example`;

let whole: WholeCloud;
let admin: Api;
let platform: Api;
let browser: Browser;
let page: Page;
let sweep: (now: Date) => Promise<unknown>;

const mailbox = (id: string) => mailboxOf(whole.cloud.inbox ?? "", addressOf(id));
const idle = async () => expect(await whole.cloud.idle(180_000)).toBe(true);

beforeAll(async () => {
  if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  whole = await openWholeCloud({ context: { mailFrom: "alerts@touchstone.example" } });
  await whole.addTenant(TENANT, { itemsPerMinute: 100_000 });
  sweep = sweepOf(whole);
  admin = apiOf(whole.cloud, await whole.keyFor(TENANT, "admin"));
  platform = apiOf(whole.cloud, await whole.keyFor(TENANT, "platform"));
  // Before anything happens: what matches alerts remembers for half a minute who wants to hear of something.
  for (const [id, wish] of Object.entries(WISHES)) {
    const document = { ...wish, channel: { type: "email", to: addressOf(id) } };
    expect((await admin("POST", `/v1/subscriptions/${id}`, { version: 0, document })).status).toBe(200);
    await press(linkOf(await mailbox(id).nth(1), "confirm"), "answer=confirm");
  }
  browser = await launchBrowser();
  // What a mail must not need is not there: no network.
  page = await browser.newPage({ viewport: { width: 640, height: 800 }, offline: true });
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await whole?.end();
});

async function handIn(items: readonly unknown[]): Promise<void> {
  for (let from = 0; from < items.length; from += 100) {
    const answer = await platform("POST", "/v1/items", { items: items.slice(from, from + 100) });
    expect([answer.status, answer.text.slice(0, 300)]).toEqual([202, expect.anything()]);
  }
  await idle();
}

const oneSpace = (text: string) => text.replaceAll(/\s+/g, " ");

/** Opens a mail as its reader does; the sentences are in its text and in its picture. */
async function read(mail: SentMail, name: string, sentences: readonly (string | RegExp)[]): Promise<void> {
  await page.setContent(mail.body.html);
  const seen = oneSpace(await page.locator("body").innerText());
  for (const sentence of sentences)
    for (const part of [oneSpace(mail.body.text), seen])
      expect(part).toEqual(
        typeof sentence === "string" ? expect.stringContaining(sentence) : expect.stringMatching(sentence),
      );
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(640);
  await expectAccessible(page, "body > table");
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/inbox-${name}.png`, fullPage: true });
}

/** Reviews as they come of one hotel of a brand. */
const ofHotel = (reviews: readonly unknown[]) =>
  (reviews as readonly { readonly id: string }[]).map((one) => ({
    ...one,
    id: one.id.replace("bomb", "review"),
    target: { id: HOTEL, category: "hotel" },
    brandIds: ["quayside-hotels"],
  }));

const alertLink = (mail: SentMail) => /http\S+\/alerts\/alr_\S+/.exec(mail.body.text)?.[0];

it("a review bomb is told when it begins and when it has grown, by its numbers", async () => {
  const now = new Date();
  await handIn(ofHotel(calmReviews(1, now)));
  expect(await mailbox("sub_hotel0000000").all()).toHaveLength(1);
  await handIn(ofHotel(bombingReviews(BOMB, 1, now)));
  const first = await mailbox("sub_hotel0000000").nth(2);
  await sweep(new Date(Date.now() + 11 * MINUTE_MS));
  await idle();
  const grown = await mailbox("sub_hotel0000000").nth(3);
  const [, told = "0"] =
    /^Growing: (\d+) reviews in (?:a minute|\d+ minutes), 100% with one star: /.exec(grown.subject) ?? [];
  expect(Number(told)).toBeGreaterThan(BOMB / 2);
  expect(alertLink(grown)).toBe(alertLink(first));
  await read(grown, "storm", [
    grown.subject,
    "More has come since you were last told.",
    new RegExp(`Stars:? 1 star: ${told} `),
    `all ratings of ${HOTEL}`,
    `and ${Number(told) - 5} more`,
    /First:? .+\(Europe\/Lisbon\).* Latest:? .+\(Europe\/Lisbon\)/,
  ]);
  // What it is and where to look are seen without scrolling.
  for (const words of ["Consistent with", "Open the alert", "all ratings of"])
    expect((await page.getByText(words, { exact: false }).first().boundingBox())?.y).toBeLessThan(800);
  expect(await mailbox("sub_hotel0000000").all()).toHaveLength(3);
}, 400_000);

it("a threat is a duty with its minute, and comes to somebody else where nobody acknowledged it", async () => {
  await handIn([aPost("threat-1", "I will come to your house and kill you")]);
  const duty = await mailbox("sub_night0000000").nth(2);
  await read(duty, "duty", [
    /To acknowledge: 1 post: threat of violence/,
    /Acknowledge this by .+, \d\d:\d\d \(UTC\); if nobody does, others are told, or you once more\./,
    /Severity:? 7 of 7/,
    "Open and acknowledge",
  ]);
  expect(await mailbox(ON_CALL).all()).toHaveLength(1);
  await sweep(new Date(Date.now() + 31 * MINUTE_MS));
  await idle();
  const passed = await mailbox(ON_CALL).nth(2);
  await read(passed, "escalated", [
    /Passed on to you: 1 post: threat of violence/,
    'Nobody of "Night desk" acknowledged this in time, so that it comes to you.',
    /Nobody acknowledged this by .+ \(UTC\): it still has to be\./,
  ]);
  expect(alertLink(passed)).toBe(alertLink(duty));
}, 240_000);

it("what waited for the digest is one mail, the gravest first", async () => {
  const of = (id: string, text: string) => ({
    ...aPost(id, text),
    author: { id: `author-${id}` },
    brandIds: ["shoes"],
  });
  await handIn([
    of("insult-1", "you are an idiot and a loser"),
    of("insult-2", "what an idiot, the loser who made these"),
    of("scam-1", "Earn $5000 a week from home, guaranteed profit! Message me on WhatsApp +1 555 010 9999 now"),
  ]);
  expect(await mailbox("sub_brand0000000").all()).toHaveLength(1);
  await sweep(new Date(Date.now() + 121 * MINUTE_MS));
  await idle();
  const digest = await mailbox("sub_brand0000000").nth(2);
  expect(digest.subject).toBe("Your digest: 2 alerts of 3 events");
  await read(digest, "digest", [
    digest.subject,
    "This is what came together since the last digest.",
    /The gravest first:? .*1 post: .*scam.* 2 posts in a minute: .*insult/,
  ]);
  expect(JSON.stringify(digest.body)).not.toMatch(/idiot|WhatsApp/);
}, 240_000);
