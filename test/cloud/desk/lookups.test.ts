import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listDecisions } from "../../../functions/list-cases/list-decisions.ts";
import { listColleagues } from "../../../functions/list-queues/list-colleagues.ts";
import { listAudiences } from "../../../functions/list-targets/list-audiences.ts";
import { listTargets } from "../../../functions/list-targets/list-targets.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { caseIdOf } from "../../../shared/domain/case.ts";
import { type Caller, defaultSettings } from "../../../shared/domain/tenant.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { emptyTarget, observeTarget } from "../../../shared/scoring/review/target-state.ts";
import { caseKey, laneKeys } from "../../../shared/store/cases.ts";
import { routingStore } from "../../../shared/store/routings.ts";
import { batchPut } from "../../../shared/store/table.ts";
import { tenantStore } from "../../../shared/store/tenants.ts";
import { waitingCases } from "../../../shared/store/waiting-cases.ts";
import { exampleVerdict, NOW } from "../../unit/domain/examples.ts";
import { embeddedTables, type Tables } from "../conformance/tables.ts";
import { type DeskWorld, deskWorld, minutesLater } from "./desk-world.ts";

let tables: Tables;
let names = 0;
beforeAll(async () => {
  tables = await embeddedTables();
});
afterAll(() => tables?.remove());

const tenant = (): string => {
  names += 1;
  return `tenant-${names}`;
};
const brand = (who: Caller, ...brands: string[]): Caller => ({ ...who, role: "brand", brands });

/** A desk with cases that were opened a minute apart, each decided a minute after the one before. */
async function decided(count: number, more: (index: number) => Partial<Verdict> = () => ({})) {
  const name = tenant();
  const desk = deskWorld(tables, name);
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const made = desk.verdict(`item-${index}`, more(index));
    await desk.flag(made, minutesLater(index));
    ids.push(caseIdOf(name, made.ref));
  }
  const decide = (index: number, who: string, outcome: "uphold" | "overturn" = "uphold") =>
    desk.decide(desk.caller(who), ids[index] ?? "", 1, { id: `decision-${index}`, outcome }, minutesLater(100 + index));
  const list = listDecisions({ journal: desk.journal, cases: desk.cases });
  const ask = async (who: Caller, query: Record<string, string> = {}, now = minutesLater(200)) => {
    const asked = routes["list-decisions"].query.parse(query);
    const answer = await list({ caller: who, params: {}, query: asked, body: undefined, now });
    if (!answer.ok) throw new Error(answer.problem.type);
    return routes["list-decisions"].answer.schema.parse(answer.value);
  };
  return { desk, ids, decide, ask };
}

