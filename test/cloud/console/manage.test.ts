import { describe, expect, it } from "vitest";
import { press } from "./console-browser.ts";
import { ConsoleWorld } from "./console-world.ts";

const world = new ConsoleWorld();

describe("whoever runs the desk", () => {
  it("writes a policy, is shown the very words that are wrong, saves it, and lets it decide", async () => {
    const page = await world.signIn("lena", "/new-policy");
    const editor = page.getByRole("textbox", { name: "The policy as YAML" });
    await page.getByText("It holds").waitFor();
    await editor.getByText("features.links_total").first().click();
    await press(page, "End");
    await page.keyboard.type(" && author.age_day < 9");
    await page
      .getByRole("button", { name: /Line 8 rule links-of-new-accounts.*did you mean author.age_days/ })
      .waitFor();
    expect(await editor.locator(".cm-lintRange-error").innerText()).toBe("author.age_day");
    for (const _ of " && author.age_day < 9") await press(page, "Backspace");
    await editor.getByText("id: my-policy").click();
    await press(page, "End");
    await page.keyboard.type("-1");
    await page.getByText("It holds").waitFor();
    await page.getByRole("button", { name: "Save a version" }).click();
    await page.waitForURL("**/policies/my-policy-1");
    await page.getByRole("button", { name: "Activate", exact: true }).click();
    await page.getByRole("dialog").getByLabel("Why").fill("newcomers");
    await page.getByRole("button", { name: "Activate version 1" }).click();
    await page.getByText("Version 1 of my-policy-1 decides; everywhere within a minute.").waitFor();
    const { policies } = await world.must("mona", "list-policies", {});
    expect(policies.find(({ id }) => id === "my-policy-1")?.active).toMatchObject({ by: "lena", note: "newcomers" });
  });

  it("makes somebody a member by the code that they are shown, and suspends them again", async () => {
    const outside = await world.call("nobody", "me", {});
    const code = outside.ok ? "" : (outside.problem.subject ?? "");
    expect(code).toMatch(/^[0-9a-f]{64}$/);
    const page = await world.signIn("ada", "/settings/members");
    await page.getByRole("button", { name: "Add a member" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name at the desk").fill("nora");
    await dialog.getByLabel("Languages").fill("en, d!");
    await dialog.getByLabel("Code of whoever signs in").fill(code);
    await dialog.getByRole("button", { name: "Add" }).click();
    await dialog.locator("[aria-invalid=true]").waitFor();
    expect(await dialog.getByLabel("Languages").getAttribute("aria-invalid")).toBe("true");
    await dialog.getByLabel("Languages").fill("en");
    await dialog.getByRole("button", { name: "Add" }).click();
    await page.getByText("nora is a member now.").waitFor();
    expect(await world.must("nobody", "me", {})).toMatchObject({ id: "nora", role: "moderator", languages: ["en"] });
    await page.getByRole("button", { name: "Edit nora" }).click();
    await page.getByRole("dialog").getByText("Suspended").click();
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await page.getByText("nora is changed.").waitFor();
    expect(await world.call("nobody", "me", {})).toMatchObject({ ok: false, status: 403 });
  });

  it("changes the queues while somebody else does, and makes a key that works until it is revoked", async () => {
    const page = await world.signIn("ada", "/settings/queues");
    await page.getByRole("button", { name: "Add a queue" }).click();
    await page
      .getByRole("region", { name: /^queue \d+$/ })
      .getByLabel("Name")
      .fill("cars");
    await page.getByRole("region", { name: "cars" }).getByLabel("Brands").fill("roadster");
    const { version } = await world.must("lena", "list-queues", {});
    await world.must("lena", "set-queues", { body: { version, queues: [{ name: "theirs", rules: [] }] } });
    await page.getByRole("button", { name: "Save the queues" }).click();
    await page.getByRole("button", { name: "Take theirs" }).click();
    await page.getByRole("region", { name: "theirs" }).waitFor();

    await page.getByRole("link", { name: "API keys" }).click();
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByRole("button", { name: "Make the key" }).click();
    const token = await page.getByRole("dialog").locator("code").innerText();
    const ask = () => fetch(`${world.cloud.url}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask()).status).toBe(200);
    await page.getByRole("button", { name: "I have kept it" }).click();
    await page.getByRole("button", { name: `Revoke key:${token.split("_")[2]}` }).click();
    await page.getByRole("button", { name: "Revoke, for good" }).click();
    await page.getByText("is revoked.").waitFor();
    expect((await ask()).status).toBe(401);
  });
});
