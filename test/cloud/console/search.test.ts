import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { focused, press, settled, shoot } from "./console-browser.ts";
import { ago, author, idOfCase, verdictOf } from "./explore-answers.ts";
import { refuse } from "./stub-api.ts";
import { StubConsole } from "./stub-console.ts";

const ui = new StubConsole();
const NARROW = { width: 360, height: 740 };
const HOUR = 3_600_000;

const insult = { label: "insult", title: "insult", probability: 0.91 } as const;

describe("searching", () => {
  it("finds what an id is by keys alone, and leads there", async () => {
    ui.api.on("search", ({ query }) => ({
      matches: [
        {
          kind: "post",
          id: query.id ?? "",
          summary: "A public comment in English; flagged for insult.",
          at: ago(3 * HOUR),
          action: "flag",
          labels: [insult],
          case: { id: idOfCase("waits"), state: "open" },
          authorId: "vera",
          revision: "2",
          revisions: 2,
        },
        { kind: "author", id: query.id ?? "", summary: "Handed in 12 items.", lastSeen: ago(3 * HOUR) },
        { kind: "target", id: query.id ?? "", summary: "240 reviews.", reviews: 240, suspected: 74 },
      ],
    }));
    const page = await ui.open("/search");
    await page.getByRole("heading", { name: "Search", level: 1 }).waitFor();
    await settled(page);
    await shoot(page, "search-start");
    await press(page, "/");
    expect(await focused(page)).toMatch(/^searchbox|^input/);
    await page.keyboard.type("lamp-7");
    await press(page, "Enter");
    await page.getByText("3 things have the id").waitFor();
    expect(page.url()).toContain("?id=lamp-7");
    expect(await page.title()).toBe("lamp-7 · Search · Touchstone");
    await settled(page);
    await shoot(page, "search");
    await expectAccessible(page);
    await page.setViewportSize(NARROW);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.getByRole("heading", { name: "Author lamp-7" }).waitFor();
    await press(page, "Escape", "j", "j");
    expect(await focused(page)).toBe("a Author lamp-7");
    ui.api.on("get-author", author("lamp-7"));
    await press(page, "Enter");
    await page.getByRole("heading", { name: "Author lamp-7", level: 1 }).waitFor();
  });

  it("says what is wrong with an id, and asks nobody", async () => {
    const page = await ui.open("/search");
    await page.getByRole("searchbox").fill("two words");
    await press(page, "Enter");
    await page.getByText("no spaces", { exact: false }).waitFor();
    await page.getByRole("searchbox").fill("x".repeat(129));
    await press(page, "Enter");
    await page.getByText("at most 128 characters").waitFor();
    expect(ui.api.asked.filter(({ name }) => name === "search")).toEqual([]);
    await expectAccessible(page);
  });

  it("says kindly that nothing has this id, and what went wrong", async () => {
    ui.api.on("search", ({ turn }) => (turn === 1 ? refuse("unavailable", "Come back in a moment.") : { matches: [] }));
    const page = await ui.open("/search?id=nothing");
    await page.getByText("Come back in a moment.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("Nothing that you may see has this id").waitFor();
    await settled(page);
    await shoot(page, "search-nothing");
    await expectAccessible(page);
  });
});

describe("one author", () => {
  it("shows what they handed in and what became of it, page by page", async () => {
    ui.api.on("get-author", ({ query }) =>
      query.cursor === undefined
        ? author("vera", { cursor: "older" })
        : author("vera", { items: author("vera").items.slice(3) }),
    );
    const page = await ui.open("/authors/vera");
    const table = page.getByRole("table", { name: "Items of the author" });
    await table.waitFor();
    expect(await table.getByRole("row").count()).toBe(5);
    expect(await table.innerText()).toContain("taken back");
    await page.getByRole("link", { name: "Cluster cluste" }).waitFor();
    expect(await page.getByRole("main").innerText()).not.toMatch(/follower/i);
    await settled(page);
    await shoot(page, "author");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Older" }).click();
    await page.getByText("Page 2").waitFor();
    await expect.poll(() => table.getByRole("row").count()).toBe(2);
    await page.getByRole("button", { name: "Newer" }).click();
    await expect.poll(() => table.getByRole("row").count()).toBe(5);
    await page.setViewportSize(NARROW);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  it("answers for who is unknown or erased alike", async () => {
    ui.api.on("get-author", refuse("not_found"));
    const page = await ui.open("/authors/gone");
    await page.getByText("No author of this id is known").waitFor();
    await settled(page);
    await shoot(page, "author-unknown");
    await expectAccessible(page);
  });
});

describe("ids with signs that addresses use", () => {
  it("are asked for as they are", async () => {
    ui.api.on("get-target", refuse("not_found"));
    const page = await ui.open(`/targets/${encodeURIComponent("a@b:c=d+e~f")}`);
    await page.getByRole("heading", { name: "Target a@b:c=d+e~f", level: 1 }).waitFor();
    await page.getByText("No target of this id is known").waitFor();
    expect(ui.api.asked.at(-1)?.params).toEqual({ id: "a@b:c=d+e~f" });
  });
});

describe("addresses that somebody made up", () => {
  it("show what hides in them, and nobody is asked", async () => {
    const page = await ui.open(`/authors/${encodeURIComponent("ev\u202eil<img src=x onerror=alert(1)>")}`);
    await page.getByText("No author of this id is known").waitFor();
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe(
      "Author ev⟨RLO⟩il<img src=x onerror=alert(1)>",
    );
    for (const path of ["/targets/two words", "/audiences/a%2Fb", "/items/post/%E2%80%8B"]) {
      await page.goto(`${ui.api.url}${path}`);
      await page.getByText(/^No .* of this id is known/).waitFor();
    }
    expect(ui.api.asked.filter(({ name }) => name !== "me")).toEqual([]);
  });
});

describe("one item", () => {
  it("shows each revision with its verdict and why, and where its case is", async () => {
    ui.api.on("get-verdict", {
      verdicts: [
        verdictOf({ kind: "post", id: "post-9", revision: "2" }),
        verdictOf(
          { kind: "post", id: "post-9", revision: "1" },
          { action: "allow", severity: 0, labels: [], explanation: [], decided: [] },
        ),
      ],
      pending: ["3"],
      reflected: [],
    });
    ui.api.on("search", {
      matches: [
        {
          kind: "post",
          id: "post-9",
          summary: "A comment.",
          at: ago(HOUR),
          action: "flag",
          labels: [insult],
          case: { id: idOfCase("waits"), state: "open" },
          authorId: "vera",
          revision: "2",
          revisions: 2,
        },
      ],
    });
    const page = await ui.open("/items/post/post-9");
    await page.getByRole("heading", { name: "Revision 2: flagged" }).waitFor();
    await page.getByRole("link", { name: /^Open case/ }).waitFor();
    const text = await page.getByRole("main").innerText();
    expect(text).toContain("One revision waits for a verdict.");
    expect(text).toContain("Nothing was found.");
    await settled(page);
    await shoot(page, "item");
    await expectAccessible(page);
  });

  it("knows no kind of its own making", async () => {
    const page = await ui.open("/items/poem/post-9");
    await page.getByText("No item of this id is known").waitFor();
    expect(ui.api.asked.filter(({ name }) => name === "get-verdict")).toEqual([]);
  });
});
