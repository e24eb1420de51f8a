import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { AnswerOf } from "../../../console/api/route-types.ts";
import { expectAccessible } from "./accessibility.ts";
import { subscription, subscriptions } from "./alert-answers.ts";
import { settled, shoot } from "./console-browser.ts";
import { hoursAgo } from "./policy-answers.ts";
import { refuse } from "./stub-api.ts";
import { StubConsole } from "./stub-console.ts";

const ui = new StubConsole();
const NARROW = { width: 360, height: 740 };
const ID = "sub_reviews00000";

type Subscription = AnswerOf<"get-subscription">;

function withOne(more: Partial<Subscription> = {}): void {
  ui.api.reset({ id: "lena", role: "lead" });
  ui.api.on("list-subscriptions", { subscriptions: subscriptions() });
  ui.api.on("get-subscription", subscription(ID, "Reviews of ours", more));
  ui.api.on("get-endpoint", {
    state: "failing",
    failures: 2,
    failingSince: hoursAgo(3),
    secrets: [{ since: hoursAgo(90) }],
  });
}

const bodies = (name: string): unknown[] => ui.api.asked.filter((one) => one.name === name).map(({ body }) => body);

const choose = async (page: Page, field: string, ...options: readonly string[]): Promise<void> => {
  await page.getByLabel(field, { exact: true }).first().click();
  for (const option of options) await page.getByRole("option", { name: option }).first().click();
  await page.keyboard.press("Escape");
};

describe("subscriptions", () => {
  it("lists them with where they go and why one stands still", async () => {
    withOne();
    const page = await ui.open("/subscriptions");
    const table = page.getByRole("table", { name: "Subscriptions" });
    await table.waitFor();
    const text = await table.innerText();
    expect(text).toContain("Webhook https://hooks.glow.example/touchstone");
    expect(text).toContain("disabled");
    expect(text).toContain("Every day at 08:00 (Europe/Zurich)");
    await settled(page);
    await shoot(page, "subscriptions");
    await expectAccessible(page);
  });

  it("is made by a brand without conditions, with faults at their fields", async () => {
    ui.api.reset({ id: "bruno", role: "brand", brands: ["glow"] });
    ui.api.on("list-subscriptions", { subscriptions: [] });
    ui.api.on("save-subscription", ({ turn, params }) =>
      turn === 1
        ? refuse("invalid_request", "See errors for each place and its fix.", {
            errors: [
              {
                pointer: "/document/filter/brands/0",
                detail: "not a brand of yours",
                fix: "name brands of yours, or none",
              },
              { pointer: "/document/when", detail: "unknown name itm (character 1)" },
            ],
          })
        : subscription(params.id ?? "", "Ours", { paused: { why: "unconfirmed", at: hoursAgo(0) }, state: "paused" }),
    );
    const page = await ui.open("/subscriptions");
    await page.getByText("There is no subscription yet").waitFor();
    await page.getByRole("button", { name: "New subscription" }).click();
    await page.getByRole("button", { name: "Make the subscription" }).click();
    await page.getByText("Give it a name.").waitFor();
    expect(bodies("save-subscription")).toEqual([]);
    await page.getByLabel("Name", { exact: true }).fill("Ours");
    await choose(page, "Places", "Reviews of a target");
    await page.getByLabel("Brands").fill("other");
    await choose(page, "Channel", "E-mail");
    await page.getByLabel("E-mail address").fill("team@glow.example");
    await choose(page, "Told", "Gathered, every day");
    await page.getByText("Quiet hours", { exact: true }).click();
    await page.getByRole("button", { name: /^Advanced/ }).click();
    await page.getByLabel("Condition", { exact: true }).fill("itm.rating < 2");
    await page.getByRole("button", { name: "Make the subscription" }).click();
    await page.getByText("Not a brand of yours: name brands of yours, or none").waitFor();
    await page.getByText("Unknown name itm (character 1)").waitFor();
    await settled(page);
    await shoot(page, "subscription-form");
    await expectAccessible(page);
    await page.getByLabel("Brands").fill("glow");
    await page.getByLabel("Condition", { exact: true }).fill("");
    ui.api.on("get-subscription", refuse("not_found"));
    await page.getByRole("button", { name: "Make the subscription" }).click();
    await page.getByText("It waits for its reader: they were sent a mail.").waitFor();
    const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(bodies("save-subscription").at(-1)).toEqual({
      version: 0,
      document: {
        name: "Ours",
        places: ["target"],
        filter: { brands: ["glow"] },
        channel: { type: "email", to: "team@glow.example" },
        timing: { kind: "digest", every: "day", at: "08:00", timeZone: zone },
        quiet: { from: "22:00", to: "07:00", timeZone: zone },
        perHour: 60,
      },
    });
    const ids = ui.api.asked.filter(({ name }) => name === "save-subscription").map(({ params }) => params.id);
    expect(new Set(ids).size).toBe(1);
  });

  it("keeps what was written when somebody changed it meanwhile", async () => {
    withOne();
    ui.api.on("save-subscription", ({ turn }) =>
      turn === 1 ? refuse("subscription_changed") : subscription(ID, "Mine", { version: 6 }),
    );
    const page = await ui.open(`/subscriptions/${ID}`);
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Mine");
    ui.api.on("get-subscription", subscription(ID, "Theirs", { version: 5 }));
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Your changes are still here.").waitFor();
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Mine");
    await page.getByRole("button", { name: "Save mine over it" }).click();
    await page.getByText("Mine is saved.").waitFor();
    expect(bodies("save-subscription")).toMatchObject([
      { version: 2, document: { name: "Mine" } },
      { version: 5, document: { name: "Mine", filter: { brands: ["glow"], minSeverity: 4 } } },
    ]);
  });

  it("is disabled, and deleted after a question", async () => {
    withOne();
    ui.api.on("disable-subscription", () => {
      const now = subscription(ID, "Reviews of ours", {
        version: 3,
        state: "paused",
        paused: { why: "by_hand", at: hoursAgo(0), by: "lena" },
      });
      ui.api.on("get-subscription", now);
      return now;
    });
    ui.api.on("delete-subscription", subscription(ID, "Reviews of ours"));
    const page = await ui.open(`/subscriptions/${ID}`);
    await page.getByRole("button", { name: "Disable" }).click();
    await page.getByText("Disabled by lena. Enable it to let it go on.").waitFor();
    await page.getByRole("button", { name: "Delete" }).click();
    expect(bodies("delete-subscription")).toEqual([]);
    await page.getByRole("button", { name: "Delete, for good" }).click();
    await page.getByText("Reviews of ours is deleted.").waitFor();
    expect(bodies("delete-subscription")).toEqual([{ version: 3 }]);
    expect(new URL(page.url()).pathname).toBe("/subscriptions");
  });
});

