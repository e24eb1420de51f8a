import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { AnswerOf } from "../../../console/api/route-types.ts";
import { expectAccessible } from "./accessibility.ts";
import { settled, shoot } from "./console-browser.ts";
import { hoursAgo } from "./policy-answers.ts";
import { refuse } from "./stub-api.ts";
import { StubConsole } from "./stub-console.ts";

const ui = new StubConsole();
const NARROW = { width: 360, height: 740 };

type Member = AnswerOf<"list-members">["members"][number];
type Queues = AnswerOf<"list-queues">;
type Key = AnswerOf<"list-keys">["keys"][number];

const member = (id: string, more: Partial<Member> = {}): Member => ({
  id,
  role: "moderator",
  languages: ["en"],
  skills: [],
  queues: [],
  subject: "a".repeat(64),
  ...more,
});

const members: readonly Member[] = [
  member("ada", { role: "admin" }),
  member("malik", { languages: ["en", "ar", "fr"], skills: ["graphic"], queues: ["rude"] }),
  member("bruno", { role: "brand", brands: ["swiftbox"], suspended: true }),
];

const lanes = [{ lane: "high" as const, waiting: 4, oldestSeconds: 300 }];
const queues = (version = 3): Queues => ({
  version,
  queues: [
    { name: "rude", skill: "graphic", rules: [{ kinds: ["post"], labels: ["insult", "threat"] }], lanes },
    { name: "pharma", rules: [{ brands: ["acme"], languages: ["en", "de"] }], lanes },
    { name: "default", rules: [], lanes },
    { name: "escalations", rules: [], lanes },
  ],
});

const key = (id: string, more: Partial<Key> = {}): Key => ({
  tenant: "demo",
  id,
  role: "platform",
  createdAt: hoursAgo(30),
  ...more,
});

function as(role: "admin" | "lead" | "moderator" | "brand"): void {
  ui.api.reset({ id: role === "admin" ? "ada" : "lena", role, ...(role === "brand" && { brands: ["acme"] }) });
  ui.api.on("list-members", { members: [...members] });
  ui.api.on("list-queues", queues());
  ui.api.on("list-keys", {
    keys: [key("00000000000a"), key("00000000000b", { role: "brand", brands: ["acme"], revokedAt: hoursAgo(2) })],
  });
}

const bodyOf = (name: string): unknown => ui.api.asked.filter((one) => one.name === name).at(-1)?.body;

