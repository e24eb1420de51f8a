import { beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_BRAND } from "../../../local/identity/users.ts";
import { boughtFollowers } from "../../../local/sample/bought-followers.ts";
import { followItems } from "../../../local/sample/follow-story.ts";
import { reviewItems } from "../../../local/sample/review-story.ts";
import { unfairRatings } from "../../../local/sample/unfair-ratings.ts";
import { expectAccessible } from "./accessibility.ts";
import { press, settled, shoot } from "./console-browser.ts";
import { ConsoleWorld } from "./console-world.ts";

const world = new ConsoleWorld();
const TALL = { width: 1280, height: 1700 };
const BRANDED = "explore-branded";
const OTHER = "explore-other";
const WORDS = "You are a pathetic moron and everybody knows it.";
/** Reviews of a burst are judged by those before them: so many at once. */
const AT_ONCE = 15;

beforeAll(async () => {
  const post = {
    kind: "post",
    revision: "1",
    createdAt: new Date().toISOString(),
    channel: { id: "explored", visibility: "public", surface: "comment" },
    author: { id: "vera-explores" },
  };
  await world.handIn(
    { ...post, id: BRANDED, text: WORDS, brandIds: [SAMPLE_BRAND] },
    { ...post, id: OTHER, text: `${WORDS} Again.` },
  );
  const reviews = reviewItems(unfairRatings);
  for (let from = 0; from < reviews.length; from += AT_ONCE) await world.handIn(...reviews.slice(from, from + AT_ONCE));
  await world.handIn(...followItems(boughtFollowers));
}, 180_000);

describe("looking around at the whole system", () => {
  it("leads a moderator from an id to the item, its author and the case, by keys", async () => {
    const page = await world.signIn("mona", "/search");
    await page.getByRole("heading", { name: "Search", level: 1 }).waitFor();
    await press(page, "/");
    await page.keyboard.type(BRANDED);
    await press(page, "Enter");
    await page.getByRole("heading", { name: `Post ${BRANDED}` }).waitFor();
    expect(await page.getByRole("main").innerText()).not.toContain("moron");
    await press(page, "Escape", "j", "Enter");
    await page.getByRole("heading", { name: `Item ${BRANDED}`, level: 1 }).waitFor();
    await page.getByRole("heading", { name: "Revision 1: flagged" }).waitFor();
    await settled(page);
    await shoot(page, "world-item");
    await page.getByRole("link", { name: "vera-explores" }).click();
    const table = page.getByRole("table", { name: "Items of the author" });
    await table.waitFor();
    expect(await table.getByRole("row").count()).toBe(3);
    await settled(page);
    await shoot(page, "world-author");
    await expectAccessible(page);
    await table
      .getByRole("link", { name: /^Open case/ })
      .first()
      .click();
    await page.waitForURL(/\/cases\//);
  });

  it("shows the rated target with and without suspects", async () => {
    const page = await world.signIn("mona", "/targets", TALL);
    await page.getByRole("link", { name: unfairRatings.target.id }).click();
    const told = await world.must("mona", "get-target", { params: { id: unfairRatings.target.id } });
    expect(told.suspected).toBeGreaterThan(0);
    const means = page.locator(".rating-means");
    await means.waitFor();
    const text = await means.innerText();
    expect(text).toContain(told.all.mean?.toFixed(2));
    expect(text).toContain(told.withoutSuspected.mean?.toFixed(2));
    await page.getByRole("img", { name: /^Reviews by day/ }).waitFor();
    await settled(page);
    await shoot(page, "world-target");
    await expectAccessible(page);
  });

  it("shows the account that gained followers consistent with purchase, and not how many follow it", async () => {
    const page = await world.signIn("malik", "/audiences", TALL);
    const { account } = boughtFollowers;
    await page.getByRole("link", { name: account.id }).click();
    const told = await world.must("malik", "get-audience", { params: { id: account.id } });
    await page.getByRole("img", { name: /^Order of following/ }).waitFor();
    const text = await page.getByRole("main").innerText();
    expect(text).toContain("consistent with purchase");
    expect(text).not.toContain(told.assessment.followers.toLocaleString("en"));
    expect(text).not.toContain(String(told.assessment.followers));
    await settled(page);
    await shoot(page, "world-audience");
    await expectAccessible(page);
  });

  it("shows a brand what concerns it, and nothing else", async () => {
    const page = await world.signIn("bruno", `/search?id=${BRANDED}`);
    await page.getByRole("heading", { name: `Post ${BRANDED}` }).waitFor();
    await page.getByRole("searchbox").fill(OTHER);
    await press(page, "Enter");
    await page.getByText("Nothing that you may see has this id").waitFor();
    await page.getByRole("link", { name: "Targets" }).click();
    await page.getByText("No target has a case").waitFor();
    await page.goto(`${world.cloud.url}/targets/${unfairRatings.target.id}`);
    await page.getByText("No target of this id is known").waitFor();
    await page.goto(`${world.cloud.url}/audiences/${boughtFollowers.account.id}`);
    await page.getByText("No following of this id is known").waitFor();
    expect(await page.getByRole("link", { name: "Audit log" }).count()).toBe(0);
  });

  it("shows an auditor who did what, and nobody's words", async () => {
    await world.must("mona", "search", { query: { id: OTHER } });
    const page = await world.signIn("aino", "/audit");
    const table = page.getByRole("table", { name: "Entries of the log" });
    await table.waitFor();
    await settled(page);
    await shoot(page, "world-audit");
    await page.getByLabel("Who", { exact: true }).fill("mona");
    await press(page, "Enter");
    await page.waitForURL(/actor=mona/);
    await table.getByText("searched for an id").first().waitFor();
    const cells = await table.locator("tbody tr td:nth-child(2)").allInnerTexts();
    expect(cells.length).toBeGreaterThan(0);
    expect(cells.filter((cell) => !cell.startsWith("mona"))).toEqual([]);
    const text = await page.getByRole("main").innerText();
    for (const secret of ["moron", OTHER, "vera-explores"]) expect(text).not.toContain(secret);
    await expectAccessible(page);
  });
});
