import { expect } from "vitest";
import { caseIdOf } from "../../../shared/domain/case.ts";
import { backtestCounter } from "../../../shared/policy/backtest-counter.ts";
import { jobStore } from "../../../shared/store/jobs.ts";
import { eventually } from "../pipeline/api.ts";
import { flaggedPost, harmlessPolicy } from "./belongings.ts";
import { delivered, ok, type Walk } from "./walk-world.ts";

/** A candidate that is a document, a stretch of a backtest that another takes up, and what a rule caused taken back. */
export async function walkJobs({ whole, has, platform, moderator, admin }: Walk): Promise<void> {
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const document = harmlessPolicy(has.tenant, has.policy, 3);
  await ok(admin("POST", "/v1/backtests", { document, since }), 202);
  await ok(admin("POST", `/v1/backtests/${has.backtest}/cancellations`, {}));
  await ok(admin("POST", `/v1/undos/${has.undo}/cancellations`, {}));
  const jobs = jobStore(whole.table("TableCases"));
  const [last] = await jobs.list(has.tenant, "backtest", 1, new Date());
  if (!last) throw new Error("the backtest is not there");
  const used = { reads: 1, writes: 1, messages: 1, milliseconds: 1 };
  const cut = {
    part: 0,
    leg: 8,
    tally: backtestCounter().tally(),
    items: 0,
    used,
    next: `${since.slice(0, 10)}#post|`,
  };
  await jobs.addLeg(last, cut, new Date());
  const message = { v: 1, tenant: has.tenant, kind: "backtest", job: last.id, part: 0, leg: 8 };
  await whole.cloud.invoke("run-job", delivered(JSON.stringify(message), "1"));
  const doneUndo = async (body: object) => {
    const begun = await admin("POST", "/v1/undos", body);
    const undo = await eventually(
      () => admin("GET", `/v1/undos/${begun.json.id}`),
      ({ json }) => json?.state === "done",
    );
    return undo.json;
  };
  // Held for the number alone, so that nothing else asks for the same; the second joins the first's cluster.
  for (const [id, state] of [
    ["with-a-card", "open"],
    ["with-the-same", "joined"],
  ] as const) {
    const card = { ...flaggedPost(has.tenant, has.post), id, text: "My card number is 4111 1111 1111 1111, thanks." };
    await ok(platform("POST", "/v1/items", { items: [card] }), 202);
    await eventually(
      () => moderator("GET", `/v1/cases/${caseIdOf(has.tenant, { kind: "post", id, revision: card.revision })}`),
      ({ json }) => json.state === state,
    );
  }
  const dry = await doneUndo({ dryRun: true, cause: { rule: "payment-data" }, since });
  expect(dry.result.outcomes.close).toBeGreaterThan(0);
  const { result } = await doneUndo({ dryRun: false, of: dry.id, note: "of the walk" });
  expect(result.outcomes.close).toBeGreaterThan(0);
}
