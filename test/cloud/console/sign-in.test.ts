import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessibility.ts";
import { settled, shoot } from "./console-browser.ts";
import { ConsoleWorld } from "./console-world.ts";

const world = new ConsoleWorld();

describe("signing in at the embedded provider", () => {
  it("lets two moderators in at once, each as themselves", async () => {
    const [mona, malik] = await Promise.all([world.signIn("mona", "/me"), world.signIn("malik", "/me")]);
    for (const [page, name] of [
      [mona, "mona"],
      [malik, "malik"],
    ] as const) {
      await page.getByRole("heading", { name: "You", level: 1 }).waitFor();
      expect(await page.getByRole("main").innerText()).toContain(name);
    }
    await settled(mona);
    await shoot(mona, "me-signed-in");
  });

  it("comes back to the same path after a reload, without asking again", async () => {
    const page = await world.signIn("sena", "/me?at=here");
    await page.getByRole("heading", { name: "You", level: 1 }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "You", level: 1 }).waitFor();
    expect(page.url()).toBe(`${world.cloud.url}/me?at=here`);
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain("eyJ");
  });

  it("shows who is no member the code that an admin makes them one by", async () => {
    const page = await world.signIn("nobody");
    await page.getByRole("heading", { name: "You are not a member yet" }).waitFor();
    const [code = ""] = /[0-9a-f]{64}/.exec(await page.getByRole("main").innerText()) ?? [];
    await world.must("ada", "set-member", {
      body: { id: "newcomer", role: "moderator", languages: ["en"], skills: [], queues: [], subject: code },
    });
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("button", { name: /newcomer/ }).waitFor();
  });

  it("has nobody come in after signing out, but by the password", async () => {
    const page = await world.signIn("aino", "/me");
    await page.getByRole("button", { name: /aino/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "You are signed out" }).waitFor();
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel("Password").waitFor();
    await expectAccessible(page);
  });
});
