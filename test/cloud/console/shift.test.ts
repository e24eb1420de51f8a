import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Page } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { press, settled, shoot } from "./console-browser.ts";
import { ConsoleWorld } from "./console-world.ts";

const world = new ConsoleWorld();

/** Hands in comments of these ids and words, and waits until their cases are open. */
const post = (...posts: readonly { readonly id: string; readonly text: string; readonly visibility?: "private" }[]) =>
  world.handIn(
    ...posts.map(({ id, text, visibility = "public" }) => ({
      kind: "post",
      id,
      revision: "1",
      createdAt: new Date().toISOString(),
      author: { id: `author-of-${id}` },
      channel: { id: "baking", visibility, surface: visibility === "private" ? "message" : "comment" },
      text,
    })),
  );

const insult = (id: string, name: string) => ({ id, text: `You are a stupid idiot, ${name}, and everybody knows it.` });
const decision = (page: Page) => page.getByRole("region", { name: "Decision", exact: true });
const openCase = (page: Page): string => new URL(page.url()).pathname.split("/")[2] ?? "";

async function waiting() {
  const { cases } = await world.must("ada", "list-cases", { query: { limit: "200" } });
  return cases;
}

const caseOf = async (id: string): Promise<string> => {
  const found = (await waiting()).find(({ ref }) => ref.id === id);
  if (!found) throw new Error(`no case waits for ${id}`);
  return found.id;
};

/** Decides whatever still waits, so that each test begins with an empty queue. */
async function clear(): Promise<void> {
  for (const { id, version, claim } of await waiting()) {
    const params = { id };
    if (claim && !claim.mine) await world.must("ada", "transfer-case", { params, body: { to: "ada" } });
    const body = { id: `clear-${id}`, outcome: "uphold", reason: "violates_policy", version } as const;
    await world.must("ada", "decide", { params, body });
  }
}
beforeEach(clear);

const words = (count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    String.fromCharCode(97 + (index % 26)).repeat(4 + Math.floor(index / 26)),
  );

