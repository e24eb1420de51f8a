import type { Page } from "playwright-core";
import { expect } from "vitest";
import { settled } from "./console-browser.ts";
import { builtIn, policy, summary, versionOf } from "./policy-answers.ts";
import { StubConsole } from "./stub-console.ts";

export const NARROW = { width: 360, height: 740 };
export const calm = { quarantines: [], history: [] };

/** The pages of policies before a stubbed API. */
export class PolicyPages extends StubConsole {
  as(role: "lead" | "moderator" | "brand"): void {
    this.api.reset({ id: "lena", role, ...(role === "brand" && { brands: ["acme"] }) });
    this.api.on("list-quarantines", calm);
    this.api.on("list-policies", { epoch: 7, policies: [summary(), builtIn] });
    this.api.on("get-policy", policy());
    this.api.on("get-policy-version", ({ params }) => versionOf(Number(params.version)));
  }
}

/** Expects that nothing has to be scrolled sideways. */
export async function fits(page: Page): Promise<void> {
  await settled(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
}
