import { describe, expect, it } from "vitest";
import { forgetAuthor } from "../../../functions/erase-author/forget-author.ts";
import { type Case, caseIdOf, type Decision, openCase } from "../../../shared/domain/case.ts";
import type { ItemRef } from "../../../shared/domain/id.ts";
import type { Caller } from "../../../shared/domain/tenant.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { audienceStates } from "../../../shared/store/audience-states.ts";
import type { Audit } from "../../../shared/store/audit.ts";
import { exampleFollow } from "../domain/example-items.ts";
import { exampleKeys, exampleVerdict, NOW, PLANTED } from "../domain/examples.ts";
import { memoryAudit, memoryClusters, memoryDepths, memoryNotes } from "./desk-ports.ts";
import { memoryCases } from "./ports.ts";
import { Life, memoryAudiences, memoryCohorts, memoryStates, memoryVerdictRows, memoryWords } from "./state-ports.ts";

const ADMIN: Caller = { tenant: "acme", actor: "key:admin0123456", role: "admin" };
const AUTHOR = "author-1";
const desk = () => ({ clusters: memoryClusters(), depths: memoryDepths(), notes: memoryNotes() });
const [insult] = exampleVerdict().labels;
if (!insult) throw new Error("no label");
const danger: Partial<Verdict> = { action: "hold", labels: [{ ...insult, label: "child_safety" }] };
const decided: Decision = {
  id: "decision-1",
  outcome: "uphold",
  reason: "violates_policy",
  by: "key:0123456789ab",
  at: NOW.toISOString(),
  note: PLANTED,
};

const KIND = { name: "author", days: 1, shards: 0, after: () => 1 };

/** Two authors with `items` flagged posts each; the first of every author's was decided, with a note that quotes it. */
async function world(items = 3) {
  const verdicts = memoryVerdictRows();
  const words = memoryWords();
  const cases = memoryCases();
  const signals = memoryStates();
  const followings = audienceStates(signals);
  const cohorts = memoryCohorts();
  const audiences = memoryAudiences();
  const add = async (made: Verdict, decision?: Decision): Promise<void> => {
    await verdicts.record(made, 400);
    words.keep("acme", made.authorId, made.ref, PLANTED);
    const opened = openCase(made, NOW);
    await cases.open(decision ? { ...opened, state: "decided", version: 2, decision } : opened);
  };
  for (const author of [AUTHOR, "author-10"]) {
    for (let n = 0; n < items; n += 1) {
      const ref: ItemRef = { kind: "post", id: `of-${author}-${String(n).padStart(3, "0")}`, revision: "r1" };
      await add(exampleVerdict({ ref, authorId: author }), n === 0 ? decided : undefined);
    }
    await signals.count("acme", { kind: KIND, id: author }, [{ id: "e", event: 1 }], NOW);
    // So many followers that some stand for their day, under which the account stands beside others.
    const item = exampleFollow(`fans-of-${author}`, 500, author);
    await followings.add("acme", author, [{ id: item.id, item, since: NOW }], NOW);
    const [day] = (await followings.read("acme", author, NOW))?.sample.cohorts ?? [];
    await cohorts.meet("acme", author, day?.hashes ?? [], NOW);
    for (const version of [1, 2, 3]) {
      const ref: ItemRef = { kind: "audience", id: author, revision: `v${version}` };
      const audience = { account: author, followers: version, scored: 0, windows: [] };
      const made = exampleVerdict({ ref, authorId: author, audience });
      await audiences.add(made, version, 400);
      await cases.open(openCase(made, NOW));
    }
  }
  const audit = memoryAudit();
  const eraseOf = (life = new Life(), log: Pick<Audit, "append"> = audit) => {
    const erase = forgetAuthor({
      authors: life.of(words.authors),
      verdicts: life.of(verdicts),
      contents: life.of(words.contents),
      cases: life.of(cases),
      states: life.of(signals),
      followings: audienceStates(life.of(signals)),
      cohorts: life.of(cohorts),
      ...desk(),
      audit: life.of(log),
      audiences: life.of(audiences),
      keys: exampleKeys(),
    });
    return async (cursor?: string, caller = ADMIN) => {
      const asked = { caller, params: { id: AUTHOR }, query: {}, body: cursor ? { cursor } : {}, now: NOW };
      return erase(asked);
    };
  };
  const all = async (life = new Life(), from?: string) => {
    const erase = eraseOf(life);
    const answers: { readonly erased: number; readonly held: number; readonly done: boolean }[] = [];
    for (let cursor = from; ; ) {
      const answer = await erase(cursor);
      if (!answer.ok) throw new Error(JSON.stringify(answer));
      answers.push(answer.value);
      if (answer.value.done) return answers;
      cursor = answer.value.cursor;
    }
  };
  const states = [signals.rows, audiences.rows, audiences.names, cohorts.rows];
  const end = () => [verdicts.rows, words.rows, words.keys, words.erasures, cases.rows, ...states];
  return { verdicts, words, cases, signals, cohorts, audiences, audit, add, eraseOf, all, end };
}
const caseOf = ({ cases }: Awaited<ReturnType<typeof world>>, ref: ItemRef): Case | undefined =>
  cases.rows.get(`acme#${caseIdOf("acme", ref)}`);

