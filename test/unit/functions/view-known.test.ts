import { describe, expect, it } from "vitest";
import { viewAudience } from "../../../functions/get-audience/view-audience.ts";
import { viewCase } from "../../../functions/get-case/view-case.ts";
import { viewTarget } from "../../../functions/get-target/view-target.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { caseIdOf, openCase } from "../../../shared/domain/case.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { emptyAudience, observeFollows, observeSnapshot } from "../../../shared/scoring/audience/audience-state.ts";
import { emptyTarget, observeTarget } from "../../../shared/scoring/review/target-state.ts";
import { exampleKeys, exampleVerdict, NOW } from "../domain/examples.ts";
import { generator, person } from "../scoring/audience/follows.ts";
import { memoryAudit, memoryNotes } from "./desk-ports.ts";
import { MODERATOR, memoryCases, memoryContents, PLATFORM, settingsOf } from "./ports.ts";
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
    const view = viewAudience(audiences, { read: async () => undefined });
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

  it("is found by its case's id too, which reports call it by, until the account is erased", async () => {
    const audiences = memoryAudiences();
    const read: string[] = [];
    const view = viewAudience(audiences, {
      read: async (_, account) => {
        read.push(account);
        return undefined;
      },
    });
    await audiences.add(version(1), 1, 400);
    const name = caseIdOf("acme", version(1).ref);
    expect(await view(asked(name))).toMatchObject({ ok: true, value: { assessment: { account: "shop-1" } } });
    expect(read).toEqual(["shop-1"]);
    expect(await view(asked(name, { ...PLATFORM, tenant: "other" }))).toMatchObject({ ok: false });
    await audiences.removeSome("acme", "shop-1");
    expect(await view(asked(name))).toMatchObject({ ok: false, problem: { status: 404 } });
  });

  it("is nothing where the time of its verdict is over", async () => {
    const view = viewAudience(
      { accountNamed: async () => undefined, latest: async () => ({ version: 3, verdict: undefined }) },
      { read: async () => undefined },
    );
    expect(await view(asked("shop-1"))).toMatchObject({ ok: false, problem: { status: 404 } });
  });

  it("comes with what its pictures are drawn from, however many follow, and at whatever time it is asked for", async () => {
    const audiences = memoryAudiences();
    await audiences.add(version(1), 1, 400);
    // Three weeks in which every hour brings some, all with full profiles, so that everything kept is full.
    const [begins, hours] = [NOW.getTime() - 200 * 86_400_000, 21 * 24];
    const random = generator(3);
    let state = emptyAudience();
    for (let hour = 0; hour < hours; hour++) {
      const at = new Date(begins + hour * 3_600_000);
      const some = Array.from({ length: 5 }, (_, index) => ({
        id: `f${hour}.${index}`,
        followedAt: at.toISOString(),
        profile: person(random),
      }));
      state = observeFollows(state, some, "shop-1");
      state = observeSnapshot(
        state,
        {
          createdAt: at.toISOString(),
          followerCount: 1_000_000_000 + hour,
          engagement: { likes: 123_456_789 },
          sample: [],
        },
        "shop-1",
      );
    }
    const view = viewAudience(audiences, {
      read: async (tenant, id) => (`${tenant}/${id}` === "acme/shop-1" ? state : undefined),
    });
    const shown = await view(asked("shop-1"));
    if (!shown.ok) throw new Error("refused");
    const { history } = routes["get-audience"].answer.schema.parse(shown.value);
    expect(history?.order).toHaveLength(256);
    expect(history?.snapshots).toHaveLength(30);
    // Of the 200 days of silence the first two.
    const last = Date.parse(history?.hours.at(-1)?.start ?? "");
    expect((last - begins) / 3_600_000).toBeLessThanOrEqual(hours + 48);
    expect(history?.hours.some(({ follows }) => follows > 0)).toBe(true);
    expect(JSON.stringify(shown.value).length).toBeLessThan(100_000);
    expect(JSON.stringify(history)).not.toMatch(/f\d+\.\d/);
  });
});

describe("the case of an audience", () => {
  const opened = openCase(version(1), NOW);
  const view = async (latest: Verdict | undefined) => {
    const shown = await viewCase({
      cases: memoryCases(opened),
      contents: memoryContents(),
      ...{ verdicts: { find: async () => ({ verdicts: [], pending: [], reflected: [] }) }, settingsOf: settingsOf() },
      keys: exampleKeys(),
      audiences: { latest: async () => ({ version: 9, verdict: latest }) },
      documentOf: async () => undefined,
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
