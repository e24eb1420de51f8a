import { describe, expect, it } from "vitest";
import type { AnswerOf } from "../../../console/api/route-types.ts";
import { expectAccessible } from "./accessibility.ts";
import { subscription, subscriptions } from "./alert-answers.ts";
import { press, settled, shoot } from "./console-browser.ts";
import { delivery, deliveryId, failed, waiting } from "./delivery-answers.ts";
import { hoursAgo } from "./policy-answers.ts";
import { type Asked, refuse } from "./stub-api.ts";
import { StubConsole } from "./stub-console.ts";

const ui = new StubConsole();
const NARROW = { width: 360, height: 740 };
const ID = "sub_reviews00000";
const HERE = `/deliveries?subscription=${ID}`;

type Endpoint = AnswerOf<"get-endpoint">;
type Subscription = AnswerOf<"get-subscription">;

const endpoint = (state: Endpoint["state"], more: Partial<Endpoint> = {}): Endpoint => ({
  state,
  failures: state === "well" || state === "slow" ? 0 : 4,
  ...(state === "failing" || state === "open" ? { failingSince: hoursAgo(3) } : {}),
  ...(state === "open" && { openUntil: new Date(Date.now() + 600_000).toISOString() }),
  secrets: [{ since: hoursAgo(90) }],
  ...more,
});

const log = () => [
  waiting(1, 600),
  failed(),
  delivery(3),
  delivery(4, { state: "cancelled", attempts: [] }),
  waiting(5, 7_200),
];

function withOne(more: Partial<Subscription> = {}): void {
  ui.api.reset({ id: "lena", role: "lead" });
  ui.api.on("list-subscriptions", { subscriptions: [subscription(ID, "Reviews of ours", more)] });
  ui.api.on("get-subscription", subscription(ID, "Reviews of ours", more));
  ui.api.on("get-endpoint", endpoint("failing"));
  ui.api.on("list-deliveries", ({ query }: Asked) => ({
    deliveries: log().filter(({ state }) => query.state === undefined || state === query.state),
  }));
}

const asked = (name: string) => ui.api.asked.filter((one) => one.name === name);