describe("erasing an author", () => {
  it("removes verdicts, words, states, audience versions and the key, and notes that it was asked", async () => {
    const it = await world();
    expect(await it.all()).toEqual([{ erased: 3, held: 0, done: true }]);
    const everything = [
      it.verdicts.rows,
      it.words.rows,
      it.signals.rows,
      it.audiences.rows,
      it.audiences.names,
      it.cohorts.rows,
    ];
    for (const rows of everything) expect(JSON.stringify([...rows])).not.toMatch(/author-1(?!0)/);
    expect([...it.words.keys]).toEqual(["author-10"]);
    expect([...it.words.erasures]).toEqual([[AUTHOR, NOW]]);
  });

  it("is in the log, page by page, with who did it and how much, and the author by the name that outlives them", async () => {
    const it = await world(51);
    await it.add(exampleVerdict({ ...danger, ref: { kind: "post", id: "harm", revision: "r1" }, authorId: AUTHOR }));
    await it.all();
    const [name] = [...it.cases.rows.values()].flatMap(({ state, verdict }) =>
      state === "erased" ? verdict.authorId.slice("erased.".length) : [],
    );
    const entry = { actor: ADMIN.actor, role: "admin", action: "author.erased" };
    expect(it.audit.entries).toEqual([
      { ...entry, facts: { author: name, erased: "49", held: "1", last: "no" } },
      { ...entry, facts: { author: name, erased: "2", held: "0", last: "yes" } },
    ]);
  });

  it("erases nothing that it cannot log", async () => {
    const it = await world();
    const log = { append: async () => Promise.reject(new Error("the log is down")) };
    const before = [it.verdicts.rows.size, it.words.rows.size, it.words.keys.size];
    await expect(it.eraseOf(new Life(), log)()).rejects.toThrow("the log is down");
    expect([it.verdicts.rows.size, it.words.rows.size, it.words.keys.size]).toEqual(before);
  });

  it("leaves the other author untouched", async () => {
    const [before, it] = [await world(), await world()];
    await it.all();
    const theirs = (one: typeof it) =>
      one.end().map((rows) => [...rows].filter((row) => JSON.stringify(row).includes("author-10")));
    expect(theirs(it)).toEqual(theirs(before));
  });

  it("leaves cases under one pseudonym, out of every lane, with what was decided and without the note", async () => {
    const it = await world();
    await it.all();
    const erased = [...it.cases.rows.values()].filter(({ state }) => state === "erased");
    expect(erased).toHaveLength(4);
    expect(JSON.stringify(erased.filter(({ ref }) => ref.kind === "post").map(({ verdict }) => verdict))).not.toContain(
      AUTHOR,
    );
    const names = new Set(erased.map(({ verdict }) => verdict.authorId));
    expect([...names]).toEqual([expect.stringMatching(/^erased\.[A-Za-z0-9_-]{22}$/)]);
    const { note, ...kept } = decided;
    expect(note).toBe(PLANTED);
    expect(erased.flatMap(({ decision }) => decision ?? [])).toEqual([kept]);
    expect(JSON.stringify(erased)).not.toContain(PLANTED);
  });

  it("leaves no name in the case of their audience either", async () => {
    const it = await world();
    await it.all();
    const audience = caseOf(it, { kind: "audience", id: AUTHOR, revision: "v1" });
    expect(audience).toMatchObject({ state: "erased", version: 2 });
    expect(JSON.stringify(audience)).not.toContain(AUTHOR);
  });

  it("keeps evidence of harm to a child: verdict, case with its words, though the author's key is gone", async () => {
    const it = await world();
    const ref: ItemRef = { kind: "post", id: "danger-1", revision: "r1" };
    await it.add(exampleVerdict({ ref, ...danger }));
    expect(await it.all()).toEqual([{ erased: 3, held: 1, done: true }]);
    expect(it.words.keys.has(AUTHOR)).toBe(false);
    expect(it.words.readable().filter(({ author }) => author === AUTHOR)).toMatchObject([{ words: PLANTED }]);
    expect(caseOf(it, ref)).toMatchObject({ state: "open", verdict: { authorId: AUTHOR } });
    expect(it.verdicts.rows.has("acme#post#danger-1#r1")).toBe(true);
    expect(await it.all()).toEqual([{ erased: 0, held: 1, done: true }]);
    expect(it.words.readable().filter(({ author }) => author === AUTHOR)).toHaveLength(1);
  });

  it("does not keep what merely has the same id and revision as such evidence, nor what was allowed", async () => {
    const it = await world(0);
    await it.add(exampleVerdict({ ref: { kind: "post", id: "same-1", revision: "r1" }, ...danger }));
    await it.add(exampleVerdict({ ref: { kind: "review", id: "same-1", revision: "r1" } }));
    await it.add(exampleVerdict({ ref: { kind: "post", id: "same-1", revision: "r2" }, ...danger, action: "allow" }));
    expect(await it.all()).toEqual([{ erased: 2, held: 1, done: true }]);
    expect([...it.verdicts.rows.keys()].filter((key) => key.includes("same-1"))).toEqual(["acme#post#same-1#r1"]);
  });

  it("goes page by page, and destroys the key with the last", async () => {
    const it = await world(120);
    const erase = it.eraseOf();
    const first = await erase();
    if (!first.ok) throw new Error("refused");
    expect(first.value).toMatchObject({ erased: 50, held: 0, done: false });
    expect(it.words.keys.has(AUTHOR)).toBe(true);
    expect(it.words.erasures.size).toBe(1);
    expect(await it.all(new Life(), first.value.cursor)).toMatchObject([
      { erased: 50, done: false },
      { erased: 20, done: true },
    ]);
    expect(it.words.keys.has(AUTHOR)).toBe(false);
  });

  it("whose items end with a page finishes with an empty one; nobody's ends at once", async () => {
    const it = await world(50);
    expect(await it.all()).toMatchObject([
      { erased: 50, done: false },
      { erased: 0, done: true },
    ]);
    expect(await it.all()).toEqual([{ erased: 0, held: 0, done: true }]);
  });

  it("of another tenant with the same id touches nothing of this one", async () => {
    const [before, it] = [await world(), await world()];
    const answer = await it.eraseOf()(undefined, { ...ADMIN, tenant: "other" });
    expect(answer).toMatchObject({ ok: true, value: { erased: 0, done: true } });
    const kept = (one: typeof it) => [one.verdicts.rows, one.words.rows, one.cases.rows, one.signals.rows];
    expect(kept(it)).toEqual(kept(before));
  });

  it("waits for a moderator who decides at the same time, and erases what they decided", async () => {
    const it = await world(1);
    const ref: ItemRef = { kind: "post", id: "race-1", revision: "r1" };
    await it.add(exampleVerdict({ ref }));
    const replace = it.cases.replace.bind(it.cases);
    let raced = false;
    it.cases.replace = async (erased, seen) => {
      const current = caseOf(it, ref);
      if (!raced && current) {
        raced = true;
        await it.cases.decide({ ...current, state: "decided", version: 2, decision: decided }, 1, NOW);
      }
      return replace(erased, seen);
    };
    await it.all();
    expect(caseOf(it, ref)).toMatchObject({ state: "erased", version: 3, decision: { outcome: "uphold" } });
    expect(JSON.stringify(caseOf(it, ref))).not.toContain(PLANTED);
  });

  it.each(["nonsense", "", Buffer.from("post#x").toString("base64url"), Buffer.from("post#x#r1#y#").toString("hex")])(
    "refuses a cursor that is none (%j)",
    async (cursor) => {
      const it = await world(1);
      const erase = forgetAuthorOf(it);
      const answer = await erase(cursor);
      expect(answer).toMatchObject({ ok: false, problem: { errors: [{ pointer: "/cursor" }] } });
      expect(it.words.erasures.size).toBe(0);
    },
  );

  it("broken off after any of its calls and run again ends where an undisturbed one does", async () => {
    const build = async () => {
      const it = await world(2);
      await it.add(exampleVerdict({ ref: { kind: "review", id: "danger-1", revision: "r1" }, ...danger }));
      return it;
    };
    const whole = await build();
    const life = new Life();
    await whole.all(life);
    expect(life.calls).toBeGreaterThan(15);
    for (let most = 0; most < life.calls; most += 1) {
      const it = await build();
      await expect(it.all(new Life(most))).rejects.toThrow("killed");
      // Broken off once more, at another place.
      await it.all(new Life(Math.floor(most / 2))).catch(() => undefined);
      await it.all();
      expect(it.end(), `broken off after ${most} calls`).toEqual(whole.end());
    }
  });

  it("broken off on its second page goes on from the cursor, or from the beginning", async () => {
    const whole = await world(60);
    const life = new Life();
    await whole.all(life);
    for (const restart of [true, false])
      for (const share of [0.7, 0.9, 0.99]) {
        const it = await world(60);
        const counted = new Life();
        const first = await it.eraseOf(counted)();
        if (!first.ok || first.value.done) throw new Error("only one page");
        const most = Math.floor(life.calls * share) - counted.calls;
        await expect(it.all(new Life(most), first.value.cursor)).rejects.toThrow("killed");
        await it.all(new Life(), restart ? undefined : first.value.cursor);
        expect(it.end()).toEqual(whole.end());
      }
  });
});

/** With the cursor as it is, an empty one too. */
function forgetAuthorOf(it: Awaited<ReturnType<typeof world>>) {
  const { verdicts, words, cases, signals, cohorts, audiences, audit } = it;
  const ports = {
    ...desk(),
    audit,
    authors: words.authors,
    contents: words.contents,
    verdicts,
    cases,
    states: signals,
    followings: audienceStates(signals),
    cohorts,
    audiences,
  };
  const erase = forgetAuthor({ ...ports, keys: exampleKeys() });
  return (cursor: string) => erase({ caller: ADMIN, params: { id: AUTHOR }, query: {}, body: { cursor }, now: NOW });
}
