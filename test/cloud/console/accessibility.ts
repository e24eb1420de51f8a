import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { colourScheme } from "./console-browser.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 at levels A and AA, and what axe's authors hold for good practice beside it. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fewer rules than these passed: the page was not there, or axe saw nothing of it. */
const FEWEST_PASSES = 12;

/**
 * Holds the page as it stands against WCAG 2.2 AA, in light and in dark, and expects nothing against it.
 * @param within a selector, where only a part of the page is the test's matter
 */
export async function expectAccessible(page: Page, within?: string): Promise<void> {
  // Evaluated by the debugger: the page's own policy would not let a script of ours in.
  await page.evaluate(AXE);
  for (const colorScheme of ["light", "dark"] as const) {
    await colourScheme(page, colorScheme);
    const results = (await page.evaluate(
      ([tags, selector]) =>
        (window as unknown as { axe: typeof import("axe-core") }).axe.run(selector ?? document, {
          runOnly: { type: "tag", values: tags },
          resultTypes: ["violations"],
        }),
      [TAGS, within ?? null] as const,
    )) as AxeResults;
    const told = results.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}\n  ${html.slice(0, 300)}\n  ${failureSummary}`),
    );
    expect(told, `axe in ${colorScheme}`).toEqual([]);
    expect(results.passes.length, "rules that axe ran").toBeGreaterThanOrEqual(FEWEST_PASSES);
  }
  await colourScheme(page, "light");
}