describe("what was decided of late", () => {
  it("comes the latest first, page by page, each once, without what was undone", async () => {
    const { desk, ids, decide, ask } = await decided(7);
    for (let index = 0; index < 7; index += 1) await decide(index, index % 2 ? "mona" : "malik");
    expect(await desk.undo(desk.caller("mona"), ids[5] ?? "", "decision-5", minutesLater(106))).toMatchObject({
      ok: true,
    });
    const mona = desk.caller("mona");
    const pages = [await ask(mona, { limit: "4" })];
    for (let cursor = pages[0]?.cursor; cursor; cursor = pages.at(-1)?.cursor)
      pages.push(await ask(mona, { limit: "4", cursor }));
    expect(pages.map(({ decisions }) => decisions.length)).toEqual([4, 2]);
    expect(pages.flatMap(({ decisions }) => decisions.map(({ id }) => id))).toEqual(
      [6, 4, 3, 2, 1, 0].map((index) => ids[index]),
    );
    expect(pages[0]?.decisions[2]).toMatchObject({ state: "decided", mine: true, decision: { by: "key:mona" } });
  });

  it("is told apart by who decided, how, of what; and says until when it can be undone", async () => {
    const { desk, ids, decide, ask } = await decided(4, (index) =>
      index === 2 ? { labels: [{ ...(exampleVerdict().labels[0] as Verdict["labels"][number]), label: "spam" }] } : {},
    );
    for (const [index, who] of ["mona", "malik", "mona", "mona"].entries())
      await decide(index, who, index === 0 ? "overturn" : "uphold");
    const mona = desk.caller("mona");
    const idsOf = async (query: Record<string, string>) => (await ask(mona, query)).decisions.map(({ id }) => id);
    expect(await idsOf({ by: "others" })).toEqual([ids[1]]);
    expect(await idsOf({ by: "me", outcome: "overturn" })).toEqual([ids[0]]);
    expect(await idsOf({ label: "spam" })).toEqual([ids[2]]);
    expect(await idsOf({ kind: "review" })).toEqual([]);
    const { decisions } = await ask(mona, {}, minutesLater(112));
    expect(decisions.map(({ undoUntil }) => undoUntil)).toEqual([
      minutesLater(113).toISOString(),
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("is for a brand what concerns it", async () => {
    const { desk, ids, decide, ask } = await decided(3, (index) => (index === 1 ? { brandIds: ["tea"] } : {}));
    for (let index = 0; index < 3; index += 1) await decide(index, "mona");
    expect((await ask(brand(desk.caller("b"), "tea"))).decisions.map(({ id }) => id)).toEqual([ids[1]]);
    expect((await ask(brand(desk.caller("b"), "coffee"))).decisions).toEqual([]);
  });

  it.each(["x", Buffer.from("2026").toString("base64url")])("refuses a cursor that is none (%j)", async (cursor) => {
    const { desk, ask } = await decided(0);
    await expect(ask(desk.caller("mona"), { cursor })).rejects.toThrow("invalid_request");
  });
});

describe("what deserves a look", () => {
  const review = (desk: DeskWorld, id: string, targetId: string, more: Partial<Verdict> = {}) =>
    desk.verdict(id, { ref: { kind: "review", id, revision: "r1" }, targetId, ...more });
  const ports = (desk: DeskWorld) => ({
    ...{ waiting: waitingCases(tables.cases), routings: routingStore(tables.directory) },
    ...{ journal: desk.journal, cases: desk.cases },
  });
  const rated = observeTarget(emptyTarget(), { at: 1, rating: 2, firstReview: true });

  it("is every target that open cases are about or that was decided of late, the gravest and longest waiting first", async () => {
    const name = tenant();
    const desk = deskWorld(tables, name);
    await routingStore(tables.directory).set(name, {
      version: 1,
      queues: [{ name: "reviews", rules: [{ labels: ["spam"] }] }],
    });
    const made = [
      review(desk, "a", "kettle"),
      review(desk, "b", "toaster", { lane: "high", severity: 6 }),
      review(desk, "c", "kettle", { queue: "reviews", brandIds: ["tea"] }),
      review(desk, "d", "lamp"),
      desk.verdict("a-post"),
    ];
    for (const [index, one] of made.entries()) await desk.flag(one, minutesLater(index));
    const lamp = caseIdOf(name, { kind: "review", id: "d", revision: "r1" });
    await desk.decide(desk.caller("mona"), lamp, 1, {}, minutesLater(10));
    const signals = {
      target: async (_: string, id: string) => (id === "kettle" ? { all: rated, suspected: emptyTarget() } : undefined),
    };
    const ask = async (caller: Caller, limit = "50") => {
      const answer = await listTargets({ ...ports(desk), signals })({
        ...{ caller, params: {}, query: { limit }, body: undefined, now: minutesLater(20) },
      });
      if (!answer.ok) throw new Error(answer.problem.type);
      return routes["list-targets"].answer.schema.parse(answer.value);
    };
    const { targets, looked } = await ask(desk.caller("mona"));
    expect(looked).toEqual({ open: 4, all: true });
    expect(targets.map(({ id, open, decided: done }) => [id, open, done])).toEqual([
      ["toaster", 1, 0],
      ["kettle", 2, 0],
      ["lamp", 0, 1],
    ]);
    expect(targets[0]).toMatchObject({ lane: "high", severity: 6 });
    expect(targets[1]).toMatchObject({
      since: NOW.toISOString(),
      all: { count: 1, mean: 2 },
      suspected: 0,
      labels: [{ label: "insult", title: "insult", cases: 2 }],
      cases: [{ state: "open" }, { state: "open" }],
    });
    expect(targets[2]).toMatchObject({ cases: [{ id: lamp, outcome: "uphold" }] });
    expect(targets[2]).not.toHaveProperty("since");
    expect((await ask(desk.caller("mona"), "1")).targets.map(({ id }) => id)).toEqual(["toaster"]);
    const tea = await ask(brand(desk.caller("b"), "tea"));
    expect(tea.targets.map(({ id, open }) => [id, open])).toEqual([["kettle", 1]]);
  });

  it("is every account whose following waits, without a word on its size", async () => {
    const name = tenant();
    const desk = deskWorld(tables, name);
    const window = {
      start: NOW.toISOString(),
      end: minutesLater(60).toISOString(),
      followers: 4_711,
      suspicious: 4_000,
    };
    const made = desk.verdict("shop", {
      ref: { kind: "audience", id: "shop", revision: "v3" },
      audience: {
        ...{ account: "shop", followers: 90_210, scored: 4_711, windows: [{ ...window, kind: "bought" }] },
        fakeShare: { estimate: 0.4, low: 0.3, high: 0.5 },
      },
    });
    await desk.flag(made);
    const answer = await listAudiences({
      ...ports(desk),
      audiences: { latest: async () => ({ version: 3, verdict: made }) },
    })({ caller: desk.caller("mona"), params: {}, query: { limit: "50" }, body: undefined, now: NOW });
    if (!answer.ok) throw new Error(answer.problem.type);
    const { audiences } = routes["list-audiences"].answer.schema.parse(answer.value);
    expect(audiences).toMatchObject([
      { id: "shop", open: 1, version: 3, fakeShare: { estimate: 0.4 }, windows: [{ kind: "bought" }] },
    ]);
    expect(JSON.stringify(audiences)).not.toMatch(/90210|4711|4000/);
  });

  it("says where it did not look at all that waits", async () => {
    const name = tenant();
    const desk = deskWorld(tables, name);
    const many = Array.from({ length: 1_200 }, (_, index) => desk.waiting(`w-${index}`));
    await batchPut(
      tables.cases,
      many.map((one) => ({ ...caseKey(name, one.id), case: one, version: 1, ...laneKeys(one) })),
    );
    const found = await waitingCases(tables.cases).ofKind(name, ["default"], "post");
    // 250 of each of the four shards.
    expect(found).toMatchObject({ open: 1_000, all: false });
    expect(found.cases).toHaveLength(1_000);
    const none = await waitingCases(tables.cases).ofKind(name, ["default"], "review");
    expect(none).toEqual({ cases: [], open: 1_000, all: false });
  });
});

it("colleagues are those who work cases and are let in, and nothing tells who they are elsewhere", async () => {
  const name = tenant();
  const desk = deskWorld(tables, name);
  const subject = "a".repeat(64);
  const people = [
    { id: "mona", role: "moderator", languages: ["de"], subject },
    { id: "sena", role: "senior" },
    { id: "gone", role: "senior", suspended: true },
    { id: "aino", role: "auditor" },
    { id: "bruno", role: "brand", brands: ["tea"] },
  ] as const;
  for (const one of people)
    await desk.members.set(name, { languages: [], skills: [], queues: [], ...one } as Parameters<
      typeof desk.members.set
    >[1]);
  const caller: Caller = { tenant: name, actor: "sena", role: "senior" };
  const answer = await listColleagues(desk.members)({ caller, params: {}, query: {}, body: undefined, now: NOW });
  expect(answer).toEqual({
    ok: true,
    value: {
      colleagues: [
        { id: "mona", role: "moderator", languages: ["de"], skills: [], me: false },
        { id: "sena", role: "senior", languages: [], skills: [], me: true },
      ],
    },
  });
});

it("a tenant's links are set, changed and taken away, and touch nothing else of its settings", async () => {
  const name = tenant();
  const store = tenantStore(tables.directory);
  const links = { itemUrl: "https://place.example/{id}", mediaUrl: "/media/{id}" };
  expect(await store.link(name, links)).toBe(false);
  await store.create({ ...defaultSettings(name), contentDays: 7 });
  expect(await store.link(name, links)).toBe(true);
  expect(await store.settings(name)).toEqual({ ...defaultSettings(name), contentDays: 7, ...links });
  await store.link(name, { mediaUrl: "/other/{id}" });
  expect(await store.settings(name)).toEqual({ ...defaultSettings(name), contentDays: 7, mediaUrl: "/other/{id}" });
  await store.link(name, {});
  expect(await store.settings(name)).toEqual({ ...defaultSettings(name), contentDays: 7 });
});
