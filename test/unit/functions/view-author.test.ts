import { describe, expect, it } from "vitest";
import { search } from "../../../functions/get-author/search.ts";
import { viewAuthor } from "../../../functions/get-author/view-author.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { type Case, caseIdOf, openCase } from "../../../shared/domain/case.ts";
import type { Caller } from "../../../shared/domain/tenant.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { pseudonymOf } from "../../../shared/keys/pseudonym.ts";
import { emptyTarget, observeTarget } from "../../../shared/scoring/review/target-state.ts";
import { exampleKeys, exampleVerdict, NOW } from "../domain/examples.ts";
import { memoryAudit } from "./desk-ports.ts";
import { MODERATOR, memoryAuthors, memoryCases } from "./ports.ts";
import { memoryAudiences, memoryVerdictRows } from "./state-ports.ts";

const BRAND: Caller = { ...MODERATOR, role: "brand", brands: ["acme-tea"] };
const minutesAgo = (minutes: number): string => new Date(NOW.getTime() - minutes * 60_000).toISOString();

/** The author's items, the oldest first: every third is flagged, the second of them a review. */
const written = (count: number, more: (index: number) => Partial<Verdict> = () => ({})): Verdict[] =>
  Array.from({ length: count }, (_, index) => {
    const isFlagged = index % 3 === 0;
    return exampleVerdict({
      ref: { kind: index === 1 ? "review" : "post", id: `item-${(index * 7) % 100}`, revision: `r${index}` },
      receivedAt: minutesAgo(1_000 - index),
      ...(isFlagged ? {} : { action: "allow", labels: [], severity: 0 }),
      ...more(index),
    });
  });

interface World {
  readonly made: readonly Verdict[];
  readonly cases?: readonly Case[];
  readonly erased?: Readonly<Record<string, Date>>;
  readonly brands?: readonly string[];
}

async function open({ made, cases = [], erased = {}, brands = [] }: World) {
  const [verdicts, audiences, audit] = [memoryVerdictRows(), memoryAudiences(), memoryAudit()];
  for (const one of made) await verdicts.record(one, 400);
  const seen = { at: 1, rating: 5, firstReview: true, brands: [...brands] };
  const state = observeTarget(emptyTarget(), seen);
  const signals = {
    target: async (_: string, id: string) => (id === "kettle" ? { all: state, suspected: emptyTarget() } : undefined),
  };
  const stored = memoryCases(...cases);
  const ports = {
    ...{ verdicts, audiences, audit, signals, cases: stored, authors: memoryAuthors(erased), keys: exampleKeys() },
  };
  const view = async (caller = MODERATOR, query: { limit?: string; cursor?: string } = {}, id = "author-1") => {
    const answer = await viewAuthor(ports)({
      ...{ caller, params: { id }, body: undefined, now: NOW },
      query: { limit: "50", ...query },
    });
    return answer.ok ? routes["get-author"].answer.schema.parse(answer.value) : answer.problem;
  };
  const ask = async (id: string, caller = MODERATOR) => {
    const answer = await search(ports)({ caller, params: {}, query: { id }, body: undefined, now: NOW });
    if (!answer.ok) throw new Error(answer.problem.type);
    return routes.search.answer.schema.parse(answer.value).matches;
  };
  return { ...ports, view, ask };
}

const shown = async (asked: ReturnType<Awaited<ReturnType<typeof open>>["view"]>) => {
  const found = await asked;
  if (!("items" in found)) throw new Error("refused");
  return found;
};

