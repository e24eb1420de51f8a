import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOCAL_USERS } from "../../../local/identity/users.ts";
import { LoneProvider } from "../identity/lone-provider.ts";
import { authorisation, endpointsOf, type SigningIn, signInOf } from "../identity/sign-in.ts";
import { expectAccessible } from "./accessibility.ts";
import { ConsoleBrowser, shoot } from "./console-browser.ts";

const browser = new ConsoleBrowser();
const provider = new LoneProvider();
let place: SigningIn;
beforeAll(async () => {
  place = await provider.open();
});
afterAll(() => provider.close());

async function openPage(size?: { width: number; height: number }): Promise<Page> {
  const page = await browser.newPage(size);
  const { authorization_endpoint } = await endpointsOf(place);
  await page.goto(`${authorization_endpoint}?${new URLSearchParams(authorisation(place).query)}`);
  return page;
}

describe("the page of sign-in on one machine", () => {
  it("shows who there is and is for everybody", async () => {
    const page = await openPage();
    expect(await page.getByRole("radio").count()).toBe(LOCAL_USERS.length);
    await expectAccessible(page);
    await shoot(page, "sign-in");
  });

  it("says what is wrong, keeps who was chosen, and stays for everybody", async () => {
    const page = await openPage({ width: 360, height: 740 });
    await page.getByRole("radio", { name: /malik/ }).check();
    await page.getByLabel("Password").fill("not it");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("radio", { name: /malik/ }).isChecked()).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await expectAccessible(page);
    await shoot(page, "sign-in-wrong");
  });

  it("needs no mouse, and leads back to the console", async () => {
    const page = await openPage();
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.keyboard.type(signInOf(place).password);
    const back = page.waitForRequest((request) => request.url().startsWith(`${place.url}/signed-in?code=`));
    await page.keyboard.press("Enter");
    await back;
  });
});