describe("all receivers", () => {
  it("shows those in trouble first, and why one stands still", async () => {
    const states = { aa: "well", bb: "open", cc: "slow", dd: "failing" } as const;
    ui.api.reset({ id: "bruno", role: "brand", brands: ["glow"] });
    ui.api.on("list-subscriptions", {
      subscriptions: [
        ...Object.keys(states).map((name) => subscription(`sub_${name.padEnd(12, "0")}`, name)),
        subscription("sub_ee0000000000", "ee", { paused: { why: "gone", at: hoursAgo(5) }, state: "paused" }),
        subscription("sub_ff0000000000", "ff", {
          paused: { why: "by_hand", at: hoursAgo(5), by: "bruno" },
          state: "paused",
        }),
        ...subscriptions().slice(1),
      ],
    });
    ui.api.on("get-endpoint", ({ params }) =>
      endpoint(states[(params.id ?? "").slice(4, 6) as keyof typeof states] ?? "well"),
    );
    const page = await ui.open("/deliveries");
    const table = page.getByRole("table", { name: "Receivers" });
    await table.waitFor();
    await page.getByText("3 of 6 in trouble.").waitFor();
    expect(await table.getByRole("link").allInnerTexts()).toEqual(["ee", "bb", "dd", "cc", "ff", "aa"]);
    const text = await table.innerText();
    expect(text).toContain("Its receiver answered that it is gone (410).");
    expect(text).toContain("4 failures in a row");
    // What stands still, and what is sent nowhere, is not asked about.
    expect(
      asked("get-endpoint")
        .map(({ params }) => params.id?.slice(4, 6))
        .toSorted(),
    ).toEqual(["aa", "bb", "cc", "dd"]);
    await settled(page);
    await shoot(page, "receivers");
    await expectAccessible(page);
    ui.api.on("list-deliveries", { deliveries: [] });
    await page.getByRole("link", { name: "bb" }).click();
    await page.getByRole("heading", { name: "Deliveries: bb", level: 1 }).waitFor();
    expect(new URL(page.url()).search).toBe("?subscription=sub_bb0000000000");
    await page.getByText("Nothing in the last 30 days.").waitFor();
  });

  it("asks about sixty at first, and about more when somebody wants them", async () => {
    ui.api.on("list-subscriptions", {
      subscriptions: Array.from({ length: 70 }, (_, index) =>
        subscription(`sub_${String(index).padStart(12, "0")}`, `Number ${String(index).padStart(2, "0")}`),
      ),
    });
    ui.api.on("get-endpoint", ({ params }) =>
      endpoint(params.id === `sub_${"69".padStart(12, "0")}` ? "open" : "well"),
    );
    const page = await ui.open("/deliveries");
    await page.getByText("10 more were not asked about yet.").waitFor();
    expect(asked("get-endpoint")).toHaveLength(60);
    await page.getByRole("button", { name: "Ask about 10 more" }).click();
    await page.getByText("1 of 70 in trouble.").waitFor();
    expect(await page.getByRole("table").getByRole("link").first().innerText()).toBe("Number 69");
  });

  it("says that nothing is sent, what went wrong, and what is not known", async () => {
    ui.api.on("list-subscriptions", ({ turn }) =>
      turn === 1 ? refuse("unavailable", "Come back in a moment.") : { subscriptions: subscriptions().slice(1) },
    );
    const page = await ui.open("/deliveries", NARROW);
    await page.getByText("Come back in a moment.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("No subscription sends anything").waitFor();
    await expectAccessible(page);
    ui.api.on("list-subscriptions", { subscriptions: subscriptions() });
    ui.api.on("get-endpoint", refuse("unavailable"));
    const other = await ui.open("/deliveries", NARROW);
    await other.getByText("not known").waitFor();
    ui.api.on("list-subscriptions", { subscriptions: [] });
    const third = await ui.open(HERE, NARROW);
    await third.getByText("No subscription of this id is known").waitFor();
  });
});

describe("the deliveries of a subscription", () => {
  it("shows each with its reason and the next attempt, and replays one", async () => {
    withOne();
    ui.api.on("replay-delivery", delivery(2, { state: "waiting" }));
    const page = await ui.open(HERE);
    const table = page.getByRole("table", { name: "Deliveries" });
    await table.waitFor();
    const row = table.getByRole("row").filter({ hasText: "failed" });
    const text = await row.innerText();
    expect(text).toContain("Ten attempts over three days failed.");
    expect(text).toContain("The receiver failed (503). Look at its log.");
    expect(text).not.toContain("(500)");
    await row.getByText("1 failure before").click();
    await row.getByText("The receiver failed (500). Look at its log.").waitFor();
    expect(await table.getByRole("row").nth(1).innerText()).toMatch(/next attempt: (9|10):\d\d/);
    await settled(page);
    await shoot(page, "deliveries");
    await expectAccessible(page);
    expect(await table.getByRole("button", { name: /^Replay/ }).count()).toBe(3);
    // What is to be tried within minutes is let be; the other one waits for two hours.
    expect(await table.getByRole("button", { name: /^Send now/ }).count()).toBe(1);
    await row.getByRole("button", { name: /^Replay/ }).click();
    await page.getByText("It is on its way again.").waitFor();
    expect(asked("replay-delivery")[0]?.params.id).toBe(deliveryId(2));
  });

  it("is narrowed by state and time, in the address too", async () => {
    withOne();
    const page = await ui.open(`${HERE}&state=failed&hours=6`);
    await page.getByRole("table", { name: "Deliveries" }).waitFor();
    const [first] = asked("list-deliveries");
    expect(first?.query.state).toBe("failed");
    const back = Date.now() - Date.parse(first?.query.since ?? "");
    expect(Math.round(back / 3_600_000)).toBe(6);
    await page.getByLabel("State", { exact: true }).click();
    await page.getByRole("option", { name: "Delivered" }).click();
    await page.waitForURL(/state=delivered/);
    await page.getByLabel("Made in", { exact: true }).click();
    await page.getByRole("option", { name: "From … until …" }).click();
    await page.getByLabel("From", { exact: true }).fill("2026-11-20T10:00");
    await page.getByLabel("Until", { exact: true }).fill("2026-11-20T09:00");
    await page.getByText("Two moments, the later one here.").waitFor();
    await settled(page);
    await expectAccessible(page);
    await page.getByLabel("Until", { exact: true }).fill("2026-11-20T12:30");
    await page.getByLabel("Until", { exact: true }).press("Enter");
    const instant = (wall: string): Promise<string> => page.evaluate((local) => new Date(local).toISOString(), wall);
    await page.waitForURL(/until=2026-11-20/);
    await expect
      .poll(() => asked("list-deliveries").at(-1)?.query)
      .toMatchObject({
        state: "delivered",
        since: await instant("2026-11-20T10:00"),
        until: await instant("2026-11-20T12:30"),
      });
    ui.api.on("list-deliveries", { deliveries: [] });
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByText("No delivery fits").waitFor();
    await page.getByRole("button", { name: "Clear the filters" }).click();
    await page.getByText("Nothing was sent").waitFor();
    expect(new URL(page.url()).search).toBe(`?subscription=${ID}`);
  });

  it("replays a window after saying how many that are, page by page", async () => {
    withOne();
    const cursor = `2026-11-22T10:00:00.000Z_${deliveryId(9)}`;
    ui.api.on("list-deliveries", ({ query }) =>
      query.limit === "100" && query.cursor === undefined
        ? { deliveries: [...log(), delivery(5, { type: "subscription.test", state: "failed" })], cursor }
        : { deliveries: [failed(6), failed(7)] },
    );
    ui.api.on("replay-deliveries", ({ turn }) => (turn === 1 ? { replayed: 2, cursor } : { replayed: 2 }));
    const page = await ui.open(`${HERE}&hours=24`);
    await page.getByRole("button", { name: "Replay what is shown" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("4 deliveries:").waitFor();
    expect(await dialog.innerText()).toContain("3 failed, 1 cancelled");
    await dialog.getByText("What has arrived, too").click();
    await dialog.getByText("5 deliveries:").waitFor();
    await dialog.getByText("What has arrived, too").click();
    await settled(page);
    await shoot(page, "replay-window");
    await expectAccessible(page, "[role=dialog]");
    expect(asked("replay-deliveries")).toHaveLength(0);
    await dialog.getByRole("button", { name: "Send 4 again" }).click();
    await page.getByText("4 deliveries on the way again.").waitFor();
    const counted = asked("list-deliveries").find(({ query }) => query.limit === "100");
    expect(asked("replay-deliveries").map(({ body }) => body)).toEqual(
      [{}, { cursor }].map((more) => ({
        since: counted?.query.since,
        until: counted?.query.until,
        states: ["failed", "cancelled"],
        ...more,
      })),
    );
  });

  it("sends nothing again where there is nothing, and takes the state that is shown", async () => {
    withOne();
    ui.api.on("list-deliveries", { deliveries: [delivery(3)] });
    const page = await ui.open(`${HERE}&state=failed`);
    await page.getByRole("button", { name: "Replay what is shown" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("There is nothing to send again.").waitFor();
    expect(await dialog.getByRole("button", { name: "Send again" }).isDisabled()).toBe(true);
    expect(await dialog.getByText("What has arrived, too").count()).toBe(0);
    await press(page, "Control+Enter");
    expect(asked("replay-deliveries")).toHaveLength(0);
    await press(page, "Escape");
    await dialog.waitFor({ state: "detached" });
  });

  it("shows a new secret once, how a test went, and why one is refused", async () => {
    withOne();
    ui.api.on("rotate-secret", { secret: "whsec_c2VjcmV0", since: hoursAgo(0), former: [{ since: hoursAgo(90) }] });
    ui.api.on("test-subscription", ({ turn }) =>
      turn === 1
        ? refuse("nothing_to_deliver_to", "Its reader has not confirmed the address.")
        : delivery(9, { type: "subscription.test", state: "waiting", attempts: [] }),
    );
    ui.api.on("get-delivery", ({ turn }) =>
      turn === 1 ? delivery(9, { state: "waiting", attempts: [] }) : { ...failed(), id: deliveryId(9) },
    );
    const page = await ui.open(HERE);
    await page.getByRole("button", { name: "New signing secret" }).click();
    await page.getByRole("button", { name: "Make a new secret" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("whsec_c2VjcmV0").waitFor();
    await expectAccessible(page, "[role=dialog]");
    await dialog.getByRole("button", { name: "I have kept it" }).click();
    expect(await page.getByText("whsec_c2VjcmV0").count()).toBe(0);
    await page.getByRole("button", { name: "Send a test" }).click();
    await page.getByText("Its reader has not confirmed the address.").waitFor();
    await page.getByRole("button", { name: "Send a test" }).click();
    await page.getByText("The test is on its way").waitFor();
    await page.getByText("the test did not arrive").waitFor();
    await page.getByRole("status").getByText("The receiver failed (503). Look at its log.").waitFor();
  });

  it("cannot be replayed while the subscription stands still", async () => {
    withOne({ state: "paused", paused: { why: "failing", at: hoursAgo(2) } });
    const page = await ui.open(HERE);
    await page.getByText("Nothing can be replayed until it is enabled").waitFor();
    await page.getByRole("table", { name: "Deliveries" }).waitFor();
    expect(await page.getByRole("button", { name: /Replay/ }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Send a test" }).count()).toBe(1);
  });

  it("is read by an auditor on a narrow screen, without anything to change it by", async () => {
    withOne({ mayChange: false });
    ui.api.on("me", { tenant: "demo", id: "aino", role: "auditor", languages: ["en"], skills: [], queues: [] });
    const page = await ui.open(HERE, NARROW);
    await page.getByRole("table", { name: "Deliveries" }).waitFor();
    await settled(page);
    await shoot(page, "deliveries-auditor");
    expect(await page.getByRole("button", { name: /test|secret|Replay|Send now/ }).count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await expectAccessible(page);
  });
});

describe("one delivery", () => {
  it("shows every attempt with its reason, and is replayed", async () => {
    withOne();
    ui.api.on("get-delivery", failed());
    ui.api.on("replay-delivery", delivery(2, { state: "waiting" }));
    const page = await ui.open(`/deliveries/${deliveryId(2)}`);
    await page.getByRole("link", { name: "Deliveries of Reviews of ours" }).waitFor();
    const table = page.getByRole("table", { name: /^Attempts/ });
    await table.waitFor();
    expect(await table.getByRole("row").nth(1).innerText()).toContain("503");
    expect(await table.getByRole("row").nth(2).innerText()).toContain("The receiver failed (500). Look at its log.");
    expect(await page.getByRole("link", { name: "the alert" }).getAttribute("href")).toBe(`/alerts/${failed().about}`);
    await settled(page);
    await shoot(page, "delivery");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Replay" }).click();
    await page.getByText("It is on its way again.").waitFor();
  });

  it("says that it is not known", async () => {
    ui.api.on("get-delivery", refuse("not_found"));
    const page = await ui.open(`/deliveries/${deliveryId(2)}`, NARROW);
    await page.getByText("No delivery of this id is known").waitFor();
    await expectAccessible(page);
  });
});
