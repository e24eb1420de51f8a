import { expect, it } from "vitest";
import { decide, openCase } from "../../../shared/domain/case.ts";
import { makeClaim } from "../../../shared/domain/claim.ts";
import type { Member } from "../../../shared/domain/member.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { undoDecision } from "../../../shared/domain/withdraw-decision.ts";
import { auditStore } from "../../../shared/store/audit.ts";
import { caseNoteStore } from "../../../shared/store/case-notes.ts";
import { caseStore } from "../../../shared/store/cases.ts";
import { claimStore } from "../../../shared/store/claims.ts";
import { clusterStore, MOST_MEMBERS } from "../../../shared/store/clusters.ts";
import { depthStore } from "../../../shared/store/depths.ts";
import { memberStore } from "../../../shared/store/members.ts";
import { presenceStore } from "../../../shared/store/presence.ts";
import { routingStore } from "../../../shared/store/routings.ts";
import { exampleCase, exampleVerdict, NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const KEY = "k".repeat(22);
const decision = (id: string, by = "key:1") =>
  ({ id, outcome: "uphold", reason: "other", by, at: NOW.toISOString() }) as const;

/** What the stores of the review desk promise. `tenant` gives a name that no other test uses. */
export function deskStoreSuite(tables: () => Tables, tenant: () => string): void {
  const open = () => {
    const name = tenant();
    const table = tables().cases;
    const waiting = (id: string, made: Partial<Verdict> = {}, minutes = 0) =>
      exampleCase(id, { tenant: name, ...made }, at(minutes));
    const claimed = (by: string, from = 0, minutes = 10) => makeClaim(`${by}-${from}`, by, at(from), minutes);
    const stores = { cases: caseStore(table), claims: claimStore(table), clusters: clusterStore(table) };
    return { ...stores, table, name, waiting, claimed };
  };

  it("gives a case to exactly one of 32 at the same time, who then holds it", async () => {
    const { cases, claims, name, waiting, claimed } = open();
    const one = waiting("post-1");
    await cases.open(one);
    const all = Array.from({ length: 32 }, (_, index) => claimed(`key:${index}`));
    const won = await Promise.all(all.map((made) => claims.claim(one, made, NOW)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await cases.get(name, one.id))?.claim).toEqual(all[won.indexOf(true)]);
    expect((await cases.get(name, one.id))?.version).toBe(1);
  });

  it("keeps a lease for its time and not a moment longer, and lets its holder extend it", async () => {
    const { cases, claims, name, waiting, claimed } = open();
    const one = waiting("post-1");
    const { id } = one;
    await cases.open(one);
    expect(await claims.claim(one, claimed("key:a"), NOW)).toBe(true);
    expect(await claims.claim(one, claimed("key:b", 9.9), at(9.9))).toBe(false);
    expect(await claims.claim(one, claimed("key:a", 9.9), at(9.9), true)).toBe(true);
    expect(await claims.claim(one, claimed("key:b", 10), at(10))).toBe(false);
    expect(await claims.claim(one, claimed("key:b", 20), at(20))).toBe(true);
    expect(await claims.claim(one, claimed("key:a", 21), at(21), true)).toBe(false);
    expect((await cases.get(name, id))?.claim?.by).toBe("key:b");
  });

  it("gives back only what one holds, and hands on only that, but for a lead", async () => {
    const { cases, claims, name, waiting, claimed } = open();
    const one = waiting("post-1");
    const { id } = one;
    await cases.open(one);
    await claims.claim(one, claimed("key:a"), NOW);
    expect(await claims.release(name, id, "key:b")).toBe(false);
    expect(await claims.hand(one, claimed("key:c"), NOW, "key:b")).toBe(false);
    expect(await claims.hand(one, claimed("key:c"), NOW, "key:a")).toBe(true);
    expect(await claims.hand(one, claimed("key:d"), NOW)).toBe(true);
    expect(await claims.release(name, id, "key:d")).toBe(true);
    expect((await cases.get(name, id))?.claim).toBeUndefined();
    expect(await claims.claim(waiting("nobody"), claimed("key:a"), NOW)).toBe(false);
  });

  it("shows the free cases of a lane, longest waiting first, past however many are held", async () => {
    const { cases, claims, name, waiting, claimed } = open();
    const all = Array.from({ length: 140 }, (_, index) => waiting(`post-${index}`, { language: "tr" }, index));
    for (const one of all) await cases.open(one);
    await Promise.all(all.slice(0, 130).map((one) => claims.claim(one, claimed("key:a", 200), at(200))));
    const free = await claims.free(name, "default", "medium", 4, at(201));
    expect(free.map(({ id }) => id)).toEqual(all.slice(130, 134).map(({ id }) => id));
    expect(free[0]).toEqual({
      id: all[130]?.id,
      queue: "default",
      lane: "medium",
      openedAt: all[130]?.openedAt,
      language: "tr",
    });
    expect((await claims.free(name, "default", "medium", 1, at(211)))[0]?.id).toBe(all[0]?.id);
    expect(await claims.laneState(name, "default", "medium")).toMatchObject({ all: false, oldest: all[0]?.openedAt });
    expect(await claims.laneState(name, "default", "high")).toEqual({ seen: 0, all: true });
  });

  it("lets a decision pass only where nobody else holds the case, and ends the claim", async () => {
    const { cases, claims, name, waiting, claimed } = open();
    const one = waiting("post-1");
    await cases.open(one);
    await claims.claim(one, claimed("key:a"), NOW);
    const byB = decide(one, decision("decision-b", "key:b"), 1).case;
    expect(await cases.decide(byB, 1, at(9))).toBe(false);
    expect(await cases.decide(decide(one, decision("decision-a", "key:a"), 1).case, 1, at(9))).toBe(true);
    expect(await cases.get(name, one.id)).not.toHaveProperty("claim");
    expect(await claims.claim(one, claimed("key:c", 20), at(20))).toBe(false);
  });

  it("puts an undone case back where it stood, and owes that instead of the decision", async () => {
    const { cases, claims, name, waiting } = open();
    const one = waiting("post-1");
    await cases.open(one);
    const decided = decide(one, decision("decision-1"), 1).case;
    await cases.decide(decided, 1, NOW);
    const { case: undone } = undoDecision(decided, "decision-1", false, { by: "key:1", now: at(1) });
    expect(await cases.decide(undone, 2, at(1), "key:1")).toBe(true);
    expect(await cases.get(name, one.id)).toEqual(undone);
    expect((await claims.free(name, "default", "medium", 9, at(2))).map(({ openedAt }) => openedAt)).toEqual([
      one.openedAt,
    ]);
    await cases.settle(name, one.id, "decision-1");
    expect((await cases.owed(name, one.id))?.case.last?.kind).toBe("decision.undone");
    await cases.settle(name, one.id, "decision.undone:decision-1");
    expect(await cases.owed(name, one.id)).toBeUndefined();
  });

  it("moves an escalated case to its own queue", async () => {
    const { cases, name, waiting } = open();
    const one = waiting("post-1");
    await cases.open(one);
    const passed = decide(one, { ...decision("decision-1"), outcome: "escalate" }, 1).case;
    await cases.decide(passed, 1, NOW, "key:1");
    expect(await cases.lane(name, "default", "medium", 9)).toEqual([]);
    expect(await cases.lane(name, "escalations", "medium", 9)).toEqual([passed]);
  });

  it("gives and hands on a case only where it waits still", async () => {
    const { cases, claims, name, waiting, claimed } = open();
    const one = waiting("post-1");
    await cases.open(one);
    const passed = decide(one, { ...decision("decision-1"), outcome: "escalate" }, 1).case;
    await cases.decide(passed, 1, NOW, "key:1");
    expect(await claims.claim(one, claimed("key:a"), NOW)).toBe(false);
    expect(await claims.claim(one, claimed("key:a"), NOW, true)).toBe(false);
    expect(await claims.hand(one, claimed("key:b"), NOW)).toBe(false);
    expect(await cases.get(name, one.id)).not.toHaveProperty("claim");
    expect(await claims.claim(passed, claimed("key:a"), NOW)).toBe(true);
    expect(await claims.hand(passed, claimed("key:b"), NOW)).toBe(true);
  });

  it("lets the first of a cluster lead it, for a day, and hands the lead on once", async () => {
    const { clusters, name } = open();
    const leaders = await Promise.all(
      Array.from({ length: 12 }, (_, index) => clusters.leader(name, KEY, `case-${index}`, NOW)),
    );
    const [leader = ""] = leaders;
    expect(new Set(leaders).size).toBe(1);
    expect(await clusters.takeOver(name, KEY, "another", "case-x", NOW)).toBe(false);
    expect(await clusters.takeOver(name, KEY, leader, "case-x", NOW)).toBe(true);
    expect(await clusters.leader(name, KEY, "case-y", at(60))).toBe("case-x");
    expect(await clusters.leader(name, KEY, "case-y", at(60 * 25))).toBe("case-y");
  });

  const clusterOf = async (more: number) => {
    const it = open();
    const verdictOf = (id: string) =>
      exampleVerdict({ tenant: it.name, cluster: KEY, ref: { kind: "post", id, revision: "r1" } });
    const leader = openCase(verdictOf("post-0"), NOW);
    await it.cases.open(leader);
    const others = Array.from({ length: more }, (_, index) => openCase(verdictOf(`post-${index + 1}`), at(1)));
    return { ...it, leader, others };
  };

  it("counts each item of a cluster once, however often its message comes, and keeps each item's own case", async () => {
    const { cases, clusters, name, leader, others } = await clusterOf(9);
    for (const one of [...others, ...others]) expect((await clusters.join(one, leader.id, NOW)).kind).toBe("joined");
    expect((await cases.get(name, leader.id))?.cluster).toEqual({ key: KEY, size: 10 });
    const [first, ...rest] = await clusters.members(name, leader.id, 4);
    expect([first, ...rest]).toHaveLength(4);
    const all = await clusters.members(name, leader.id, 50);
    expect(all.map((one) => one.case)).toEqual(others.map(({ id }) => id).sort());
    expect(all.map(({ number }) => number).sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await clusters.members(name, leader.id, 50, all[6]?.case)).toEqual(all.slice(7));
    const own = await cases.get(name, others[0]?.id ?? "");
    expect(own).toMatchObject({ state: "joined", joined: leader.id });
    expect(await cases.lane(name, "default", "medium", 9)).toHaveLength(1);
    expect(await clusters.among(name, leader.id, [others[0]?.id ?? "", "x".repeat(22)])).toEqual(
      new Set([others[0]?.id]),
    );
  });

  it("counts all that join at the same time", async () => {
    const { cases, clusters, name, leader, others } = await clusterOf(20);
    const joined = await Promise.all(others.map((one) => clusters.join(one, leader.id, NOW)));
    expect(joined.every(({ kind }) => kind === "joined")).toBe(true);
    expect(await clusters.members(name, leader.id, 50)).toHaveLength(20);
    expect((await cases.get(name, leader.id))?.cluster?.size).toBe(21);
  });

  it("takes nothing into a decided case: what comes stands by itself, and what was in it stays", async () => {
    const { cases, clusters, name, leader, others } = await clusterOf(2);
    const [early, late] = others;
    if (!early || !late) throw new Error("no members");
    await clusters.join(early, leader.id, NOW);
    const now = await cases.get(name, leader.id);
    if (!now) throw new Error("no case");
    await cases.decide(decide(now, decision("decision-1"), 1).case, 1, NOW);
    expect(await cases.owed(name, leader.id)).toMatchObject({ members: 2 });
    expect(await clusters.join(late, leader.id, NOW)).toEqual({ kind: "closed", opened: true });
    expect(await clusters.join(late, leader.id, NOW)).toEqual({ kind: "closed", opened: false });
    expect(await clusters.join(early, leader.id, NOW)).toEqual({ kind: "joined", opened: false });
    expect((await cases.get(name, late.id))?.state).toBe("open");
    expect(await cases.lane(name, "default", "medium", 9)).toMatchObject([{ id: late.id, cluster: { size: 1 } }]);
    expect(await clusters.members(name, leader.id, 9)).toHaveLength(1);
  });

  it("ends a cluster at its most", async () => {
    const { cases, clusters, table, name, leader, others } = await clusterOf(1);
    const [one] = others;
    if (!one) throw new Error("no member");
    const { UpdateCommand } = await import("@aws-sdk/lib-dynamodb");
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: `${name}#${leader.id}`, sk: "case" },
        UpdateExpression: "SET #size = :most",
        ExpressionAttributeNames: { "#size": "size" },
        ExpressionAttributeValues: { ":most": MOST_MEMBERS },
      }),
    );
    expect(await clusters.join(one, leader.id, NOW)).toEqual({ kind: "closed", opened: true });
    expect((await cases.get(name, leader.id))?.cluster?.size).toBe(MOST_MEMBERS);
  });

  it("counts the depth of a queue's lanes", async () => {
    const { table, name, waiting } = open();
    const depths = depthStore(table);
    const all = Array.from({ length: 9 }, (_, index) => waiting(`post-${index}`));
    await Promise.all(all.map((one) => depths.add(one, 1)));
    await depths.add(waiting("post-9", { lane: "high" }), 1);
    await Promise.all(all.slice(0, 2).map((one) => depths.add(one, -1)));
    expect(await depths.of(name, "default")).toEqual(
      new Map([
        ["medium", 7],
        ["high", 1],
      ]),
    );
    expect((await depths.of(name, "other")).size).toBe(0);
  });

  it("keeps a log by day and by case, the newest first, page by page", async () => {
    const { table, name, waiting } = open();
    const audit = auditStore(table);
    const { id } = waiting("post-1");
    const fact = (index: number) =>
      ({ actor: `key:${index}`, role: "moderator", action: "case.read", case: id }) as const;
    for (let index = 0; index < 5; index += 1) await audit.append(name, [fact(index)], at(index));
    await audit.append(name, [{ actor: "key:l", role: "lead", action: "queues.set" }], at(5));
    await audit.append(name, [fact(9)], at(60 * 24));
    const [newest, ...others] = await audit.ofDay(name, "2026-11-22", { limit: 3 });
    expect([newest, ...others].map((one) => one?.actor)).toEqual(["key:l", "key:4", "key:3"]);
    expect(newest).not.toHaveProperty("case");
    const rest = await audit.ofDay(name, "2026-11-22", { limit: 9, after: others[1]?.id });
    expect(rest.map(({ actor }) => actor)).toEqual(["key:2", "key:1", "key:0"]);
    expect((await audit.ofCase(name, id, { limit: 9 })).map(({ actor }) => actor)).toEqual([
      "key:9",
      "key:4",
      "key:3",
      "key:2",
      "key:1",
      "key:0",
    ]);
    expect(await audit.ofCase(`${name}x`, id, { limit: 9 })).toEqual([]);
  });

  it("keeps notes once each, in order, and forgets them", async () => {
    const { table, name, waiting } = open();
    const notes = caseNoteStore(table);
    const { id } = waiting("post-1");
    const note = (noteId: string, minutes: number) => ({
      id: noteId,
      by: "key:1",
      at: at(minutes).toISOString(),
      text: "sealed",
    });
    expect(await notes.add(name, id, note("b", 1))).toBe(true);
    expect(await notes.add(name, id, note("a", 2))).toBe(true);
    expect(await notes.add(name, id, note("b", 3))).toBe(false);
    expect((await notes.list(name, id)).map((one) => one.id)).toEqual(["b", "a"]);
    expect(await notes.get(name, id, "b")).toEqual(note("b", 1));
    await notes.forget(name, id);
    expect(await notes.list(name, id)).toEqual([]);
  });

  it("says who looks at a case, for a minute", async () => {
    const { table, name, waiting } = open();
    const presence = presenceStore(table);
    const { id } = waiting("post-1");
    await presence.look(name, id, "key:a", NOW);
    await presence.look(name, id, "key:b", at(0.9));
    expect((await presence.of(name, id, at(0.95))).map(({ by }) => by)).toEqual(["key:a", "key:b"]);
    expect((await presence.of(name, id, at(1.5))).map(({ by }) => by)).toEqual(["key:b"]);
  });

  it("replaces queues only by those who saw the newest", async () => {
    const name = tenant();
    const routings = routingStore(tables().directory);
    expect(await routings.get(name)).toEqual({ version: 0, queues: [] });
    const first = { version: 1, queues: [{ name: "turkish", rules: [{ languages: ["tr"] }] }] };
    expect(await routings.set(name, first)).toBe(true);
    expect(await routings.set(name, first)).toBe(false);
    expect(await routings.set(name, { ...first, version: 3 })).toBe(false);
    expect(await routings.set(name, { version: 2, queues: [] })).toBe(true);
    expect(await routings.get(name)).toEqual({ version: 2, queues: [] });
  });

  it("knows who works at the desk", async () => {
    const name = tenant();
    const members = memberStore(tables().directory);
    const ann: Member = { id: "key:0123456789ab", role: "moderator", languages: ["tr"], skills: [], queues: [] };
    expect(await members.set(name, ann)).toEqual({ ...ann, version: 1 });
    await members.set(name, { ...ann, id: "bob", role: "lead" });
    expect(await members.get(name, ann.id)).toEqual({ ...ann, version: 1 });
    expect((await members.list(name)).map(({ id }) => id)).toEqual(["bob", ann.id]);
    expect(await members.get(name, "nobody")).toBeUndefined();
  });

  it("replaces what is known of a member only by those who saw the newest", async () => {
    const name = tenant();
    const members = memberStore(tables().directory);
    const ann: Member = { id: "ann", role: "moderator", languages: [], skills: [], queues: [] };
    const made = await members.set(name, ann);
    if (!made) throw new Error("she was there before");
    expect(await members.set(name, { ...ann, role: "lead" })).toBeUndefined();
    const changes = await Promise.all(
      ["tr", "fi", "ar"].map((one) => members.set(name, { ...made, languages: [one] })),
    );
    const [won, ...others] = changes.filter((one) => one !== undefined);
    expect([won?.version, others]).toEqual([2, []]);
    expect(await members.get(name, "ann")).toEqual(won);
    await members.remove(name, "ann");
    expect(await members.set(name, { ...made, role: "admin" })).toBeUndefined();
  });
}