const fits = async (page: Page): Promise<void> => {
  await settled(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
};

describe("members", () => {
  it("lists them, adds one, and shows faults at the fields that they name", async () => {
    as("admin");
    ui.api.on("set-member", ({ turn, body }) => {
      if (turn === 1)
        return refuse("invalid_request", "See errors for each place and its fix.", {
          errors: [
            { pointer: "/languages/1", detail: "does not fit", fix: "a tag such as en or pt-BR" },
            { pointer: "/skills/0", detail: "does not fit", fix: "no skill of this desk" },
          ],
        });
      if (turn === 2)
        return refuse("subject_taken", "One who signs in is one member, of one tenant.", {
          errors: [{ pointer: "/subject", detail: "somebody's already", fix: "take it from that member first" }],
        });
      return body as Member;
    });
    const page = await ui.open("/settings");
    const table = page.getByRole("table", { name: "Members" });
    await table.waitFor();
    expect(await table.innerText()).toContain("suspended");
    await settled(page);
    await shoot(page, "settings-members");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Add a member" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name at the desk").fill("malik");
    await dialog.getByText("There is a member of this name already").waitFor();
    await dialog.getByLabel("Name at the desk").fill("nora");
    await dialog.getByLabel("Languages").fill("en, xyz");
    await dialog.getByLabel("Skills", { exact: true }).fill("grafic");
    await dialog.getByLabel("Code of whoever signs in").fill("b".repeat(64));
    await dialog.getByRole("button", { name: "Add" }).click();
    await dialog.getByText("Does not fit: a tag such as en or pt-BR").waitFor();
    await dialog.getByText("Does not fit: no skill of this desk").waitFor();
    expect(await dialog.getByLabel("Languages").getAttribute("aria-invalid")).toBe("true");
    await settled(page);
    await shoot(page, "settings-member-faults");
    await expectAccessible(page, "[role=dialog]");
    await dialog.getByLabel("Languages").fill("en, de");
    await dialog.getByLabel("Skills", { exact: true }).fill("graphic");
    await dialog.getByRole("button", { name: "Add" }).click();
    await dialog.getByText("Somebody's already: take it from that member first").waitFor();
    ui.api.on("list-members", { members: [...members, member("nora")] });
    await dialog.getByRole("button", { name: "Add" }).click();
    await page.getByText("nora is a member now.").waitFor();
    expect(bodyOf("set-member")).toEqual({
      id: "nora",
      role: "moderator",
      languages: ["en", "de"],
      skills: ["graphic"],
      queues: [],
      subject: "b".repeat(64),
    });
    await table.getByText("nora").waitFor();
  });

  it("suspends and removes others, and leaves one's own role alone", async () => {
    as("admin");
    ui.api.on("set-member", ({ body }) => body as Member);
    ui.api.on("remove-member", ({ params }) => ({ id: params.id ?? "" }));
    const page = await ui.open("/settings/members", NARROW);
    await page.getByRole("button", { name: "Edit malik" }).click();
    await page.getByRole("dialog").getByText("Suspended").click();
    await fits(page);
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await page.getByText("malik is changed.").waitFor();
    expect(bodyOf("set-member")).toEqual({ ...members[1], suspended: true });
    await page.getByRole("button", { name: "Edit ada" }).click();
    await page.getByText("Your own is changed by another admin.").waitFor();
    expect(await page.getByRole("dialog").getByText("Suspended").count()).toBe(0);
    await page.getByRole("button", { name: "Cancel" }).click();
    expect(await page.getByRole("button", { name: "Remove ada" }).count()).toBe(0);
    await page.getByRole("button", { name: "Remove bruno" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByText("bruno is a member no longer.").waitFor();
    await fits(page);
    await expectAccessible(page);
  });

  it("lets a lead look only, and a moderator not at all", async () => {
    as("lead");
    const page = await ui.open("/settings");
    await page.getByRole("table", { name: "Members" }).waitFor();
    expect(await page.getByRole("button", { name: "Add a member" }).count()).toBe(0);
    expect(await page.getByRole("link", { name: "API keys" }).count()).toBe(0);
    as("moderator");
    const other = await ui.open("/settings/members");
    await other.getByText("Your role does not open this section").waitFor();
    as("brand");
    const brand = await ui.open("/settings");
    await brand.getByText("Your role does not open this page").waitFor();
  });
});

describe("keys", () => {
  it("lists one that was made while the list was being read", async () => {
    let answerFirst = () => {};
    const first = new Promise<void>((done) => {
      answerFirst = done;
    });
    as("admin");
    ui.api.on("list-keys", async ({ turn }) => {
      if (turn === 1) await first;
      return { keys: turn === 1 ? [] : [key("00000000000c")] };
    });
    ui.api.on("create-key", { key: key("00000000000c"), token: `ts_demo_00000000000c_${"x".repeat(43)}` });
    const page = await ui.open("/settings/keys");
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByRole("button", { name: "Make the key" }).click();
    await page.getByRole("button", { name: "I have kept it" }).click();
    answerFirst();
    await page.getByRole("button", { name: "Revoke key:00000000000c" }).waitFor();
  });

  it("makes one and shows its token once, then revokes it", async () => {
    as("admin");
    const token = `ts_demo_00000000000c_${"x".repeat(43)}`;
    ui.api.on("create-key", ({ turn }) =>
      turn === 1
        ? refuse("invalid_request", "See errors.", {
            errors: [{ pointer: "/days", detail: "does not fit", fix: "at least 60 here" }],
          })
        : { key: key("00000000000c"), token },
    );
    ui.api.on("revoke-key", ({ params }) => ({ id: params.id ?? "" }));
    const page = await ui.open("/settings/keys");
    await page.getByRole("table", { name: "API keys" }).waitFor();
    await settled(page);
    await shoot(page, "settings-keys");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Make a key" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Days until it ends").fill("soon");
    await dialog.getByText("A whole number of days.").waitFor();
    await dialog.getByLabel("Days until it ends").fill("30");
    await dialog.getByRole("button", { name: "Make the key" }).click();
    await dialog.getByText("Does not fit: at least 60 here").waitFor();
    await dialog.getByLabel("Days until it ends").fill("90");
    await dialog.getByRole("button", { name: "Make the key" }).click();
    await page.getByText(token).waitFor();
    expect(bodyOf("create-key")).toEqual({ role: "platform", days: 90 });
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy the token" }).click();
    await page.getByText("Copied.").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
    await shoot(page, "settings-token");
    await expectAccessible(page, "[role=dialog]");
    await page.getByRole("button", { name: "I have kept it" }).click();
    expect(await page.getByText(token).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Revoke key:00000000000b" }).count()).toBe(0);
    await page.getByRole("button", { name: "Revoke key:00000000000a" }).click();
    await page.getByRole("button", { name: "Revoke, for good" }).click();
    await page.getByText("key:00000000000a is revoked.").waitFor();
  });

  it("says that there is none, and what went wrong", async () => {
    as("admin");
    ui.api.on("list-keys", ({ turn }) => (turn === 1 ? refuse("unavailable", "In a moment.") : { keys: [] }));
    const page = await ui.open("/settings/keys", NARROW);
    await page.getByText("In a moment.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("There is no key yet").waitFor();
    await fits(page);
  });
});

describe("queues", () => {
  it("changes rules, order and skill, and saves all of them at once", async () => {
    as("lead");
    ui.api.on("set-queues", { version: 4 });
    const page = await ui.open("/settings/queues");
    const rude = page.getByRole("region", { name: "rude" });
    await rude.waitFor();
    expect(await page.getByRole("region", { name: "escalations" }).count()).toBe(0);
    await settled(page);
    await shoot(page, "settings-queues");
    await expectAccessible(page);
    await rude.getByLabel("Needs the skill").fill("");
    await rude.getByLabel("Languages").fill("en tr");
    await page.getByRole("button", { name: "Ask pharma earlier" }).click();
    await page.getByRole("button", { name: "Add a queue" }).click();
    const added = page.getByRole("region", { name: "queue 3" });
    await added.getByLabel("Name").fill("cars");
    await page.getByRole("region", { name: "cars" }).getByLabel("Product lines").fill("roadster");
    await page.getByRole("button", { name: "Save the queues" }).click();
    await page.getByText("The queues are saved").waitFor();
    expect(bodyOf("set-queues")).toEqual({
      version: 3,
      queues: [
        { name: "pharma", rules: [{ brands: ["acme"], languages: ["en", "de"] }] },
        { name: "rude", rules: [{ kinds: ["post"], labels: ["insult", "threat"], languages: ["en", "tr"] }] },
        { name: "cars", rules: [{ productLines: ["roadster"] }] },
      ],
    });
  });

  it("says that somebody was faster, and puts either theirs or one's own in place", async () => {
    as("lead");
    ui.api.on("set-queues", ({ turn }) =>
      turn === 1 ? refuse("queues_changed", "Somebody changed the queues meanwhile.") : { version: 5 },
    );
    const page = await ui.open("/settings/queues");
    await page.getByRole("region", { name: "rude" }).getByLabel("Needs the skill").fill("medical");
    ui.api.on("list-queues", queues(4));
    await page.getByRole("button", { name: "Save the queues" }).click();
    await page.getByText("Nothing of yours was saved.").waitFor();
    await settled(page);
    await shoot(page, "settings-queues-late");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Put mine in their place" }).click();
    await page.getByText("The queues are saved").waitFor();
    expect(bodyOf("set-queues")).toMatchObject({ version: 4, queues: [{ name: "rude", skill: "medical" }, {}] });
  });

  it("takes theirs where one says so", async () => {
    as("lead");
    ui.api.on("set-queues", refuse("queues_changed", "Somebody changed the queues meanwhile."));
    const page = await ui.open("/settings/queues");
    await page.getByRole("region", { name: "rude" }).getByLabel("Needs the skill").fill("medical");
    const now = queues(4);
    ui.api.on("list-queues", {
      ...now,
      queues: now.queues.map((one) => (one.name === "rude" ? { ...one, name: "ruder" } : one)),
    });
    await page.getByRole("button", { name: "Save the queues" }).click();
    await page.getByRole("button", { name: "Take theirs" }).click();
    await page.getByRole("region", { name: "ruder" }).waitFor();
    expect(await page.getByRole("region", { name: "ruder" }).getByLabel("Needs the skill").inputValue()).toBe(
      "graphic",
    );
    expect(await page.getByRole("button", { name: "Save the queues" }).isEnabled()).toBe(false);
  });

  it("shows faults at the field or rule that they name", async () => {
    as("lead");
    ui.api.on(
      "set-queues",
      refuse("invalid_request", "See errors.", {
        errors: [
          { pointer: "/queues/0/name", detail: "does not fit", fix: "lower-case letters" },
          { pointer: "/queues/1/rules/0", detail: "does not fit", fix: "name at least one of kinds, labels" },
        ],
      }),
    );
    const page = await ui.open("/settings/queues", NARROW);
    await page.getByRole("region", { name: "rude" }).getByLabel("Needs the skill").fill("x");
    await page.getByRole("button", { name: "Save the queues" }).click();
    await page.getByRole("region", { name: "rude" }).getByText("Does not fit: lower-case letters").waitFor();
    await page.getByRole("region", { name: "pharma" }).getByText("name at least one of kinds, labels").waitFor();
    await page.getByText("Nothing was saved: see what is marked above.").waitFor();
    await fits(page);
    await shoot(page, "settings-queues-faults");
    await expectAccessible(page);
  });

  it("lets a moderator read them", async () => {
    as("moderator");
    const page = await ui.open("/settings");
    const table = page.getByRole("table", { name: "Queues in the order in which their rules are asked" });
    await table.waitFor();
    expect(await table.innerText()).toContain("kind post; label insult, threat of violence");
    await settled(page);
    await expectAccessible(page);
  });
});
