import { describe, expect, it } from "vitest";
import { caseIdOf, caseIdOfLasting } from "../../../shared/domain/case.ts";
import type { JournalEntry } from "../../../shared/domain/journal-entry.ts";
import { journalEntry } from "../../../shared/domain/journal-entry.ts";
import type { ShadowDifference } from "../../../shared/domain/shadow.ts";
import { shadowDifference } from "../../../shared/domain/shadow.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { compilePolicies } from "../../../shared/policy/compiled-policies.ts";
import type { FlowWatch } from "../../../shared/queue/flow-watch.ts";
import { gatheredNotes, type Noted, type VerdictNotes, verdictNotes } from "../../../shared/queue/verdict-notes.ts";
import { exampleVerdict, NOW, PLANTED } from "../domain/examples.ts";

const stricter = {
  id: "stricter",
  title: "Insults are held",
  rules: [
    {
      name: "insult",
      when: "label.insult.probability >= 0.5",
      action: "hold" as const,
      reasonCode: "insult",
    },
  ],
};
const beside = compilePolicies([], { shadows: [{ document: stricter, version: 3 }], epoch: 4 });
const by = { policies: beside, breakerFactor: 5 };

function world(fails: readonly string[] = []) {
  const entries: JournalEntry[] = [];
  const kept: ShadowDifference[] = [];
  const counted: { evaluated: number; moves: Readonly<Record<string, number>> }[] = [];
  const flows: { made: readonly Verdict[]; epoch: number; factor: number }[] = [];
  const may = (name: string): void => {
    if (fails.includes(name)) throw new Error(`${name} is down`);
  };
  const flow: FlowWatch = {
    count: async (_, made, epoch, factor) => {
      flows.push({ made, epoch, factor });
    },
  };
  const notes = verdictNotes({
    journal: {
      async append(_, some) {
        may("journal");
        entries.push(...some);
      },
    },
    shadows: {
      async keep(_, __, differences) {
        may("keep");
        kept.push(...differences);
      },
      async count(_, __, counts) {
        counted.push(counts);
      },
    },
    flow,
    clock: () => NOW,
  });
  return { notes, entries, kept, counted, flows };
}
const noted = (id: string, more: Partial<Verdict> = {}, isFirst = true): Noted => ({
  made: exampleVerdict({ ref: { kind: "post", id, revision: "r1" }, ...more }),
  isFirst,
});
const calm: Partial<Verdict> = { action: "allow", labels: [], features: { words: 3 } };

describe("noting verdicts", () => {
  it("calls an audience by its case's id, in the journal and where a candidate differs: no account is named", async () => {
    const it = world();
    const ref = { kind: "audience", id: "shop-of-somebody", revision: "v3" } as const;
    const audience = { account: ref.id, followers: 9, scored: 0, windows: [] };
    await it.notes.note("acme", [noted("", { ref, authorId: ref.id, audience })], by);
    const lasting = { ...ref, id: caseIdOf("acme", ref) };
    expect([...it.entries, ...it.kept].map((one) => one.ref)).toEqual([lasting, lasting]);
    expect(caseIdOfLasting("acme", lasting)).toBe(lasting.id);
    expect(JSON.stringify([it.entries, it.kept])).not.toContain(ref.id);
  });

  it("puts each into the journal, with what policies see of it and neither its author nor where in the text", async () => {
    const it = world();
    await it.notes.note("acme", [noted("a"), noted("b", calm)], by);
    expect(it.entries.map((entry) => journalEntry.parse(entry))).toEqual(it.entries);
    expect(it.entries).toMatchObject([
      {
        ref: { id: "a" },
        action: "flag",
        policy: { id: "touchstone-default", version: 1, rule: "insult" },
        models: ["text-lexicon@1"],
        facts: { language: "en", labels: [{ label: "insult", probability: 0.9, severity: 4 }], features: { words: 4 } },
      },
      { ref: { id: "b" }, action: "allow" },
    ]);
    expect(JSON.stringify(it.entries)).not.toMatch(/author-1|spans|params|digest/);
  });

  it("keeps what a candidate would have done otherwise, counts what it was asked, and of a repeat counts nothing", async () => {
    const it = world();
    await it.notes.note("acme", [noted("a"), noted("b", calm), noted("c", {}, false)], by);
    expect(it.kept.map((one) => shadowDifference.parse(one))).toEqual(it.kept);
    expect(it.kept.map(({ ref }) => ref.id)).toEqual(["a", "c"]);
    expect(it.kept[0]).toMatchObject({
      decided: { action: "flag", policy: { id: "touchstone-default", rule: "insult" } },
      candidate: { action: "hold", policy: { id: "stricter", version: 3, rule: "insult", reasonCode: "insult" } },
    });
    expect(it.kept[0]?.candidate.values).toBeDefined();
    expect(it.counted).toEqual([{ evaluated: 2, moves: { "flag>hold": 1 } }]);
    expect(it.flows).toMatchObject([{ epoch: 4, factor: 5 }]);
    expect(it.flows[0]?.made.map(({ ref }) => ref.id)).toEqual(["a", "b"]);
  });

  it("fails where the journal or the differences could not be written, and counts no flow then", async () => {
    for (const port of ["journal", "keep"]) {
      const it = world([port]);
      await expect(it.notes.note("acme", [noted("a")], by)).rejects.toThrow(`${port} is down`);
      expect(it.flows).toEqual([]);
    }
  });

  it("does nothing where there is nothing", async () => {
    const it = world();
    await it.notes.note("acme", [], by);
    expect([it.entries, it.counted, it.flows]).toEqual([[], [], []]);
  });
});

describe("notes of one batch", () => {
  const gathered = (fails = false) => {
    const calls: (readonly [string, readonly string[]])[] = [];
    const notes: VerdictNotes = {
      async note(tenant, some) {
        if (fails && tenant === "acme") throw new Error(PLANTED);
        calls.push([tenant, some.map(({ made }) => made.ref.id)]);
      },
    };
    return { note: gatheredNotes(notes), calls };
  };

  it("are one, as soon as all are there", async () => {
    const { note, calls } = gathered();
    await Promise.all(["a", "b", "c"].map((id) => note("acme", noted(id), by, 3)));
    await note("acme", noted("d"), by, 1);
    expect(calls).toEqual([
      ["acme", ["a", "b", "c"]],
      ["acme", ["d"]],
    ]);
  });

  it("are one after a moment, where some messages of the batch bring none", async () => {
    const { note, calls } = gathered();
    const first = note("acme", noted("a"), by, 10);
    await new Promise((resolve) => setTimeout(resolve, 1));
    await Promise.all([first, note("acme", noted("b"), by, 10)]);
    expect(calls).toEqual([["acme", ["a", "b"]]]);
  });

  it("are apart for tenants, and all of a batch fail where one tenant's do: they come again", async () => {
    const { note, calls } = gathered();
    await Promise.all([note("acme", noted("a"), by, 2), note("other", noted("b"), by, 2)]);
    expect(calls.toSorted()).toEqual([
      ["acme", ["a"]],
      ["other", ["b"]],
    ]);
    const failing = gathered(true);
    const results = await Promise.allSettled([
      failing.note("acme", noted("a"), by, 2),
      failing.note("other", noted("b"), by, 2),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(failing.calls).toEqual([["other", ["b"]]]);
  });
});
