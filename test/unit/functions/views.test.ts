import { describe, expect, it } from "vitest";
import { viewCase } from "../../../functions/get-case/view-case.ts";
import { findVerdicts } from "../../../functions/get-verdict/find-verdicts.ts";
import { checkHealth } from "../../../functions/health/check-health.ts";
import { openCase } from "../../../functions/open-case/open-case.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { sealNote } from "../../../shared/keys/notes.ts";
import type { Verdicts } from "../../../shared/store/verdicts.ts";
import { exampleCase, exampleKeys, exampleVerdict, NOW } from "../domain/examples.ts";
import { memoryAudit, memoryClusters, memoryDepths, memoryNotes, routingOf } from "./desk-ports.ts";
import { MODERATOR, memoryAuthors, memoryCases, memoryContents, memoryTopic, PLATFORM, settingsOf } from "./ports.ts";

const request = { query: {}, body: undefined, now: NOW };

describe("viewing a case", () => {
  const keys = exampleKeys();
  const found = exampleCase();
  const view = async (stored = found, contents = memoryContents(), caller = MODERATOR) => {
    const result = await viewCase({
      cases: memoryCases(stored),
      contents,
      verdicts: { find: async () => ({ verdicts: [], pending: [], reflected: [] }) },
      settingsOf: settingsOf(),
      keys,
      audiences: { latest: async () => undefined },
      documentOf: async () => undefined,
      notes: memoryNotes(),
      audit: memoryAudit(),
    })({
      ...request,
      caller,
      params: { id: found.id },
    });
    return result.ok ? routes["get-case"].answer.schema.parse(result.value) : result.problem;
  };

  it("shows its verdict with reasons in words, and its words where they were kept", async () => {
    const contents = memoryContents();
    await contents.keep(
      { tenant: "acme", author: "author-1", ref: found.ref },
      { text: "You fool.", excerpt: false },
      NOW,
      90,
    );
    const shown = await view(found, contents);
    expect(shown).toMatchObject({
      id: found.id,
      state: "open",
      content: { text: "You fool.", excerpt: false },
      verdict: { explanation: [{ label: "insult" }] },
    });
    expect(shown).not.toHaveProperty("contentWithheld");
    expect(JSON.stringify(shown)).not.toContain('"tenant"');
  });

  it("says why there are no words", async () => {
    expect(await view()).toMatchObject({ contentWithheld: "expired" });
    expect(await view(exampleCase("post-1", { visibility: "private" }))).toMatchObject({ contentWithheld: "private" });
  });

  it("opens the note of its decision", async () => {
    const decision = await sealNote(keys, "acme", found.id, {
      id: "decision-1",
      outcome: "uphold",
      reason: "other",
      by: "key:1",
      at: NOW.toISOString(),
      note: "seen",
    });
    expect(await view({ ...found, state: "decided", version: 2, decision })).toMatchObject({
      state: "decided",
      decision: { note: "seen" },
    });
  });

  it("says in words how an undo took its action back", async () => {
    const reversed = { by: "undo:aaaaaaaa-00000000-run", at: NOW.toISOString(), from: "hold", to: "flag" } as const;
    const shown = await view({ ...found, reversed });
    expect(shown).toMatchObject({ state: "open", reversed: { to: "flag" } });
    expect(JSON.stringify(shown)).toContain("it was held back and is now flagged");
  });

  it("is for its tenant only", async () => {
    expect(await view(found, memoryContents(), { ...MODERATOR, tenant: "other" })).toMatchObject({ status: 404 });
  });
});

