import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { press, settled, shoot } from "./console-browser.ts";
import { houseRules, policy, versionOf } from "./policy-answers.ts";
import { refuse } from "./stub-api.ts";
import { StubConsole } from "./stub-console.ts";

const ui = new StubConsole();
const NARROW = { width: 360, height: 740 };

const good = { ok: true, errors: [], warnings: [] };
const editorOf = (page: Page) => page.getByRole("textbox", { name: "The policy as YAML" });

function asLead(): void {
  ui.api.reset({ id: "lena", role: "lead" });
  ui.api.on("get-policy", policy());
  ui.api.on("list-policies", { epoch: 7, policies: [] });
  ui.api.on("get-policy-version", ({ params }) => versionOf(Number(params.version)));
  ui.api.on("check-policy", good);
  ui.api.on("list-quarantines", { quarantines: [], history: [] });
}

/** Goes to the end of the text's line that holds these words, by keys as people do. */
async function findLine(page: Page, words: string): Promise<void> {
  await editorOf(page).getByText(words).first().click();
  await press(page, "End");
}

describe("the editor of a policy", () => {
  it("shows a fault at the very words that are wrong, leads there, and saves once they are right", async () => {
    asLead();
    ui.api.on("check-policy", ({ body }) => {
      const { rules } = (body as { document: ReturnType<typeof houseRules> }).document;
      const at = (rules[1]?.when ?? "").indexOf("links_totals");
      return at < 0
        ? good
        : {
            ok: false,
            errors: [
              {
                pointer: "/document/rules/1/when",
                detail: "rule links-of-new-accounts: features.links_totals is not known",
                fix: "did you mean features.links_total?",
                place: { line: 1, column: 1, length: "features.links_totals".length },
              },
            ],
            warnings: [],
          };
    });
    ui.api.on("save-policy", ({ params }) => ({
      id: params.id ?? "",
      version: 3,
      isNew: true,
      savedBy: "lena",
      savedAt: new Date().toISOString(),
    }));
    const page = await ui.open("/policies/house-rules/edit");
    await page.getByText("It holds").waitFor();
    expect(await page.getByRole("button", { name: "Save a version" }).isEnabled()).toBe(false);
    await editorOf(page).getByText("features.links_total", { exact: false }).first().click();
    await press(page, "Home");
    const line = await editorOf(page).locator(".cm-activeLine").innerText();
    expect(line).toContain("when: features.links_total >");
    for (let step = 0; step < "when: features.links_total".length; step += 1) await press(page, "ArrowRight");
    await page.keyboard.type("s");
    const fault = page.getByRole("button", { name: /Line \d+ rule links-of-new-accounts/ });
    await fault.waitFor();
    await expect.poll(() => editorOf(page).locator(".cm-lintRange-error").innerText()).toBe("features.links_totals");
    expect(await page.getByRole("button", { name: "Save a version" }).isEnabled()).toBe(false);
    await settled(page);
    await shoot(page, "policy-editor-fault");
    await expectAccessible(page);

    await fault.click();
    await press(page, ..."features.links_totals".split("").map(() => "ArrowRight"), "Backspace");
    // The text is as it was: nothing is there to be saved until a title changes.
    await page.getByText("It holds").waitFor();
    await findLine(page, "title: Our comments");
    await page.keyboard.type(", newly");
    await page.getByLabel("Note").fill("a better title");
    await page.getByRole("button", { name: "Save a version" }).click();
    await page.getByText("Saved as version 3").waitFor();
    const saved = ui.api.asked.find(({ name }) => name === "save-policy");
    expect(saved?.params).toEqual({ id: "house-rules" });
    expect(saved?.body).toEqual({
      document: { ...houseRules(2), title: "Our comments, newly" },
      note: "a better title",
    });
  });

  it("says what is no YAML at its line, and asks nobody", async () => {
    asLead();
    const page = await ui.open("/policies/house-rules/edit");
    await page.getByText("It holds").waitFor();
    const asked = ui.api.asked.length;
    await findLine(page, "id: house-rules");
    await page.keyboard.type("\ntitle: twice");
    await page.getByRole("button", { name: /Line [23] This name stands twice/ }).waitFor();
    await page.waitForTimeout(700);
    expect(ui.api.asked.length).toBe(asked);
    await expectAccessible(page);
  });

  it("keeps what was written through other pages, and tells of versions that others save meanwhile", async () => {
    asLead();
    const page = await ui.open("/policies/house-rules/edit");
    await page.getByText("It holds").waitFor();
    await findLine(page, "title: Our comments");
    await page.keyboard.type(" (mine)");
    await page.getByRole("link", { name: "Rules" }).click();
    await page.getByRole("heading", { name: /Rules of version/ }).waitFor();
    ui.api.on("get-policy", {
      ...policy(),
      newest: 3,
      versions: [
        { version: 3, title: "Theirs", savedBy: "ada", savedAt: new Date().toISOString() },
        ...policy().versions,
      ],
    });
    await page.waitForTimeout(2_100);
    await page.getByRole("link", { name: "Policies" }).last().click();
    await page.getByText("There is no policy").waitFor();
    await page.goBack();
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByText("Version 3 was saved by ada since you began from version 2").waitFor();
    expect(await editorOf(page).innerText()).toContain("title: Our comments (mine)");
    await page.getByText("It holds").waitFor();
    expect(await page.getByRole("button", { name: "Save a version" }).isEnabled()).toBe(true);
  });

  it("says why a save was refused, and when the check does not answer", async () => {
    asLead();
    ui.api.on("save-policy", refuse("unavailable", "The table does not answer."));
    const page = await ui.open("/policies/house-rules/edit");
    await page.getByText("It holds").waitFor();
    await findLine(page, "title: Our comments");
    await page.keyboard.type("!");
    await page.getByRole("button", { name: "Save a version" }).click();
    await page.getByText("The table does not answer.").waitFor();
    expect(await editorOf(page).innerText()).toContain("title: Our comments!");
    ui.api.on("check-policy", refuse("unavailable", "No check now."));
    await findLine(page, "id: house-rules");
    await page.keyboard.type("x");
    await page.getByText("No check now.").waitFor();
    ui.api.on("check-policy", good);
    await page.getByRole("button", { name: "Try again" }).last().click();
    await page.getByText("Its id is house-rules").waitFor();
    expect(await page.getByRole("button", { name: "Save a version" }).isEnabled()).toBe(false);
  });

  it("fits a narrow screen, and lets keys of the page rest while one writes", async () => {
    asLead();
    const page = await ui.open("/policies/house-rules/edit", NARROW);
    await page.getByText("It holds").waitFor();
    await findLine(page, "title: Our comments");
    await page.keyboard.type("?jkz");
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(await editorOf(page).innerText()).toContain("title: Our comments?jkz");
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await expectAccessible(page);
    await shoot(page, "policy-editor");
  });
});

