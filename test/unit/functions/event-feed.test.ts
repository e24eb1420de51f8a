import { describe, expect, it } from "vitest";
import { getEventFeed } from "../../../functions/events/get-event-feed.ts";
import { listEvents } from "../../../functions/events/list-events.ts";
import { setEventFeed } from "../../../functions/events/set-event-feed.ts";
import type { AuditFact } from "../../../shared/domain/audit.ts";
import { feedBegins, feedFrom } from "../../../shared/domain/feed-cursor.ts";
import { defaultSettings, type TenantSettings } from "../../../shared/domain/tenant.ts";
import type { FeedPage } from "../../../shared/store/event-feed.ts";
import type { Tenants } from "../../../shared/store/tenants.ts";
import { NOW } from "../domain/examples.ts";

const caller = { tenant: "acme", actor: "ada", role: "admin" } as const;
const asked = { caller, params: {}, now: NOW };

function memoryTenant(stored: TenantSettings | undefined) {
  let settings = stored;
  const tenants: Pick<Tenants, "settings" | "setEventFeed"> = {
    settings: async () => settings,
    async setEventFeed(_, { enabled, allowed }) {
      settings = settings && { ...settings, eventFeed: enabled, ...(allowed ? { feedAllowed: allowed } : {}) };
      return settings;
    },
  };
  const logged: AuditFact[] = [];
  const audit = { append: async (_: string, facts: readonly AuditFact[]) => void logged.push(...facts) };
  return { tenants, audit, logged };
}

describe("turning the feed on", () => {
  it("names kinds once, leaves those that are not spoken of, and is in the log", async () => {
    const world = memoryTenant(defaultSettings("acme"));
    const set = (body: { enabled: boolean; allowed?: ("post" | "review" | "audience")[] }) =>
      setEventFeed(world)({ ...asked, query: {}, body });
    const named = { ok: true, value: { enabled: true, allowed: ["post", "review"] } };
    expect(await set({ enabled: true, allowed: ["review", "post", "review"] })).toEqual(named);
    expect(await set({ enabled: true })).toEqual(named);
    expect(await getEventFeed(world)({ ...asked, query: {}, body: undefined })).toEqual(named);
    expect(await set({ enabled: false, allowed: [] })).toEqual({ ok: true, value: { enabled: false, allowed: [] } });
    expect(world.logged.map(({ facts }) => facts)).toEqual([
      { enabled: "on", allowed: "post review" },
      { enabled: "on", allowed: "post review" },
      { enabled: "off", allowed: "" },
    ]);
  });

  it("is refused to the key of a tenant that was never made, and not logged", async () => {
    const world = memoryTenant(undefined);
    const refused = { ok: false, problem: { status: 403 } };
    expect(await setEventFeed(world)({ ...asked, query: {}, body: { enabled: true } })).toMatchObject(refused);
    expect(await getEventFeed(world)({ ...asked, query: {}, body: undefined })).toMatchObject(refused);
    expect(world.logged).toEqual([]);
  });
});

it("the feed names to whoever was away for too long the time from which on it holds everything", async () => {
  const page: FeedPage = { events: [], cursor: feedFrom(NOW), more: false };
  const answers = ["gone", page] as const;
  const { tenants } = memoryTenant({ ...defaultSettings("acme"), eventFeed: true });
  const [gone, there] = await Promise.all(
    answers.map((read) =>
      listEvents({ tenants, feed: { read: async () => read } })({
        ...asked,
        query: { since: "2026-11-01T00:00:00Z", limit: "10" },
        body: undefined,
      }),
    ),
  );
  expect(there).toMatchObject({ ok: true, value: { events: [], more: false } });
  expect(gone).toMatchObject({
    ok: false,
    problem: {
      status: 410,
      errors: [{ pointer: "query:/since", fix: expect.stringContaining(`since=${feedBegins(NOW).toISOString()},`) }],
    },
  });
});
