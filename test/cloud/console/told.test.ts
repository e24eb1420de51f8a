import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { SAMPLE_BRAND } from "../../../local/identity/users.ts";
import { held, key } from "../../../shared/store/table.ts";
import { openReceiver, type Receiver } from "../delivery/receiver.ts";
import { eventually } from "../pipeline/api.ts";
import { expectAccessible } from "./accessibility.ts";
import { focused, press, settled, shoot } from "./console-browser.ts";
import { ConsoleWorld } from "./console-world.ts";

// A brand's member from the subscription to the replay: real verdicts, and a receiver in a process of its own.

let receiver: Receiver | undefined;
const world = new ConsoleWorld(async () => {
  receiver = await openReceiver();
  return { DELIVERY_HOSTS: `127.0.0.1:${receiver.ports.http}` };
});
afterAll(() => receiver?.close());

const NAME = "told";
const DESK = "sub_desk00000000";
/** Seconds that something may take to be scored, matched and told: publishers look for subscriptions twice a minute. */
const PATIENCE = 90;

const there = (): Receiver => {
  if (!receiver) throw new Error("the receiver is not up");
  return receiver;
};

const threat = (id: string, text: string, visibility: "public" | "private" = "public") => ({
  kind: "post",
  id,
  revision: "1",
  createdAt: new Date().toISOString(),
  text,
  brandIds: [SAMPLE_BRAND],
  channel: { id: `of-${id}`, visibility, surface: visibility === "public" ? "comment" : "message" },
  author: { id: `author-of-${id}` },
});

const alertsOf = async (user: "bruno" | "lena") => (await world.must(user, "list-alerts", {})).alerts;
const subscriptionOf = async (): Promise<string> => {
  const { subscriptions } = await world.must("bruno", "list-subscriptions", {});
  return subscriptions.find(({ document }) => document.name === "Threats to our people")?.id ?? "";
};

const text = (page: Page): Promise<string> => page.getByRole("main").innerText();

/** Reads the page anew until it says so. */
async function refreshed(page: Page, wanted: RegExp): Promise<void> {
  const refresh = page.getByRole("button", { name: "Refresh" });
  await expect
    .poll(
      async () => {
        await refresh.click();
        // What is asked for anew is not shown as it was.
        await page
          .getByRole("main")
          .getByText(/^Loading/)
          .first()
          .waitFor({ state: "hidden" });
        return text(page);
      },
      { timeout: PATIENCE * 1_000, interval: 1_000 },
    )
    .toMatch(wanted);
}

