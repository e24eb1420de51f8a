import { expect, it } from "vitest";
import { listAlerts } from "../../../functions/alerts/list-alerts.ts";
import { NOW } from "../domain/examples.ts";

const ask = async (cursor?: string) => {
  const days: string[] = [];
  const list = listAlerts({
    alerts: {
      async ofDay(_tenant, day) {
        days.push(day);
        return [];
      },
      waiting: async () => ({ alerts: [], next: undefined }),
    },
    subscriptions: { list: async () => [] },
  });
  const query = { days: "3", limit: "50", ...(cursor === undefined ? {} : { cursor }) };
  const caller = { tenant: "acme", actor: "mona", role: "moderator" } as const;
  const result = await list({ caller, params: {}, query, body: undefined as never, now: NOW });
  return { days, problem: "problem" in result ? result.problem.errors?.[0]?.pointer : undefined };
};

it("looks at the days asked for and no others, from today or from where a page ended", async () => {
  expect((await ask()).days).toEqual(["2026-11-22", "2026-11-21", "2026-11-20"]);
  expect((await ask("2026-11-21")).days).toEqual(["2026-11-21", "2026-11-20"]);
});

it.each(["2026-13-45", "9999-12-31"])("refuses the cursor %s before it reads anything", async (cursor) => {
  expect(await ask(cursor)).toEqual({ days: [], problem: "query:/cursor" });
});
