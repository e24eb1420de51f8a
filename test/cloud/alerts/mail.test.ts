import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageRoutes } from "../../../shared/contracts/page-routes.ts";
import { mailToken } from "../../../shared/delivery/email/mail-token.ts";
import { tenantKeys } from "../../../shared/keys/keys.ts";
import { kmsClient, unwrapByKms } from "../../../shared/keys/kms.ts";
import { dataKeyStore } from "../../../shared/store/data-keys.ts";
import { type Api, aPost, apiOf, eventually } from "../pipeline/api.ts";
import { openWholeCloud, type WholeCloud } from "../security/whole-cloud.ts";
import { linkOf, mailboxOf, press } from "./mailbox.ts";

// From the wish for alerts by e-mail to the mail in SES's inbox, and back by its links.

const TENANT = "acme";
const CONFIRM = "answer=confirm";
const ONE_CLICK = "List-Unsubscribe=One-Click";
let whole: WholeCloud;
let admin: Api;
let platform: Api;
let south: Awaited<ReturnType<typeof subscribe>>;

beforeAll(async () => {
  whole = await openWholeCloud({ context: { mailFrom: "alerts@touchstone.example" } });
  await whole.addTenant(TENANT);
  admin = apiOf(whole.cloud, await whole.keyFor(TENANT, "admin"));
  platform = apiOf(whole.cloud, await whole.keyFor(TENANT, "platform"));
  south = await subscribe("south");
  await press(linkOf(await mailbox(south.to).nth(1), "confirm"), CONFIRM);
});
afterAll(() => whole?.end());

const mailbox = (address: string) => mailboxOf(whole.cloud.inbox ?? "", address);
/** Each says something else that is flagged: what is alike joins the alert that is open. */
const post = async (id: string, brand: string, text: string) => {
  const item = { ...aPost(id, text), author: { id: `author-${id}` }, brandIds: [brand] };
  const { status, json } = await platform("POST", "/v1/score?store=true", { item });
  expect([status, json.action]).not.toEqual([200, "allow"]);
};
const INSULT = "you are an idiot and a loser";
const THREAT = "I will come to your house and kill you";
/** What matches alerts knows of a change after half a minute at the latest. */
const readAnew = () => new Promise((resolve) => setTimeout(resolve, 31_000));

/** Subscribes an address to a brand of its own. */
async function subscribe(name: string, more: Record<string, unknown> = {}) {
  const id = `sub_${name.padEnd(12, "0")}`;
  const to = `${name}@brand.example`;
  const document = {
    name: `Of ${name}`,
    places: ["verdict"],
    filter: { brands: [name] },
    channel: { type: "email", to },
  };
  const saved = await admin("POST", `/v1/subscriptions/${id}`, { version: 0, document: { ...document, ...more } });
  expect([saved.status, saved.json.paused?.why]).toEqual([200, "unconfirmed"]);
  const why = async () => (await admin("GET", `/v1/subscriptions/${id}`)).json.paused?.why;
  return { id, to, why, document };
}

const textOf = async (answer: Response): Promise<string> => (await answer.text()).replace(/<style>.*<\/style>/s, "");