describe("an author's history", () => {
  it("is the latest items first, page by page, each once, with counts over the page", async () => {
    const made = written(7);
    const { view } = await open({ made });
    const first = await shown(view(MODERATOR, { limit: "4" }));
    const second = await shown(view(MODERATOR, { limit: "4", ...(first.cursor ? { cursor: first.cursor } : {}) }));
    expect([...first.items, ...second.items].map(({ ref }) => ref)).toEqual(made.toReversed().map(({ ref }) => ref));
    expect(first).toMatchObject({ firstSeen: made[0]?.receivedAt, lastSeen: made[6]?.receivedAt });
    expect(first.counted).toEqual({
      items: 4,
      actions: { allow: 2, flag: 2, hold: 0, block: 0 },
      labels: [{ label: "insult", title: "insult", items: 2 }],
      decisions: { uphold: 0, overturn: 0, correct: 0, escalate: 0 },
      open: 0,
    });
    expect(second).not.toHaveProperty("cursor");
    expect(second.firstSeen).toBe(first.firstSeen);
  });

  it("leads to cases and says what was decided of each, in its cluster too", async () => {
    const made = written(10);
    const flagged = made.filter(({ action }) => action === "flag").map((one) => openCase(one, NOW));
    const [alone, member, apart, waits] = flagged as [Case, Case, Case, Case];
    const decision = { id: "d", outcome: "uphold", reason: "other", by: "key:1", at: NOW.toISOString() } as const;
    const leader: Case = {
      ...openCase(exampleVerdict({ authorId: "other", ref: { kind: "post", id: "leader", revision: "r1" } }), NOW),
      state: "decided",
      decision: { ...decision, exceptions: [{ case: apart.id, outcome: "overturn", reason: "other" }] },
    };
    const joined = (one: Case): Case => ({ ...one, state: "joined", joined: leader.id });
    const cases = [{ ...alone, state: "decided" as const, decision }, joined(member), joined(apart), waits, leader];
    const { view } = await open({ made, cases });
    const { items, counted } = await shown(view());
    const links = new Map(items.flatMap((one) => (one.case ? [[one.case.id, one.case]] : [])));
    expect(links.get(alone.id)).toEqual({ id: alone.id, state: "decided", outcome: "uphold", decidedAt: decision.at });
    expect(links.get(member.id)).toMatchObject({ state: "joined", joined: leader.id, outcome: "uphold" });
    expect(links.get(apart.id)).toMatchObject({ outcome: "overturn" });
    expect(counted).toMatchObject({ decisions: { uphold: 2, overturn: 1 }, open: 1 });
  });

  it("holds no reach and no words, and its reading is logged without the author's name", async () => {
    const about = { author: { ageDays: 12, itemsPosted: 40 } };
    const { view, audit } = await open({ made: written(3, () => ({ about })) });
    const found = await shown(view());
    expect(found.about).toEqual(about.author);
    expect(JSON.stringify(found)).not.toMatch(/follow/i);
    const author = await pseudonymOf(exampleKeys(), "acme", "author-1");
    expect(audit.entries).toEqual([
      { actor: MODERATOR.actor, role: "moderator", action: "author.read", facts: { author } },
    ]);
    expect(JSON.stringify(audit.entries)).not.toContain("author-1");
  });

  it("of nobody, of another tenant's, and of an erased author is the same answer", async () => {
    const { view } = await open({ made: written(3), erased: { "author-1": NOW } });
    const unknown = await view(MODERATOR, {}, "nobody");
    expect(unknown).toMatchObject({ status: 404 });
    expect(await view()).toEqual(unknown);
    const { view: other } = await open({ made: written(3) });
    expect(await other({ ...MODERATOR, tenant: "other" })).toEqual(unknown);
  });

  it("goes on after an erasure with what came since", async () => {
    const made = written(4);
    const { view } = await open({ made, erased: { "author-1": new Date(made[2]?.receivedAt ?? "") } });
    const found = await shown(view());
    expect(found.items.map(({ ref }) => ref.revision)).toEqual(["r3", "r2"]);
    expect(found).not.toHaveProperty("firstSeen");
  });

  it("is for a brand what is public and concerns it, however far back, and nothing else of the author", async () => {
    const made = written(140, (index) => ({
      ...(index === 3 || index === 9 ? { brandIds: ["acme-tea"] } : {}),
      ...(index === 9 ? { visibility: "private" } : {}),
    }));
    const { view, audiences } = await open({ made });
    await audiences.add(exampleVerdict({ ref: { kind: "audience", id: "author-1", revision: "v1" } }), 1, 400);
    const found = await shown(view(BRAND, { limit: "1" }));
    expect(found.items.map(({ ref }) => ref.revision)).toEqual(["r3"]);
    for (const hidden of ["firstSeen", "lastSeen", "audience"]) expect(found).not.toHaveProperty(hidden);
    expect((await shown(view())).audience).toMatchObject({ version: 1, action: "flag" });
    expect(await view({ ...BRAND, brands: ["other"] })).toMatchObject({ status: 404 });
  });

  it.each([
    "",
    "x",
    Buffer.from("0toxabc#post#a").toString("base64url"),
    Buffer.from("1#post#a#r").toString("base64url"),
  ])("refuses a cursor that is none (%j)", async (cursor) => {
    const { view } = await open({ made: written(1) });
    expect(await view(MODERATOR, { cursor })).toMatchObject({ status: 422, errors: [{ pointer: "query:/cursor" }] });
  });
});

