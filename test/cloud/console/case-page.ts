import type { Page } from "playwright-core";
import { settled } from "./console-browser.ts";
import type { Asked } from "./stub-api.ts";
import { type CaseView, caseId, claimOf, minutesFromNow, type Told, tellCases, viewOf } from "./stub-cases.ts";
import { StubConsole } from "./stub-console.ts";

export const A = caseId("a");
export const MINE = { claim: claimOf("mona", 10) };

/** The page of a case before a stubbed API. */
export class CasePage extends StubConsole {
  /** Opens the first of these cases. */
  async openCase(first: Told, ...others: readonly CaseView[]): Promise<Page> {
    const view = viewOf(first);
    tellCases(this.api, [view, ...others]);
    const page = await this.open(`/cases/${view.id}`);
    await page.locator(".case-grid").waitFor();
    await settled(page);
    return page;
  }

  asked(name: string): readonly Asked[] {
    return this.api.asked.filter((one) => one.name === name);
  }
}

export const decision = (page: Page) => page.getByRole("region", { name: "Decision", exact: true });

/** What a refusal says of a case that somebody else holds. */
export const heldBy = (by: string) => ({
  current: { id: A, state: "open" as const, version: 1, heldBy: by, heldUntil: minutesFromNow(7) },
});