describe("an address", () => {
  it("gets alerts once somebody has pressed the button, not when a program opened the link", async () => {
    const { id, to, why } = await subscribe("north");
    const asked = await mailbox(to).nth(1);
    expect(asked.subject).toBe("Confirm that you want alerts at this address");
    expect(asked.headers.map(({ name }) => name)).not.toContain("List-Unsubscribe");
    const link = linkOf(asked, "confirm");
    expect(link.startsWith(`${whole.cloud.url}/v1/mail/confirm?token=`)).toBe(true);

    // Nothing goes out before.
    await post("early", "north", THREAT);
    expect(await whole.cloud.idle(20_000)).toBe(true);
    expect(await mailbox(to).all()).toHaveLength(1);

    // What scanners do.
    const opened = await fetch(link);
    expect([opened.status, await textOf(opened)]).toEqual([200, expect.stringContaining("Do you want these alerts?")]);
    for (const sent of ["", "answer=no", ONE_CLICK])
      expect(await textOf(await press(link, sent))).toContain("Do you want");
    expect(await why()).toBe("unconfirmed");

    expect(await textOf(await press(link, CONFIRM))).toContain("Your address is confirmed");
    expect(await why()).toBeUndefined();
    // A second press, and the page, say the same.
    expect(await textOf(await press(link, CONFIRM))).toContain("Your address is confirmed");
    expect(await textOf(await fetch(link))).toContain("Your address is confirmed");

    await readAnew();
    await post("first", "north", INSULT);
    const { from, subject, body, headers } = await mailbox(to).nth(2);
    expect(from).toBe("Touchstone <alerts@touchstone.example>");
    expect(subject).toMatch(/^1 post: /);
    for (const part of [body.text, body.html]) {
      expect(part).toContain(`${whole.cloud.url}/cases/`);
      expect(part).toContain(`${whole.cloud.url}/alerts/alr_`);
      // Words of people are in no mail.
      expect(part).not.toMatch(/idiot|loser/);
    }
    const unsubscribe = linkOf({ from, subject, body, headers, destination: { to: [to] } }, "unsubscribe");
    expect(headers).toEqual(
      expect.arrayContaining([
        { name: "List-Unsubscribe", value: `<${unsubscribe}>` },
        { name: "List-Unsubscribe-Post", value: ONE_CLICK },
      ]),
    );
    const deliveries = await admin("GET", `/v1/subscriptions/${id}/deliveries`);
    expect(deliveries.json.deliveries.map(({ state }: { state: string }) => state)).toEqual(["delivered", "delivered"]);
  });

  it("gets nothing any more after one click of a mail program, until it says so again", async () => {
    const { id, to, why } = south;
    await post("second", "south", INSULT);
    const link = linkOf(await mailbox(to).nth(2), "unsubscribe");
    const opened = await fetch(link);
    expect([opened.status, await textOf(opened)]).toEqual([200, expect.stringContaining("Stop these alerts?")]);
    for (const sent of ["", CONFIRM]) await press(link, sent);
    expect(await why()).toBeUndefined();

    // As RFC 8058 has it, in either form.
    const form = new FormData();
    form.set("List-Unsubscribe", "One-Click");
    const clicked = await fetch(link, { method: "POST", body: form, redirect: "manual" });
    expect([clicked.status, await textOf(clicked)]).toEqual([200, expect.stringContaining("You are unsubscribed")]);
    expect(await why()).toBe("unsubscribed");
    expect(await textOf(await press(link, ONE_CLICK))).toContain("You are unsubscribed");

    await post("third", "south", THREAT);
    expect(await whole.cloud.idle(20_000)).toBe(true);
    expect(await mailbox(to).all()).toHaveLength(2);

    // Its owner cannot undo that alone.
    const { json } = await admin("GET", `/v1/subscriptions/${id}`);
    const enabled = await admin("POST", `/v1/subscriptions/${id}/enable`, { version: json.version });
    expect([enabled.status, enabled.json.paused?.why]).toEqual([200, "unconfirmed"]);
    const again = await mailbox(to).nth(3);
    await press(linkOf(again, "confirm"), CONFIRM);
    expect(await why()).toBeUndefined();

    // Both stand in the log, and whoever made it sees the end in the inbox.
    const { json: log } = await admin("GET", "/v1/audit?limit=100");
    const noted = log.entries.filter(({ facts }: { facts?: { subscription?: string } }) => facts?.subscription === id);
    expect(noted.map(({ actor, action }: { actor: string; action: string }) => [actor, action])).toEqual(
      expect.arrayContaining([
        ["reader", "subscription.confirmed"],
        ["reader", "subscription.unsubscribed"],
      ]),
    );
    const { json: inbox } = await admin("GET", `/v1/alerts?subscription=${id}`);
    expect(inbox.alerts.map(({ headline }: { headline: string }) => headline)).toContain(
      'The subscription "Of south" was paused: its reader unsubscribed',
    );
  });

  it("is asked anew where it becomes another, and old links are for the old one", async () => {
    const { id, to, why, document } = await subscribe("east");
    const first = linkOf(await mailbox(to).nth(1), "confirm");
    const other = { type: "email", to: "other@brand.example" };
    await admin("POST", `/v1/subscriptions/${id}`, { version: 1, document: { ...document, channel: other } });
    const lost = await press(first, CONFIRM);
    expect([lost.status, await textOf(lost)]).toEqual([404, expect.stringContaining("This link does not work")]);
    expect(await why()).toBe("unconfirmed");
    await press(linkOf(await mailbox(other.to).nth(1), "confirm"), CONFIRM);
    expect(await why()).toBeUndefined();
  });
});

