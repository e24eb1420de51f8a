import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect, it } from "vitest";
import { forgetAuthor } from "../../../functions/erase-author/forget-author.ts";
import { caseIdOf } from "../../../shared/domain/case.ts";
import { caseNoteStore } from "../../../shared/store/case-notes.ts";
import { exampleKeys, NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "../conformance/tables.ts";
import { deskWorld, minutesLater } from "./desk-world.ts";

const KEY = "k".repeat(22);
const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const problem = (code: string) => ({ ok: false, problem: { type: `urn:touchstone:problem:${code}` } });

/** What holds of many items that are one case. `tenant` gives a name that no other test uses. */
export function clustersSuite(tables: () => Tables, tenant: () => string): void {
  const cluster = async (more: number, options: Parameters<typeof deskWorld>[2] = {}) => {
    const desk = deskWorld(tables(), tenant(), options);
    const verdicts = range(more + 1).map((n) => desk.verdict(`post-${n}`, { cluster: KEY }));
    for (const one of verdicts) await desk.flag(one);
    const ids = verdicts.map(({ tenant: name, ref }) => caseIdOf(name, ref));
    return { desk, verdicts, lead: ids[0] ?? "", ids, name: verdicts[0]?.tenant ?? "" };
  };

  it("a cluster is one case, and its decision tells of each item, with the exceptions", async () => {
    const { desk, lead, ids, name } = await cluster(5);
    expect((await desk.depths.of(name, "default")).get("medium")).toBe(1);
    const ann = desk.caller("ann");
    expect(await desk.decide(ann, ids[2] ?? "", 1)).toMatchObject(problem("case_joined"));
    const wrong = [{ case: "x".repeat(22), outcome: "overturn", reason: "other" } as const];
    expect(await desk.decide(ann, lead, 1, { exceptions: wrong })).toMatchObject(problem("invalid_request"));
    const exceptions = [{ case: ids[3] ?? "", outcome: "overturn", reason: "other" } as const];
    expect(await desk.decide(ann, lead, 1, { exceptions })).toMatchObject({
      ok: true,
      value: { decision: { exceptions } },
    });
    const outcomes = desk.messages().map(({ ref, decision, caseId }) => [ref.id, decision.outcome, caseId]);
    expect(outcomes.sort()).toEqual(range(6).map((n) => [`post-${n}`, n === 3 ? "overturn" : "uphold", lead]));
    expect(desk.messages()[0]?.decision).not.toHaveProperty("exceptions");
    expect(await desk.cases.owed(name, lead)).toBeUndefined();
    // What comes after the decision is a new question.
    const late = desk.verdict("post-99", { cluster: KEY });
    await desk.flag(late);
    expect(await desk.cases.get(name, caseIdOf(name, late.ref))).toMatchObject({ state: "open", cluster: { size: 1 } });
    await desk.undo(ann, lead, desk.messages()[0]?.decision.id ?? "");
    expect(desk.messages().filter(({ event }) => event === "decision.undone")).toHaveLength(6);
  });

  it("an author's erasure takes their items out of a cluster, and closes it with the last", async () => {
    const { desk, verdicts, lead, ids, name } = await cluster(2);
    const forget = async (author: string, index: number) => {
      const verdictOf = verdicts[index];
      if (!verdictOf) throw new Error("no verdict");
      const erase = forgetAuthor({
        ...{ cases: desk.cases, clusters: desk.clusters, depths: desk.depths, keys: exampleKeys() },
        notes: caseNoteStore(tables().cases),
        audit: desk.audit,
        authors: { noteErasure: async () => undefined, destroyKey: async () => undefined },
        verdicts: {
          ofAuthor: async () => [{ ref: verdictOf.ref, position: "" }],
          findMany: async () => ({ verdicts: [verdictOf], reflected: [] }),
          remove: async () => undefined,
        },
        contents: { hold: async () => undefined, remove: async () => undefined },
        states: { forget: async () => undefined },
        followings: { read: async () => undefined, forget: async () => undefined },
        cohorts: { leave: async () => undefined },
        audiences: { removeSome: async () => 0 },
      });
      const asked = { caller: desk.caller("admin", "admin"), params: { id: author }, query: {}, body: {}, now: NOW };
      expect(await erase(asked)).toMatchObject({ ok: true, value: { erased: 1 } });
    };
    const stateOf = async (index: number) => (await desk.cases.get(name, ids[index] ?? ""))?.state;
    await forget("author-0", 0);
    expect([await stateOf(0), await stateOf(1)]).toEqual(["open", "joined"]);
    await forget("author-1", 1);
    expect([await stateOf(0), await stateOf(1)]).toEqual(["open", "erased"]);
    expect((await desk.clusters.members(name, lead, 9)).map((one) => one.case)).toEqual([ids[2]]);
    await forget("author-2", 2);
    expect([await stateOf(0), await stateOf(2)]).toEqual(["erased", "erased"]);
  });

  it("a large cluster is told of in parts, and what a broken topic left out comes later: nothing is lost", async () => {
    let calls = 0;
    const { desk, lead, name } = await cluster(160, {
      topicFails: () => {
        calls += 1;
        return calls === 130;
      },
    });
    expect(await desk.decide(desk.caller("ann"), lead, 1)).toMatchObject({ ok: true });
    expect(await desk.cases.owed(name, lead)).toMatchObject({ members: 161 });
    expect(new Set(desk.messages().map(({ ref }) => ref.id)).size).toBe(101);
    // A stale index shows nothing for a while: the next minute's sweep is there for that.
    const swept = [];
    for (let minute = 1; minute < 9 && (await desk.cases.owed(name, lead)); minute += 1) {
      swept.push(await desk.sweep(minutesLater(minute)));
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    expect(swept.filter(({ failed }) => failed > 0)).toHaveLength(1);
    expect(new Set(desk.messages().map(({ ref }) => ref.id)).size).toBe(161);
    expect(await desk.cases.owed(name, lead)).toBeUndefined();
  });

  const logOf = async ({ desk, name, lead }: Awaited<ReturnType<typeof cluster>>) =>
    (await desk.audit.ofCase(name, lead, { limit: 20 })).map(({ action, role }) => [action, role]);
  const sweepAll = async ({ desk, name, lead }: Awaited<ReturnType<typeof cluster>>): Promise<void> => {
    // A stale index shows nothing for a while: the next minute's sweep is there for that.
    for (let minute = 1; minute < 20 && (await desk.cases.owed(name, lead)); minute += 1) {
      await desk.sweep(minutesLater(minute));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await desk.cases.owed(name, lead)).toBeUndefined();
  };

  it("a cluster decided with many others is logged once, as the act of whoever decided", async () => {
    const made = await cluster(3);
    const { desk, lead } = made;
    expect(await desk.many(desk.caller("ann"), [{ id: lead, version: 1 }])).toMatchObject({ ok: true });
    expect(desk.messages().map(({ ref }) => ref.id)).toEqual(["post-0"]);
    await sweepAll(made);
    expect(desk.messages().map(({ ref }) => ref.id)).toHaveLength(4);
    expect(await logOf(made)).toEqual([["case.decided", "moderator"]]);
  });

  it("an item whose place in a decided cluster was noted late is told of, and the decision logged once", async () => {
    const made = await cluster(2);
    const { desk, lead, ids, name, verdicts } = made;
    const [, , last] = ids;
    // As if the row of the last had not been written yet.
    await desk.clusters.leave(name, lead, last ?? "");
    await desk.decide(desk.caller("ann"), lead, 1);
    expect(desk.messages().map(({ ref }) => ref.id)).toEqual(["post-0", "post-1"]);
    const late = verdicts[2];
    if (!late) throw new Error("no verdict");
    await desk.flag(late);
    await sweepAll(made);
    expect(new Set(desk.messages().map(({ ref }) => ref.id))).toEqual(new Set(["post-0", "post-1", "post-2"]));
    expect(await logOf(made)).toEqual([["case.decided", "moderator"]]);
  });

  it("an item that became a member and was not seen to is told of when its message comes again", async () => {
    const made = await cluster(1);
    const { desk, lead, ids, name, verdicts } = made;
    const [member] = await desk.clusters.members(name, lead, 1);
    await desk.clusters.leave(name, lead, ids[1] ?? "");
    await desk.decide(desk.caller("ann"), lead, 1);
    // The function died between the member's row and its look at the case.
    await tables().cases.client.send(
      new PutCommand({
        TableName: tables().cases.name,
        Item: { pk: `${name}#${lead}`, sk: `member#${ids[1]}`, member },
      }),
    );
    for (const one of verdicts) await desk.flag(one);
    await sweepAll(made);
    expect(new Set(desk.messages().map(({ ref }) => ref.id))).toEqual(new Set(["post-0", "post-1"]));
  });

  it("what is published while an item joins late is not taken for its event", async () => {
    let meanwhile: (() => Promise<void>) | undefined;
    const made = await cluster(2, {
      async membersRead() {
        await meanwhile?.();
        meanwhile = undefined;
      },
    });
    const { desk, lead, ids, name, verdicts } = made;
    await desk.clusters.leave(name, lead, ids[2] ?? "");
    const late = verdicts[2];
    if (!late) throw new Error("no verdict");
    meanwhile = () => desk.flag(late);
    await desk.decide(desk.caller("ann"), lead, 1);
    expect(desk.messages().map(({ ref }) => ref.id)).toEqual(["post-0", "post-1"]);
    await sweepAll(made);
    expect(desk.messages().map(({ ref }) => ref.id)).toContain("post-2");
  });
}