describe("a shift", () => {
  it("works 20 cases from flag to decision without the mouse", async () => {
    const names = words(20);
    await post(...names.map((name, index) => insult(`shift-${index}`, name)));
    const count = (await waiting()).length;
    expect(count).toBe(20);
    const page = await world.signIn("mona", "/queue");
    await page.getByText("insult").first().waitFor();
    await shoot(page, "shift-queue");
    await press(page, "n");
    const seen = new Set<string>();
    for (let turn = 0; turn < 20; turn += 1) {
      await page.waitForURL((url) => url.pathname.startsWith("/cases/") && !seen.has(url.pathname));
      seen.add(new URL(page.url()).pathname);
      await page.getByText(/You have it for/).waitFor();
      if (turn === 3) await shoot(page, "shift-case");
      const keys = turn % 3 === 0 ? ["o", "4"] : ["u", "1"];
      await press(page, ...keys, "Enter");
    }
    await page.getByText("Nothing waits here").waitFor();
    expect(seen.size).toBe(20);
    expect(await waiting()).toEqual([]);
    const id = [...seen][0]?.split("/")[2] ?? "";
    const first = await world.must("ada", "get-case", { params: { id } });
    expect(first).toMatchObject({ state: "decided", decision: { by: "mona", outcome: "overturn" } });
  }, 120_000);

  it("gives two moderators different cases, and tells the slower one who has a case", async () => {
    await post(insult("two-1", "oslo"), insult("two-2", "lima"));
    const [mona, malik] = await Promise.all([world.signIn("mona", "/queue"), world.signIn("malik", "/queue")]);
    await Promise.all([mona.getByText("insult").first().waitFor(), malik.getByText("insult").first().waitFor()]);
    await Promise.all([press(mona, "n"), press(malik, "n")]);
    await Promise.all([mona, malik].map((page) => page.getByText(/You have it for/).waitFor()));
    expect(openCase(mona)).not.toBe(openCase(malik));

    await malik.goto(`${world.cloud.url}/cases/${openCase(mona)}`);
    await malik.getByText(/mona has this case for/).waitFor();
    await malik.getByText("mona looks at this too").waitFor();
    await settled(malik);
    await shoot(malik, "shift-held");
    await expectAccessible(malik);
  }, 60_000);

  it("keeps what was written when a lead hands the case to somebody else", async () => {
    await post(insult("handed", "quito"));
    const id = await caseOf("handed");
    const mona = await world.signIn("mona", "/queue");
    await mona.getByText("insult").first().waitFor();
    await press(mona, "n");
    await mona.getByText(/You have it for/).waitFor();
    await world.must("lena", "transfer-case", { params: { id }, body: { to: "malik" } });
    await press(mona, "u", "1", "c");
    await mona.keyboard.type("Third time this week.");
    await press(mona, "Control+Enter");
    await mona.getByText(/malik has this case for/).waitFor();
    await mona.getByText("What you wrote is kept.").waitFor();
    await world.must("malik", "release-case", { params: { id }, body: {} });
    await mona.reload();
    await mona.getByText("Nobody has it").waitFor();
  }, 60_000);

  it("notices that a lease is over, and takes the case again with the words there", async () => {
    await post(insult("lease", "accra"));
    const id = await caseOf("lease");
    await world.must("mona", "claim-case", { params: { id }, body: { minutes: 1 } });
    const { client, name } = world.table("TableCases");
    const mona = await world.signIn("mona", "/queue");
    await mona.getByText("insult").first().waitFor();
    const soon = new Date(Date.now() + 3_000).toISOString();
    await mona.route("**/extend", (route) => route.abort());
    await client.send(
      new UpdateCommand({
        TableName: name,
        Key: { pk: `${world.tenant}#${id}`, sk: "case" },
        UpdateExpression: "SET claimUntil = :soon",
        ConditionExpression: "attribute_exists(claimUntil)",
        ExpressionAttributeValues: { ":soon": soon },
      }),
    );
    await mona.goto(`${world.cloud.url}/cases/${id}`);
    await mona.getByText(/You have it for/).waitFor();
    await press(mona, "o", "4");
    await mona.getByText("Your claim is over").first().waitFor();
    await mona.getByText("What you wrote is kept.").waitFor();
    await mona.unroute("**/extend");
    await mona.getByRole("button", { name: "Take it again" }).click();
    await mona.getByText(/You have it for/).waitFor();
    await mona
      .getByRole("heading", { name: /insult/ })
      .first()
      .focus();
    await press(mona, "Enter");
    await mona.getByText("Nothing waits here").waitFor();
  }, 60_000);

  it("undoes a decision, and the platform's item waits again", async () => {
    await post(insult("undone", "hanoi"));
    const id = await caseOf("undone");
    const page = await world.signIn("malik", "/queue");
    await page.getByText("insult").first().waitFor();
    await press(page, "n");
    await page.getByText(/You have it for/).waitFor();
    await press(page, "u", "1", "Enter");
    await page.getByText(/Upheld\. It can be undone for/).waitFor();
    await page.getByText("Nothing waits here").waitFor();
    await press(page, "z");
    await page.waitForURL(`**/cases/${id}`);
    await page.getByText("Taken back: the case is open again.").waitFor();
    await page.getByText("Undone by you").waitFor();
    await page.getByText(/You have it for/).waitFor();
    await shoot(page, "shift-undone");
    expect((await waiting()).map((one) => one.id)).toEqual([id]);
  }, 60_000);

  it("decides a cluster with an exception", async () => {
    const same = "Buy cheap watches now at http://watches.example/deal, you stupid idiot!";
    await post(...[1, 2, 3].map((number) => ({ id: `cluster-${number}`, text: same })));
    const [only] = await waiting();
    expect(only?.size).toBe(3);
    const page = await world.signIn("mona", "/queue");
    await page.getByText("3 items").waitFor();
    await press(page, "n");
    const items = page.getByRole("region", { name: "Items decided together" });
    await items.waitFor();
    await press(page, "u", "1");
    const ticks = items.getByRole("checkbox");
    await expect.poll(() => ticks.count()).toBe(3);
    await ticks.nth(2).focus();
    await press(page, " ");
    await items.getByText("1 ticked").waitFor();
    await shoot(page, "shift-cluster");
    await press(page, "Enter");
    await page.getByText("Nothing waits here").waitFor();
    const decided = await world.must("ada", "get-case", { params: { id: only?.id ?? "" } });
    expect(decided.decision).toMatchObject({ outcome: "uphold", exceptions: [{ outcome: "overturn" }] });
  }, 60_000);
});

describe("who sees what", () => {
  it("keeps words from an auditor and cases of others from a brand, and lets neither decide", async () => {
    await post(insult("roles", "porto"));
    const id = await caseOf("roles");
    const aino = await world.signIn("aino", `/cases/${id}`);
    await aino.getByText("Your role reads cases and decides none.").waitFor();
    expect(await aino.getByRole("main").textContent()).not.toContain("porto");
    await expectAccessible(aino);
    const bruno = await world.signIn("bruno", `/cases/${id}`);
    await bruno.getByText("There is no such case").waitFor();
  }, 60_000);

  it("shows that the words of a private message are kept from everybody", async () => {
    await post({ ...insult("secret", "turin"), visibility: "private" });
    const id = await caseOf("secret");
    const page = await world.signIn("mona", `/cases/${id}`);
    await page.getByText("A private message").waitFor();
    expect(await page.getByRole("main").textContent()).not.toContain("turin");
    await settled(page);
    await shoot(page, "shift-private");
  }, 60_000);

  it("shows hostile words as words", async () => {
    const text = `You stupid idiot <script>alert(1)</script><img src=x onerror=alert(2)> \u202Ereversed\u202C ${"word ".repeat(1_500)}`;
    await post({ id: "hostile", text });
    const id = await caseOf("hostile");
    const page = await world.signIn("mona", `/cases/${id}`);
    const item = page.getByRole("article", { name: "The item" });
    await item.getByText("<script>alert(1)</script>").waitFor();
    expect(await item.locator("script, img").count()).toBe(0);
    await expectAccessible(page);
    expect(await decision(page).getByRole("button").count()).toBe(4);
  }, 60_000);
});
