import { describe, expect, it } from "vitest";
import { decideCase } from "../../../functions/decide/decide-case.ts";
import { publishOwed } from "../../../functions/sweep/publish-owed.ts";
import { decisionMessage } from "../../../shared/contracts/messages.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { moderationCase } from "../../../shared/domain/case.ts";
import { decidedEntry } from "../../../shared/domain/journal-entry.ts";
import { conclude } from "../../../shared/queue/conclude.ts";
import { exampleCase, exampleKeys, NOW, PLANTED } from "../domain/examples.ts";
import { captureOutput } from "../runtime/captured-output.ts";
import { memoryAudit, memoryClusters, memoryDepths } from "./desk-ports.ts";
import { MODERATOR, memoryCases, memoryDecisionJournal, memoryTopic } from "./ports.ts";

const open = exampleCase();
const asked = { id: "decision-1", outcome: "overturn", reason: "honest_criticism", version: 1 } as const;
type Body = Parameters<ReturnType<typeof decideCase>>[0]["body"];

function deciding(more: { readonly down?: () => boolean; readonly journalDown?: () => boolean } = {}) {
  const cases = memoryCases(open);
  const decisions = memoryTopic(more.down);
  const audit = memoryAudit();
  const depths = memoryDepths();
  const clusters = memoryClusters();
  const journal = memoryDecisionJournal(more.journalDown);
  const telling = { cases, clusters, audit, journal, decisions };
  const decide = decideCase({ cases, clusters, keys: exampleKeys(), conclude: conclude({ ...telling, depths }) });
  const send = (body: Partial<Body> = {}, id = open.id, caller = MODERATOR) =>
    decide({ caller, params: { id }, query: {}, body: { ...asked, ...body }, now: NOW });
  return { cases, decisions, send, audit, depths, journal, telling };
}