describe("a new policy", () => {
  it("refuses an id that another policy has, and saves the first version under its own", async () => {
    asLead();
    ui.api.on("list-policies", { epoch: 0, policies: [{ ...policy(), id: "my-policy" } as never].map(slim) });
    ui.api.on("save-policy", ({ params }) => ({
      id: params.id ?? "",
      version: 1,
      isNew: true,
      savedBy: "lena",
      savedAt: new Date().toISOString(),
    }));
    const page = await ui.open("/new-policy");
    await page.getByText("There is a policy my-policy already").waitFor();
    await findLine(page, "id: my-policy");
    await page.keyboard.type("-2");
    await page.getByText("It holds").waitFor();
    await settled(page);
    await shoot(page, "policy-new");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Save a version" }).click();
    await page.waitForURL("**/policies/my-policy-2");
    expect(ui.api.asked.find(({ name }) => name === "save-policy")?.params).toEqual({ id: "my-policy-2" });
  });

  it("is refused to a moderator", async () => {
    const page = await ui.open("/new-policy");
    await page.getByText("Your role does not open this page").waitFor();
  });
});

const slim = ({ id, title, builtIn, newest, shadows }: ReturnType<typeof policy>) => ({
  id,
  title,
  builtIn,
  newest,
  shadows,
});