describe("what an id is", () => {
  it("may be several things at once", async () => {
    const post = exampleVerdict({ ref: { kind: "post", id: "kettle", revision: "r2" }, authorId: "kettle" });
    const review = exampleVerdict({
      ref: { kind: "review", id: "kettle", revision: "r1" },
      targetId: "t-1",
      surface: "review",
    });
    const cases = [openCase(post, NOW)];
    const { ask, audiences, audit } = await open({ made: [post, review], cases });
    await audiences.add(exampleVerdict({ ref: { kind: "audience", id: "kettle", revision: "v1" } }), 1, 400);
    const found = await ask("kettle");
    expect(found.map(({ kind }) => kind)).toEqual(["post", "review", "author", "target", "audience"]);
    expect(found[0]).toMatchObject({
      summary: "Comment, flagged: insult.",
      authorId: "kettle",
      revision: "r2",
      case: { id: caseIdOf("acme", post.ref), state: "open" },
    });
    expect(found[1]).toMatchObject({ targetId: "t-1" });
    expect(found[3]).toMatchObject({
      reviews: 1,
      suspected: 0,
      summary: "A target of 1 review, 0 of them consistent with fakery.",
    });
    expect(audit.entries).toMatchObject([
      { action: "search.made", facts: { found: "post review author target audience" } },
    ]);
    expect(JSON.stringify(audit.entries)).not.toContain("kettle");
  });

  it("may be a case's, or nothing's", async () => {
    const opened = openCase(exampleVerdict(), NOW);
    const { ask, audit } = await open({ made: [], cases: [opened] });
    expect(await ask(opened.id)).toEqual([
      {
        kind: "case",
        id: opened.id,
        summary: "A case, open, in the queue default.",
        case: { id: opened.id, state: "open" },
      },
    ]);
    expect(await ask("nothing")).toEqual([]);
    expect(audit.entries.at(-1)).toMatchObject({ facts: { found: "nothing" } });
  });

  it("is for a brand only what concerns it", async () => {
    const made = [
      exampleVerdict({
        ref: { kind: "post", id: "kettle", revision: "r1" },
        authorId: "kettle",
        brandIds: ["acme-tea"],
      }),
    ];
    const cases = [openCase(made[0] ?? exampleVerdict(), NOW)];
    const { ask, audiences } = await open({ made, cases, brands: ["acme-tea"] });
    await audiences.add(exampleVerdict({ ref: { kind: "audience", id: "kettle", revision: "v1" } }), 1, 400);
    expect((await ask("kettle", BRAND)).map(({ kind }) => kind)).toEqual(["post", "author", "target"]);
    const stranger: Caller = { ...BRAND, brands: ["other"] };
    expect(await ask("kettle", stranger)).toEqual([]);
    expect(await ask(cases[0]?.id ?? "", stranger)).toEqual([]);
  });
});