describe("an address that has not agreed", () => {
  it("gets no tests, and one mail however often it is entered", async () => {
    const { id, to, document } = await subscribe("quiet");
    await mailbox(to).nth(1);
    const test = await admin("POST", `/v1/subscriptions/${id}/tests`, {});
    expect([test.status, test.json.type]).toEqual([409, "urn:touchstone:problem:subscription_paused"]);
    const other = { type: "email", to: "second@brand.example" };
    for (const [version, channel] of [
      [1, other],
      [2, document.channel],
      [3, other],
      [4, document.channel],
    ] as const) {
      const saved = await admin("POST", `/v1/subscriptions/${id}`, { version, document: { ...document, channel } });
      expect([saved.status, saved.json.paused?.why]).toEqual([200, "unconfirmed"]);
    }
    await mailbox(other.to).nth(1);
    expect(await whole.cloud.idle(20_000)).toBe(true);
    expect([(await mailbox(to).all()).length, (await mailbox(other.to).all()).length]).toEqual([1, 1]);
    // The first mail's link is still the address's.
    expect((await press(linkOf(await mailbox(to).nth(1), "confirm"), CONFIRM)).status).toBe(200);
    expect((await admin("GET", `/v1/subscriptions/${id}`)).json.state).toBe("active");
    expect((await admin("POST", `/v1/subscriptions/${id}/tests`, {})).status).toBe(202);
    await mailbox(to).nth(2);
  });

  it("is asked five times a day at most, whatever is deleted and made again", async () => {
    const to = "stranger@brand.example";
    const document = { name: "Pay now at https://evil.example", places: ["verdict"], channel: { type: "email", to } };
    const made: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const path = `/v1/subscriptions/sub_again00000${n}0`;
      made.push((await admin("POST", path, { version: 0, document })).status);
      if (made.at(-1) === 200) await admin("POST", `${path}/delete`, { version: 1 });
    }
    expect(made).toEqual([200, 200, 200, 200, 200, 429]);
    expect(await whole.cloud.idle(20_000)).toBe(true);
    const mails = await mailbox(to).all();
    expect(mails.length).toBeLessThanOrEqual(5);
    expect(JSON.stringify(mails)).not.toMatch(/evil|Pay now/);
    // Nor is it counted under its name.
    for (const [at, row] of await whole.rows()) if (at.includes("#allowance#")) expect(at + row).not.toContain(to);
  });
});

describe("an address of SES's simulator", () => {
  it.each([
    ["bounce", "bounced", "mail_bounced"],
    ["complaint", "unsubscribed", "mail_complained"],
  ])("that answers with a %s stops its mails as %s, and says so", async (kind, why, reason) => {
    const id = `sub_${kind.padEnd(12, "0")}`;
    const document = {
      name: `Of ${kind}`,
      places: ["verdict"],
      filter: { brands: ["nobody"] },
      channel: { type: "email", to: `${kind}@simulator.amazonses.com` },
    };
    const saved = await admin("POST", `/v1/subscriptions/${id}`, { version: 0, document });
    expect([saved.status, saved.json.paused?.why]).toEqual([200, "unconfirmed"]);
    const { json } = await eventually(
      () => admin("GET", `/v1/subscriptions/${id}`),
      (found) => found.json.paused?.why === why,
      40,
    );
    const { json: log } = await admin("GET", `/v1/subscriptions/${id}/deliveries`);
    expect(log.deliveries).toMatchObject([{ type: "subscription.confirmation", state: "failed", reason }]);
    const { json: inbox } = await admin("GET", `/v1/alerts?subscription=${id}`);
    expect(inbox.alerts).toMatchObject([{ first: { paused: { why } } }]);
    expect((await admin("POST", `/v1/subscriptions/${id}/tests`, {})).status).toBe(409);
    // Whoever owns it may have it asked again, which comes back again.
    const again = await admin("POST", `/v1/subscriptions/${id}/enable`, { version: json.version });
    expect([again.status, again.json.paused?.why]).toEqual([200, "unconfirmed"]);
    await eventually(
      () => admin("GET", `/v1/alerts?subscription=${id}`),
      (found) => found.json.alerts.length === 2,
      40,
    );
  });
});