describe("deciding a case", () => {
  it("closes it, publishes what was decided, and owes nothing any more", async () => {
    const { send, cases, decisions } = deciding();
    const result = await send();
    if (!result.ok) throw new Error(result.problem.type);
    expect(routes.decide.answer.schema.parse(result.value)).toEqual({
      id: open.id,
      state: "decided",
      version: 2,
      decision: {
        id: "decision-1",
        outcome: "overturn",
        reason: "honest_criticism",
        by: MODERATOR.actor,
        at: NOW.toISOString(),
      },
    });
    expect(decisions.published.map(({ message }) => decisionMessage.parse(message).caseId)).toEqual([open.id]);
    expect(cases.owes.size).toBe(0);
  });

  it("seals the note where it is stored, shows it to the moderator, and publishes nothing of it", async () => {
    const { send, cases, decisions } = deciding();
    const result = await send({ note: `he wrote ${PLANTED}` });
    expect(result).toMatchObject({ ok: true, value: { decision: { note: `he wrote ${PLANTED}` } } });
    const stored = moderationCase.parse(await cases.get("acme", open.id));
    expect(stored.decision?.note).toBeDefined();
    expect(JSON.stringify([stored, decisions.published])).not.toContain(PLANTED);
  });

  it("stands even if its event cannot be published, which the sweep does later", async () => {
    let down = true;
    let journalDown = true;
    const { send, cases, decisions, journal, telling, audit } = deciding({
      down: () => down,
      journalDown: () => journalDown,
    });
    const output = captureOutput();
    expect(await send({ note: PLANTED })).toMatchObject({ ok: true, value: { state: "decided" } });
    expect(output.text()).not.toContain(PLANTED);
    // Nothing is published that is not in the journal.
    journalDown = false;
    expect(cases.owes.size).toBe(1);

    const sweep = publishOwed(telling);
    const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
    expect(await sweep(later(29)), "it may still be under way").toEqual({ published: 0, failed: 0 });
    for (const seconds of [31, 91]) expect(await sweep(later(seconds))).toEqual({ published: 0, failed: 1 });
    down = false;
    expect(await sweep(later(151))).toEqual({ published: 1, failed: 0 });
    expect(await sweep(later(211))).toEqual({ published: 0, failed: 0 });
    expect(decisions.published).toHaveLength(1);
    expect(
      audit.entries.map(({ action }) => action),
      "however often it was tried",
    ).toEqual(["case.decided"]);
    const [noted] = journal.entries;
    expect(new Set(journal.entries.map(({ entry }) => entry.id))).toEqual(new Set(["decision-1"]));
    expect(decidedEntry.parse(noted?.entry)).toMatchObject({ outcome: "overturn", policy: { rule: "insult" } });
    expect(JSON.stringify(noted)).not.toMatch(/zyxplantedword|author-1|post-1/);
  });

  it("that was sent twice is one decision with one event", async () => {
    const { send, decisions } = deciding();
    const first = await send({ note: "mine" });
    expect(await send({ note: "mine" })).toEqual(first);
    expect(decisions.published).toHaveLength(1);
  });

  it("that was sent twice at the same time is one decision, and neither sender is told of a race", async () => {
    const { send, decisions } = deciding();
    const results = await Promise.all([send({ note: "mine" }), send({ note: "mine" }), send({ note: "mine" })]);
    for (const result of results)
      expect(result).toMatchObject({ ok: true, value: { version: 2, decision: { note: "mine" } } });
    expect(decisions.published).toHaveLength(1);
  });

  it("loses to one that was faster, before it looked or after", async () => {
    const { send, decisions } = deciding();
    const race = await Promise.all(Array.from({ length: 5 }, (_, index) => send({ id: `decision-${index}` })));
    expect(race.filter(({ ok }) => ok)).toHaveLength(1);
    for (const result of race.filter(({ ok }) => !ok))
      expect(result).toMatchObject({
        problem: { status: 409, type: "urn:touchstone:problem:case_decided", errors: [{ pointer: "/version" }] },
      });
    expect(await send({ id: "decision-9", version: 2 })).toMatchObject({
      problem: { type: "urn:touchstone:problem:case_decided" },
    });
    expect(decisions.published).toHaveLength(1);
  });

  it("of a version that the moderator has not seen is refused", async () => {
    const { send, cases } = deciding();
    expect(await send({ version: 7 })).toMatchObject({
      problem: { status: 409, type: "urn:touchstone:problem:case_changed" },
    });
    expect((await cases.get("acme", open.id))?.state).toBe("open");
  });

  it("of no case, or of another tenant's, finds nothing", async () => {
    const { send } = deciding();
    expect(await send({}, exampleCase("post-9").id)).toMatchObject({ problem: { status: 404 } });
    expect(await send({}, open.id, { ...MODERATOR, tenant: "other" })).toMatchObject({ problem: { status: 404 } });
  });
});

describe("the sweep", () => {
  it("lets one failing event stop no other", async () => {
    const all = Array.from({ length: 6 }, (_, index) => exampleCase(`post-${index}`));
    const cases = memoryCases(...all);
    for (const [index, one] of all.entries()) {
      const decision = {
        id: `decision-${index}`,
        outcome: "uphold",
        reason: "other",
        by: "key:1",
        at: NOW.toISOString(),
      } as const;
      await cases.decide({ ...one, state: "decided", version: 2, decision }, 1, NOW);
    }
    let turn = 0;
    const decisions = memoryTopic(() => {
      turn += 1;
      return turn % 3 === 0;
    });
    const sweep = publishOwed({
      cases,
      decisions,
      clusters: memoryClusters(),
      audit: memoryAudit(),
      journal: memoryDecisionJournal(),
    });
    expect(await sweep(new Date(NOW.getTime() + 60_000))).toEqual({ published: 4, failed: 2 });
    expect([decisions.published.length, cases.owes.size]).toEqual([4, 2]);
  });
});
