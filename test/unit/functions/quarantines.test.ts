import { describe, expect, it } from "vitest";
import { listQuarantines } from "../../../functions/quarantines/list-quarantines.ts";
import { resetQuarantine } from "../../../functions/quarantines/reset-quarantine.ts";
import { eventMessage } from "../../../shared/contracts/messages.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { type BreakerState, CALM } from "../../../shared/domain/breaker.ts";
import { afterTrips } from "../../../shared/policy/breaker.ts";
import type { BreakerStates } from "../../../shared/store/breaker-states.ts";
import { exampleTrip, NOW, PLANTED } from "../domain/examples.ts";
import { captureOutput } from "../runtime/captured-output.ts";
import { memoryTopic, PLATFORM } from "./ports.ts";

const ADMIN = { ...PLATFORM, role: "admin" } as const;
const held = afterTrips(CALM, [exampleTrip], NOW, () => "q1");
const later = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);

function world(state: BreakerState = held, races = 0) {
  const states = new Map([["acme", state]]);
  let lost = 0;
  const breakers: BreakerStates = {
    read: async (tenant) => states.get(tenant) ?? CALM,
    async change(tenant, next) {
      const current = states.get(tenant) ?? CALM;
      if (lost < races) {
        lost += 1;
        states.set(tenant, { ...current, version: current.version + 1 });
        return false;
      }
      if (current.version !== next.version - 1) return false;
      states.set(tenant, next);
      return true;
    },
  };
  let isDown = false;
  const events = memoryTopic(() => isDown);
  const reset = resetQuarantine({ breakers, events });
  const list = listQuarantines({ breakers });
  const body = { subject: "rule", name: "links", note: PLANTED } as const;
  return {
    reset: (more: Partial<Parameters<typeof reset>[0]["body"]> = {}, caller = ADMIN) =>
      reset({ caller, params: {}, query: {}, body: { ...body, ...more }, now: later(1) }),
    list: (now: Date, caller = ADMIN) => list({ caller, params: {}, query: {}, body: undefined as never, now }),
    events,
    state: () => states.get("acme") ?? CALM,
    fail: () => {
      isDown = true;
    },
  };
}
const given = <T>(result: { readonly ok: boolean; readonly value?: T }): T => {
  if (!result.ok || result.value === undefined) throw new Error("refused");
  return result.value;
};

describe("quarantines", () => {
  it("are listed while they hold, with what happened", async () => {
    const it = world();
    const { schema } = routes["list-quarantines"].answer;
    const now = schema.parse(given(await it.list(later(1))));
    expect(now).toMatchObject({ quarantines: [{ id: "q1", name: "links" }], history: [{ type: "breaker.opened" }] });
    expect(given(await it.list(later(25)))).toMatchObject({ quarantines: [], history: [{}] });
    expect(given(await it.list(NOW, { ...ADMIN, tenant: "other" }))).toEqual({ quarantines: [], history: [] });
  });

  it("are ended by a person once, whose words go nowhere but into the history", async () => {
    const it = world();
    const output = captureOutput();
    const { schema } = routes["reset-quarantine"].answer;
    expect(schema.parse(given(await it.reset())).closed).toMatchObject([{ id: "q1" }]);
    expect(given(await it.reset())).toEqual({ closed: [] });
    expect(it.state()).toMatchObject({ quarantines: [], owed: [], relearning: [{ name: "links" }] });
    expect(it.state().history[0]).toMatchObject({ by: ADMIN.actor, note: PLANTED });
    expect(it.events.published.map(({ message }) => eventMessage.parse(message).event)).toMatchObject([
      { type: "breaker.opened" },
      { type: "breaker.closed", by: ADMIN.actor },
    ]);
    expect(JSON.stringify(it.events.published)).not.toContain(PLANTED);
    expect(output.text()).not.toContain(PLANTED);
  });

  it("that are none are not found", async () => {
    const it = world();
    for (const result of [
      await it.reset({ name: "other" }),
      await it.reset({ subject: "label" }),
      await it.reset({}, { ...ADMIN, tenant: "other" }),
    ])
      expect(result).toMatchObject({ ok: false, problem: { status: 404 } });
    expect(it.state()).toEqual(held);
  });

  it("are ended though others change the state meanwhile, and though the event cannot be published now", async () => {
    const raced = world(held, 3);
    expect(given(await raced.reset()).closed).toHaveLength(1);
    expect(raced.state().quarantines).toEqual([]);
    await expect(world(held, 9).reset()).rejects.toThrow("contended");
    const it = world();
    it.fail();
    expect(given(await it.reset()).closed).toHaveLength(1);
    expect(it.state().owed.map(({ type }) => type)).toEqual(["breaker.opened", "breaker.closed"]);
  });
});