describe("a subscription of somebody who goes", () => {
  it("stands still, says so in the inbox, and goes on with whoever takes it over", async () => {
    const { json: made } = await admin("POST", "/v1/keys", { role: "brand", brands: ["centre"] });
    const brand = apiOf(whole.cloud, made.token);
    const id = "sub_centre000000";
    const to = "centre@brand.example";
    const document = { name: "Of centre", places: ["verdict"], channel: { type: "email", to } };
    expect((await brand("POST", `/v1/subscriptions/${id}`, { version: 0, document })).status).toBe(200);
    await press(linkOf(await mailbox(to).nth(1), "confirm"), CONFIRM);
    expect((await admin("POST", `/v1/keys/${made.key.id}/revoke`, {})).status).toBe(200);

    const { json: gone } = await admin("GET", `/v1/subscriptions/${id}`);
    expect(gone).toMatchObject({ state: "paused", paused: { why: "owner_gone" }, owner: { brands: ["centre"] } });
    const { json: inbox } = await admin("GET", `/v1/alerts?subscription=${id}`);
    expect(inbox.alerts.map(({ headline }: { headline: string }) => headline)).toEqual([
      'The subscription "Of centre" was paused: whoever made it may not hear of this any more',
    ]);
    await readAnew();
    await post("after-it", "centre", INSULT);
    // Its alerts go on in the inbox.
    await eventually(
      () => admin("GET", `/v1/alerts?subscription=${id}`),
      (found) => found.json.alerts.length === 2,
      40,
    );
    expect(await whole.cloud.idle(20_000)).toBe(true);
    expect(await mailbox(to).all()).toHaveLength(1);

    const taken = await admin("POST", `/v1/subscriptions/${id}/enable`, { version: gone.version });
    // Its reader may be the one who left, and is asked again.
    expect(taken.json).toMatchObject({
      state: "paused",
      paused: { why: "unconfirmed" },
      owner: { role: "brand", brands: ["centre"] },
    });
    expect(taken.json.owner.until).toBeUndefined();
    await press(linkOf(await mailbox(to).nth(2), "confirm"), CONFIRM);
    expect((await admin("GET", `/v1/subscriptions/${id}`)).json.state).toBe("active");
    const { json: log } = await admin("GET", "/v1/audit?limit=100");
    expect(log.entries.map(({ action, facts }: { action: string; facts?: object }) => [action, facts])).toContainEqual([
      "subscription.orphaned",
      { subscription: id, owner: `key:${made.key.id}` },
    ]);
  });
});

describe("a link", () => {
  it("does one thing, for its time, whole", async () => {
    const { id, to, why } = await subscribe("west");
    const link = linkOf(await mailbox(to).nth(1), "confirm");
    const directory = whole.table("TableDirectory");
    const { KeyContent = "" } = whole.cloud.outputs;
    const keys = tenantKeys(unwrapByKms(kmsClient(), KeyContent, dataKeyStore(directory)), () => new Date());
    const of = { tenant: TENANT, subscription: id, to };
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    const page = (name: string, token: string) => `${whole.cloud.url}/v1/mail/${name}?token=${token}`;

    const over = await press(page("confirm", await mailToken(keys, "confirm", of, daysAgo(3.01))), CONFIRM);
    expect([over.status, await textOf(over)]).toEqual([410, expect.stringContaining("This link is over")]);
    const token = new URL(link).searchParams.get("token") ?? "";
    const [tenant, subscription, expires = "", mac = ""] = token.split(".");
    const changed = [
      "",
      token.slice(0, -1),
      `${token}A`,
      [tenant, subscription, (Number.parseInt(expires, 36) + 60).toString(36), mac].join("."),
      ["other", subscription, expires, mac].join("."),
      [tenant, "sub_000000000000", expires, mac].join("."),
      [tenant, subscription, expires, "A".repeat(43)].join("."),
      "x".repeat(5_000),
      "%00",
      "<script>alert(1)</script>",
    ];
    for (const one of changed) {
      const answer = await press(page("confirm", encodeURIComponent(one)), CONFIRM);
      expect([one, answer.status]).toEqual([one, 404]);
      expect(await answer.text()).not.toContain("script>");
    }
    // Made for the one, it does not do the other.
    expect((await press(page("unsubscribe", token), ONE_CLICK)).status).toBe(404);
    expect(await why()).toBe("unconfirmed");
    const stop = await mailToken(keys, "unsubscribe", of, daysAgo(399));
    expect((await press(page("confirm", stop), CONFIRM)).status).toBe(404);
    expect((await fetch(page("unsubscribe", stop))).status).toBe(200);
    expect((await press(link, CONFIRM)).status).toBe(200);
    expect(whole.logged()).not.toContain(mac);
  });

  it("leads to a page that runs nothing, is kept nowhere and tells nobody where it was", async () => {
    for (const { path } of Object.values(pageRoutes)) {
      const { headers } = await fetch(`${whole.cloud.url}${path}`);
      const policy = headers.get("content-security-policy");
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'/);
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    }
  });

  it.each(Object.values(pageRoutes).map((route) => [route.name, route] as const))(
    "past the edge, %s is refused with a page",
    async (_, { method, path }) => {
      const result = await whole.cloud.invoke("mail-links", {
        version: "2.0",
        routeKey: `${method} ${path}`,
        headers: {},
        requestContext: { authorizer: { lambda: { refusal: "wrong_origin" } }, http: { method, path } },
        isBase64Encoded: false,
      });
      if ("error" in result) throw new Error(result.error.errorMessage);
      expect(JSON.parse(result.payload)).toMatchObject({
        statusCode: 403,
        body: expect.stringContaining("This is not the way in"),
      });
    },
  );
});
