import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { alert, alertId, subscriptions } from "./alert-answers.ts";
import { focused, press, settled, shoot } from "./console-browser.ts";
import { hoursAgo } from "./policy-answers.ts";
import { type Asked, refuse } from "./stub-api.ts";
import { StubConsole } from "./stub-console.ts";

const ui = new StubConsole();
const NARROW = { width: 360, height: 740 };

const soon = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const later = () => alert(1, { mustAcknowledge: true, acknowledgeBy: soon(50) });
const sooner = () => alert(2, { mustAcknowledge: true, acknowledgeBy: soon(9), escalations: 1 });

function withInbox(): void {
  ui.api.on("list-subscriptions", { subscriptions: subscriptions() });
  ui.api.on("list-alerts", ({ query }: Asked) =>
    query.duty === "waiting"
      ? { alerts: [later(), sooner()] }
      : { alerts: [alert(3, { state: "ended" }), later(), alert(4)] },
  );
}

const askedFor = (name: string) => ui.api.asked.filter((one) => one.name === name);

describe("the inbox of alerts", () => {
  it("shows unacknowledged duties first by deadline, and acknowledges by key", async () => {
    withInbox();
    ui.api.on("acknowledge-alert", ({ params }) =>
      alert(2, { id: params.id ?? "", acknowledged: { by: "mona", at: hoursAgo(0) } }),
    );
    const page = await ui.open("/alerts");
    await page.getByRole("heading", { level: 2 }).first().waitFor();
    await expect
      .poll(() => page.getByRole("heading", { level: 2 }).allInnerTexts())
      .toEqual([2, 1, 3, 4].map((number) => `${number}14 reviews in 40 minutes, 61% with one star`));
    await settled(page);
    await shoot(page, "alerts");
    await expectAccessible(page);
    await press(page, "j");
    expect(await focused(page)).toContain("214 reviews");
    await press(page, "a");
    await page.getByText("Acknowledged: nobody else is told of it.").waitFor();
    expect(askedFor("acknowledge-alert").map(({ params }) => params.id)).toEqual([alertId(2)]);
  });

  it("says who was first, and why acknowledging failed", async () => {
    withInbox();
    ui.api.on("acknowledge-alert", ({ turn }) =>
      turn === 1
        ? refuse("unavailable", "Come back in a moment.")
        : alert(2, { acknowledged: { by: "malik", at: hoursAgo(0) } }),
    );
    const page = await ui.open("/alerts");
    const button = page.getByRole("button", { name: /^Acknowledge: 214/ });
    await button.click();
    await page.getByText("Come back in a moment.").waitFor();
    await button.click();
    await page.getByText("malik had acknowledged it already.").waitFor();
  });

  it("narrows by the address, and clears what it is narrowed to", async () => {
    ui.api.on("list-subscriptions", { subscriptions: subscriptions() });
    ui.api.on("list-alerts", { alerts: [] });
    const page = await ui.open("/alerts?label=spam&brand=glow&duty=acknowledged&days=31&place=nowhere");
    await page.getByText("No alert fits the filters.").waitFor();
    expect(askedFor("list-alerts").map(({ query }) => query)).toEqual([
      { label: "spam", brand: "glow", duty: "acknowledged", days: "31" },
    ]);
    await page.getByLabel("Brand").fill("not an id");
    await page.getByLabel("Brand").press("Enter");
    await page.getByText("The id of a brand, as the platform writes it.").waitFor();
    await page.getByRole("button", { name: "Clear the filters" }).click();
    await page.getByText("Nothing that a subscription asks for").waitFor();
    expect(new URL(page.url()).search).toBe("?days=31");
  });

  it("lets an auditor read but not acknowledge, on a narrow screen", async () => {
    ui.api.reset({ id: "aino", role: "auditor" });
    withInbox();
    const page = await ui.open("/alerts", NARROW);
    await page.getByRole("link", { name: /^214 reviews/ }).waitFor();
    await settled(page);
    expect(await page.getByRole("button", { name: /Acknowledge/ }).count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await expectAccessible(page);
  });

  it("says what went wrong, and asks again", async () => {
    withInbox();
    let broken = true;
    ui.api.on("list-alerts", () => (broken ? refuse("unavailable", "Come back in a moment.") : { alerts: [] }));
    const page = await ui.open("/alerts?duty=acknowledged");
    await page.getByText("Come back in a moment.").waitFor();
    broken = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("No alert fits the filters.").waitFor();
  });
});

describe("one alert", () => {
  it("shows what it gathered, its items' cases and its record, and is acknowledged by key", async () => {
    let done = false;
    const now = () =>
      alert(
        1,
        done ? { acknowledged: { by: "mona", at: hoursAgo(0) } } : { mustAcknowledge: true, acknowledgeBy: soon(9) },
      );
    ui.api.on("list-subscriptions", { subscriptions: subscriptions() });
    ui.api.on("get-alert", now);
    ui.api.on("acknowledge-alert", () => {
      done = true;
      return now();
    });
    const page = await ui.open(`/alerts/${alertId(1)}`);
    await page.getByText("passed on to Whoever is on call").waitFor();
    const main = page.getByRole("main");
    const text = await main.innerText();
    expect(text).toContain("214 events in 40 minutes");
    expect(text).toContain("review consistent with a co-ordinated group 200, spam or promotion 14");
    expect(await page.getByRole("link", { name: `Open its case, ${"c".repeat(22)}` }).getAttribute("href")).toBe(
      `/cases/${"c".repeat(22)}`,
    );
    await settled(page);
    await shoot(page, "alert");
    await expectAccessible(page);
    await press(page, "a");
    await main.getByText("acknowledged by mona").waitFor();
    expect(await page.getByRole("button", { name: "Acknowledge", exact: true }).count()).toBe(0);
  });

  it("says that it is not known", async () => {
    ui.api.on("get-alert", refuse("not_found"));
    const page = await ui.open(`/alerts/${alertId(1)}`, NARROW);
    await page.getByText("No alert of this id is known").waitFor();
    await settled(page);
    await expectAccessible(page);
  });
});