describe("the verdicts of an item", () => {
  const asking = (found: Awaited<ReturnType<Verdicts["find"]>>) => {
    const asked: unknown[] = [];
    const find = findVerdicts({
      find: async (...words) => {
        asked.push(words);
        return found;
      },
    });
    return {
      asked,
      ask: () =>
        find({ ...request, query: { revision: "r1" }, caller: PLATFORM, params: { kind: "post", id: "post-1" } }),
    };
  };

  it("are shown with their reasons, without the tenant's name, and with what still waits", async () => {
    const { ask, asked } = asking({ verdicts: [exampleVerdict()], pending: ["r2"], reflected: [] });
    const result = await ask();
    if (!result.ok) throw new Error(result.problem.type);
    expect(routes["get-verdict"].answer.schema.parse(result.value)).toMatchObject({
      verdicts: [{ explanation: [{ title: "insult" }] }],
      pending: ["r2"],
    });
    expect(asked).toEqual([["acme", "post", "post-1", NOW, "r1"]]);
  });

  it("say in words how an undo took their action back", async () => {
    const reversal = { by: "undo:aaaaaaaa-00000000-run", at: NOW.toISOString(), from: "flag", to: "allow" } as const;
    const { ask } = asking({
      ...{ verdicts: [exampleVerdict()], pending: [], reflected: [] },
      reversals: new Map([["r1", reversal]]),
    });
    const result = await ask();
    if (!result.ok) throw new Error(result.problem.type);
    const [shown] = routes["get-verdict"].answer.schema.parse(result.value).verdicts;
    expect(shown).toMatchObject({ action: "flag", reversed: reversal });
    expect(shown?.reversed?.explanation).toContain("it was flagged and is now allowed");
  });

  it("of an accepted item that still waits are no 404; of an unknown one they are", async () => {
    expect(await asking({ verdicts: [], pending: ["r1"], reflected: [] }).ask()).toMatchObject({
      ok: true,
      value: { verdicts: [], pending: ["r1"] },
    });
    expect(await asking({ verdicts: [], pending: [], reflected: [] }).ask()).toMatchObject({
      ok: false,
      problem: { status: 404 },
    });
  });
});

describe("opening a case", () => {
  const events = memoryTopic();
  const parts = { clusters: memoryClusters(), depths: memoryDepths(), routingOf: routingOf(), events };
  const desk = { ...parts, settingsOf: settingsOf() };
  const authors = memoryAuthors();
  it("happens once, however often its message comes", async () => {
    const cases = memoryCases();
    const later = new Date(NOW.getTime() + 60_000);
    await openCase({ cases, ...desk, authors, clock: () => NOW })({ v: 1, verdict: exampleVerdict() });
    await openCase({ cases, ...desk, authors, clock: () => later })({ v: 1, verdict: exampleVerdict() });
    expect([...cases.rows.values()]).toEqual([exampleCase()]);
    expect(events.published).toEqual([]);
  });

  it("is told to those who want to hear of cases, again where its message comes again", async () => {
    const cases = memoryCases();
    const wanting = settingsOf({ alerts: { places: ["case"], allowed: [] } });
    const step = openCase({ cases, ...desk, settingsOf: wanting, authors, clock: () => NOW });
    for (const _ of [1, 2]) await step({ v: 1, verdict: exampleVerdict() });
    const { id, verdict } = exampleCase();
    const told = { type: "case.opened", case: id, at: verdict.scoredAt };
    expect(events.published.map(({ message }) => message)).toEqual(
      Array.from({ length: 2 }, () => ({ v: 1, tenant: "acme", event: told })),
    );
  });

  it("is not for what was allowed", async () => {
    const cases = memoryCases();
    await openCase({ cases, ...desk, authors, clock: () => NOW })({
      v: 1,
      verdict: exampleVerdict({ action: "allow" }),
    });
    expect(cases.rows.size).toBe(0);
  });

  it("is not for an author who was erased while the verdict waited, but for evidence of harm to a child it is", async () => {
    const cases = memoryCases();
    const verdict = exampleVerdict();
    const received = new Date(verdict.receivedAt);
    const step = (erasedAt: Date) =>
      openCase({ cases, ...desk, authors: memoryAuthors({ "author-1": erasedAt }), clock: () => NOW });
    await step(received)({ v: 1, verdict });
    expect(cases.rows.size).toBe(0);
    const labels = verdict.labels.map((one) => ({ ...one, label: "child_safety" as const }));
    await step(received)({ v: 1, verdict: { ...verdict, labels, ref: { ...verdict.ref, id: "danger-1" } } });
    expect(cases.rows.size).toBe(1);
    await step(new Date(received.getTime() - 1))({ v: 1, verdict });
    expect(cases.rows.size).toBe(2);
  });
});

describe("health", () => {
  it("is what the directory says", async () => {
    const ask = (up: boolean) => checkHealth(async () => up)({ ...request, caller: PLATFORM, params: {} });
    expect(await ask(true)).toMatchObject({ ok: true, value: { status: "ok" } });
    expect(await ask(false)).toMatchObject({ ok: false, problem: { status: 503 } });
  });
});