describe("a brand's member", () => {
  it("makes a subscription to a webhook, is shown its secret once, and sees a test arrive", async () => {
    const page = await world.signIn("bruno", "/new-subscription");
    await page.getByLabel("Name", { exact: true }).fill("Threats to our people");
    await page.getByLabel("Places", { exact: true }).click();
    await page.getByRole("option", { name: "Posts and reviews" }).click();
    await press(page, "Escape");
    await page.getByLabel("Channel", { exact: true }).click();
    await page.getByRole("option", { name: "Webhook" }).click();
    await page.getByLabel("Address", { exact: true }).fill(there().at("verified", NAME));
    await page.getByRole("button", { name: "Make the subscription" }).click();
    await page.getByRole("heading", { name: "Threats to our people", level: 1 }).waitFor();
    await page.getByRole("button", { name: "New signing secret" }).click();
    await page.getByRole("button", { name: "Make a new secret" }).click();
    const secret = await page.getByRole("dialog").locator("code").innerText();
    expect(secret).toMatch(/^whsec_/);
    await there().knows({ [NAME]: [secret] });
    await page.getByRole("button", { name: "I have kept it" }).click();
    await page.getByRole("button", { name: "Send a test" }).click();
    await expect.poll(() => text(page), { timeout: PATIENCE * 1_000 }).toContain("the test arrived");
    expect(await page.content()).not.toContain(secret);
    expect((await there().requests(NAME)).map(({ verified }) => verified)).toEqual([true]);
  });

  it("sees what concerns the brand and is public, opens it in context, and says that it sees to it", async () => {
    // Whoever leads the desk hears of private messages, too: so they are there to be left out.
    const document = { name: "Desk", places: ["verdict" as const], channel: { type: "inbox" as const } };
    await world.must("lena", "save-subscription", { params: { id: DESK }, body: { version: 0, document } });
    let round = 0;
    const [open] = await eventually(
      async () => {
        round += 1;
        await world.handIn(
          threat(`open-${round}`, "I will kill you tonight when you leave work"),
          threat(`whispered-${round}`, "there will be a bomb in the mall tomorrow", "private"),
        );
        const [own, desk] = await Promise.all([alertsOf("bruno"), alertsOf("lena")]);
        const whispered = desk.flatMap(({ items }) => items).find(({ ref }) => ref.id.startsWith("whispered"));
        const told = own.find(({ mustAcknowledge }) => mustAcknowledge);
        return told && whispered ? [{ told, whispered: whispered.case }] : [];
      },
      (found) => found.length > 0,
      PATIENCE,
    );
    if (!open) throw new Error("nobody was told");

    const page = await world.signIn("bruno", "/alerts");
    const link = page.getByRole("link", { name: open.told.headline });
    await link.waitFor();
    await settled(page);
    await shoot(page, "world-alerts");
    for (const hidden of ["kill", "bomb", "whispered", "author-of"]) expect(await text(page)).not.toContain(hidden);
    await expectAccessible(page);
    await press(page, "j", "Enter");
    await page.getByRole("table", { name: "Items of the alert" }).waitFor();
    for (const hidden of ["kill", "bomb", "whispered", "author-of"]) expect(await text(page)).not.toContain(hidden);
    await settled(page);
    await shoot(page, "world-alert");

    await page
      .getByRole("link", { name: /^Open its case/ })
      .first()
      .click();
    await page.getByText("I will kill you tonight when you leave work").waitFor();
    const inContext = await text(page);
    const shown = await world.must("mona", "get-case", { params: { id: open.told.items[0]?.case ?? "" } });
    const forModerators = shown.guidance?.labels.map(({ guidance }) => guidance) ?? [];
    expect(forModerators.length).toBeGreaterThan(0);
    for (const hidden of ["bomb", "whispered", ...forModerators]) expect(inContext).not.toContain(hidden);
    expect(await page.getByRole("button", { name: /Uphold|Overturn|Claim/ }).count()).toBe(0);
    await shoot(page, "world-alert-case");
    await page.goto(`${world.cloud.url}/cases/${open.whispered}`);
    await page.getByText("There is no such case").waitFor();

    await page.goto(`${world.cloud.url}/alerts`);
    await link.waitFor();
    await press(page, "j");
    expect(await focused(page)).toContain(open.told.headline);
    await press(page, "a");
    await page.getByText("Acknowledged: nobody else is told of it.").waitFor();
    const { acknowledged } = await world.must("lena", "get-alert", { params: { id: open.told.id } });
    expect(acknowledged?.by).toBe("bruno");
    await page.getByLabel("Duty", { exact: true }).click();
    await page.getByRole("option", { name: "Nobody has acknowledged" }).click();
    await page.waitForURL(/duty=waiting/);
    await link.waitFor({ state: "detached" });
    await page.getByLabel("Duty", { exact: true }).click();
    await page.getByRole("option", { name: "Acknowledged", exact: true }).click();
    await link.waitFor();
    await page
      .getByText(/acknowledged by bruno/)
      .first()
      .waitFor();
  }, 300_000);

  it("reads why a delivery failed, and has it arrive once the receiver is mended", async () => {
    const id = await subscriptionOf();
    const page = await world.signIn("bruno", "/alerts");
    await page.getByRole("link", { name: "Deliveries" }).click();
    await page.getByText("None of them is in trouble.").waitFor();
    await page.getByRole("table", { name: "Receivers" }).getByRole("link").click();
    await page.getByRole("heading", { name: "Deliveries: Threats to our people" }).waitFor();
    await refreshed(page, /An alert began/);

    await there().answers(NAME, "500");
    // Not `handIn`: nothing comes to rest while something is tried again and again.
    const last = threat("open-last", "delete the video or I will find you and hurt your family");
    await world.must("platform", "intake", { body: { items: [last] } });

    const deliveries = world.table("TableDeliveries");
    const failed = await eventually(
      async () => {
        const { deliveries: log } = await world.must("bruno", "list-deliveries", { params: { id }, query: {} });
        const latest = log.find(({ attempts }) => attempts.some(({ status }) => status === 500));
        // Nobody waits for three days: the attempt to come is its tenth.
        if (latest?.state === "waiting")
          await held(
            deliveries.client.send(
              new UpdateCommand({
                TableName: deliveries.name,
                Key: { pk: key(world.tenant, "delivery", latest.id), sk: "delivery" },
                UpdateExpression: "SET delivery.round.attempts = :nine",
                ConditionExpression: "delivery.#state = :waiting",
                ExpressionAttributeNames: { "#state": "state" },
                ExpressionAttributeValues: { ":nine": 9, ":waiting": "waiting" },
              }),
            ),
          );
        return latest;
      },
      (found) => found?.state === "failed",
      PATIENCE,
    );
    await refreshed(page, /Ten attempts over three days failed\. Mend the receiver, then replay it\./);
    expect(await text(page)).toContain("The receiver failed (500). Look at its log.");
    await settled(page);
    await shoot(page, "world-deliveries");
    await expectAccessible(page);

    await there().answers(NAME, "verified");
    const row = page.getByRole("table", { name: "Deliveries" }).getByRole("row").filter({ hasText: "Ten attempts" });
    await row.getByRole("button", { name: /^Replay/ }).click();
    await page.getByText("It is on its way again.").waitFor();
    await refreshed(page, /Then it was taken\./);
    const same = (await there().requests(NAME)).filter((one) => one.id === failed?.id);
    expect(same.length).toBeGreaterThanOrEqual(3);
    expect(same.at(-1)?.verified).toBe(true);
  }, 300_000);
});
