import { describe, expect, it } from "vitest";
import { defaultSettings, type TenantSettings } from "../../../shared/domain/tenant.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { publishVerdict } from "../../../shared/queue/verdict-delivery.ts";
import { exampleVerdict } from "../domain/examples.ts";
import { memoryTopic } from "../functions/ports.ts";

/** The attribute for the queue of alerts of what was published; `silent` where nothing was. */
async function publishing(made: Partial<Verdict>, settings: Partial<TenantSettings>): Promise<string | undefined> {
  const topic = memoryTopic();
  await publishVerdict(topic, exampleVerdict(made), { ...defaultSettings("acme"), ...settings });
  const [published] = topic.published;
  return published ? published.routing.alert : "silent";
}

const wanting = (...places: TenantSettings["alerts"]["places"]) => ({ alerts: { places, allowed: [] } });
const review = { ref: { kind: "review", id: "r", revision: "1" } } as const;
const audience = { ref: { kind: "audience", id: "a", revision: "1" } } as const;

describe("a verdict leaves its topic for the queue of alerts", () => {
  it("only where somebody subscribed to its place", async () => {
    expect(await publishing({}, {})).toBeUndefined();
    expect(await publishing({}, wanting("case", "target", "audience"))).toBeUndefined();
    expect(await publishing({}, wanting("verdict"))).toBe("1");
    expect(await publishing(review, wanting("target"))).toBe("1");
    expect(await publishing(audience, wanting("verdict"))).toBeUndefined();
    expect(await publishing(audience, wanting("audience"))).toBe("1");
    expect(await publishing({}, { eventFeed: true })).toBe("1");
  });

  it("and one that allowed only where somebody asked for those of its kind", async () => {
    const allow = { action: "allow" } as const;
    expect(await publishing(allow, wanting("verdict"))).toBe("silent");
    const asked = { alerts: { places: ["verdict"], allowed: ["review"] } } satisfies Partial<TenantSettings>;
    expect(await publishing(allow, asked)).toBe("silent");
    expect(await publishing({ ...review, ...allow }, asked)).toBe("1");
    expect(await publishing(allow, { publishAllowed: true })).toBeUndefined();
  });

  it("and one that allowed also where the feed holds those of its kind, without any subscription", async () => {
    const allow = { action: "allow" } as const;
    const fed = { eventFeed: true, feedAllowed: ["post", "audience"] } satisfies Partial<TenantSettings>;
    expect(await publishing(allow, { eventFeed: true })).toBe("silent");
    expect(await publishing(allow, fed)).toBe("1");
    expect(await publishing({ ...audience, ...allow }, fed)).toBe("1");
    expect(await publishing({ ...review, ...allow }, fed)).toBe("silent");
    expect(await publishing(allow, { ...fed, eventFeed: false })).toBe("silent");
  });
});
