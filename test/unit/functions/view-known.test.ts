import { describe, expect, it } from "vitest";
import { viewAudience } from "../../../functions/get-audience/view-audience.ts";
import { viewCase } from "../../../functions/get-case/view-case.ts";
import { viewTarget } from "../../../functions/get-target/view-target.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { openCase } from "../../../shared/domain/case.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { emptyTarget, observeTarget } from "../../../shared/scoring/review/target-state.ts";
import { exampleKeys, exampleVerdict, NOW } from "../domain/examples.ts";
import { memoryAudit, memoryNotes } from "./desk-ports.ts";
import { MODERATOR, memoryCases, memoryContents, PLATFORM } from "./ports.ts";
import { memoryAudiences } from "./state-ports.ts";

const asked = (id: string, caller = PLATFORM) => ({ caller, params: { id }, query: {}, body: undefined, now: NOW });
const version = (number: number, more: Partial<Verdict> = {}): Verdict =>
  exampleVerdict({
    ref: { kind: "audience", id: "shop-1", revision: `v${number}` },
    authorId: "shop-1",
    audience: { account: "shop-1", followers: number * 10, scored: 0, windows: [] },
    ...more,
  });

describe("what is known of a target", () => {
  const one = { at: 29_000_000, rating: 5, firstReview: true };
  const record = { all: observeTarget(emptyTarget(), one), suspected: emptyTarget() };
  const view = viewTarget({
    target: async (tenant, id) => (`${tenant}/${id}` === "acme/hotel-1" ? record : undefined),
  });

  it("is shown to its tenant within its schema, and to nobody else", async () => {
    const shown = await view(asked("hotel-1"));
    if (!shown.ok) throw new Error("refused");
    expect(routes["get-target"].answer.schema.parse(shown.value)).toMatchObject({ id: "hotel-1", all: { count: 1 } });
    for (const request of [asked("hotel-2"), asked("hotel-1", { ...PLATFORM, tenant: "other" })])
      expect(await view(request)).toMatchObject({ ok: false, problem: { status: 404 } });
  });
});

describe("what is known of an audience", () => {
  it("is its newest version with its reasons in words, within its schema, and nobody else's", async () => {
    const audiences = memoryAudiences();
    const view = viewAudience(audiences);
    expect(await view(asked("shop-1"))).toMatchObject({ ok: false, problem: { status: 404 } });
    for (const number of [1, 2]) await audiences.add(version(number), number, 400);
    const shown = await view(asked("shop-1"));
    if (!shown.ok) throw new Error("refused");
    const parsed = routes["get-audience"].answer.schema.parse(shown.value);
    expect(parsed).toMatchObject({ version: 2, assessment: { followers: 20 }, verdict: { ref: { revision: "v2" } } });
    expect(parsed.verdict.explanation).toHaveLength(1);
    expect(JSON.stringify(shown.value)).not.toContain('"tenant"');
    expect(await view(asked("shop-1", { ...PLATFORM, tenant: "other" }))).toMatchObject({ ok: false });
  });

  it("is nothing where the time of its verdict is over", async () => {
    const view = viewAudience({ latest: async () => ({ version: 3, verdict: undefined }) });
    expect(await view(asked("shop-1"))).toMatchObject({ ok: false, problem: { status: 404 } });
  });
});

describe("the case of an audience", () => {
  const opened = openCase(version(1), NOW);
  const view = async (latest: Verdict | undefined) => {
    const shown = await viewCase({
      cases: memoryCases(opened),
      contents: memoryContents(),
      keys: exampleKeys(),
      audiences: { latest: async () => ({ version: 9, verdict: latest }) },
      notes: memoryNotes(),
      audit: memoryAudit(),
    })(asked(opened.id, MODERATOR));
    if (!shown.ok) throw new Error("refused");
    return routes["get-case"].answer.schema.parse(shown.value);
  };

  it("shows the newest verdict, and the one that opened it where that one's time is over", async () => {
    expect(await view(version(2))).toMatchObject({
      verdict: { audience: { followers: 20 } },
      contentWithheld: "no_text",
    });
    expect(await view(undefined)).toMatchObject({ verdict: { audience: { followers: 10 } } });
  });
});