describe("one subscription", () => {
  it("leads an auditor to its alerts and deliveries, without anything to change it by", async () => {
    withOne();
    ui.api.on("me", { tenant: "demo", id: "aino", role: "auditor", languages: ["en"], skills: [], queues: [] });
    ui.api.on("get-subscription", subscription(ID, "Reviews of ours", { mayChange: false }));
    const page = await ui.open(`/subscriptions/${ID}`, NARROW);
    const log = page.getByRole("link", { name: "What was sent there, and what failed" });
    await log.waitFor();
    expect(await log.getAttribute("href")).toBe(`/deliveries?subscription=${ID}`);
    await settled(page);
    await shoot(page, "subscription-auditor");
    expect(await page.getByRole("button", { name: /Edit|Disable|Delete|test|secret/ }).count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await expectAccessible(page);
  });

  it("says why it stands still, and why it cannot be deleted", async () => {
    withOne({ state: "paused", paused: { why: "unsubscribed", at: hoursAgo(5) } });
    ui.api.on("delete-subscription", ({ turn }) =>
      turn === 1
        ? refuse("subscription_needed", "Others pass their duties on to it.", {
            errors: [{ pointer: "path:/id", detail: "named by Night shift", fix: "let them name another one first" }],
          })
        : refuse("subscription_changed"),
    );
    const page = await ui.open(`/subscriptions/${ID}`);
    await page.getByText("Its reader unsubscribed. Enabling it asks them again.").waitFor();
    await settled(page);
    await shoot(page, "subscription");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete, for good" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Others pass their duties on to it.").waitFor();
    await dialog.getByText("named by Night shift").waitFor();
    await expectAccessible(page, "[role=dialog]");
    await page.getByRole("button", { name: "Delete, for good" }).click();
    await page.getByText("Somebody changed it meanwhile").waitFor();
    await page.getByRole("heading", { name: "Reviews of ours", level: 1 }).waitFor();
    expect(await dialog.count()).toBe(0);
  });
});
