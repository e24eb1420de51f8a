import { expect, it } from "vitest";
import { nextCase } from "../../../functions/claim-case/next-case.ts";
import { listQueues } from "../../../functions/list-queues/list-queues.ts";
import { type Case, caseIdOf } from "../../../shared/domain/case.ts";
import { NO_ROUTING } from "../../../shared/domain/routing.ts";
import { routingStore } from "../../../shared/store/routings.ts";
import { NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "../conformance/tables.ts";
import { deskWorld, minutesLater } from "./desk-world.ts";

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const problem = (code: string) => ({ ok: false, problem: { type: `urn:touchstone:problem:${code}` } });

/** What those who work at the desk can rely on. `tenant` gives a name that no other test uses; `settled` waits for the indexes. */
export function workSuite(tables: () => Tables, tenant: () => string, settled: () => Promise<void>): void {
  const open = (routing = { version: 1, queues: [] as { name: string; rules: object[]; skill?: string }[] }) =>
    deskWorld(tables(), tenant(), { routing });
  const takenBy = async (result: ReturnType<ReturnType<typeof open>["next"]>) => {
    const next = await result;
    if (!next.ok) throw new Error(next.problem.type);
    return next.value.case?.id;
  };

  const wait = async (desk: ReturnType<typeof open>, ...all: readonly Case[]) => {
    for (const one of all) await desk.cases.open(one);
    await settled();
  };

  it("next goes by severity class, then by waiting time, whatever the queue", async () => {
    const desk = open({ version: 1, queues: [{ name: "other", rules: [{ kinds: ["review"] }] }] });
    const [low, medium, older, severe] = [
      desk.waiting("low", { lane: "low" }, minutesLater(-300)),
      desk.waiting("medium", {}, minutesLater(-10)),
      desk.waiting("older", { queue: "other" }, minutesLater(-20)),
      desk.waiting("severe", { lane: "severe_safety" }, minutesLater(-1)),
    ];
    await wait(desk, low, medium, older, severe);
    const order = [];
    for (const _ of range(4)) order.push(await takenBy(desk.next(desk.caller("ann"))));
    // Among the first few of a lane anybody may be first.
    expect(order[0]).toBe(severe.id);
    expect(order.slice(1, 3).sort()).toEqual([older.id, medium.id].sort());
    expect(order[3]).toBe(low.id);
    expect(await takenBy(desk.next(desk.caller("ann")))).toBeUndefined();
  });

  it("next prefers the caller's languages, and lets nothing wait over half an hour for its language", async () => {
    const desk = open();
    await desk.member("ayla", { languages: ["tr"] });
    const turkish = desk.waiting("turkish", { language: "tr-TR" }, minutesLater(-5));
    const others = range(6).map((n) => desk.waiting(`de-${n}`, { language: "de" }, minutesLater(-20 + n)));
    await wait(desk, turkish, ...others);
    expect(await takenBy(desk.next(desk.caller("ayla")))).toBe(turkish.id);
    const old = desk.waiting("old", { language: "de" }, minutesLater(-40));
    const another = desk.waiting("another", { language: "tr" }, minutesLater(-1));
    await wait(desk, old, another);
    expect(await takenBy(desk.next(desk.caller("ayla")))).toBe(old.id);
    expect(await takenBy(desk.next(desk.caller("ayla")))).toBe(another.id);
  });

  it("next leaves a queue whose skill one lacks to those who have it", async () => {
    const desk = open({
      version: 1,
      queues: [{ name: "graphic", rules: [{ labels: ["graphic"] }], skill: "graphic" }],
    });
    await desk.member("bea", { skills: ["graphic"] });
    await desk.member("cem", { skills: ["graphic"], queues: ["default"] });
    const one = desk.waiting("graphic", { queue: "graphic", lane: "high" });
    await wait(desk, one);
    expect(await takenBy(desk.next(desk.caller("ann")))).toBeUndefined();
    expect(await takenBy(desk.next(desk.caller("cem")))).toBeUndefined();
    expect(await takenBy(desk.next(desk.caller("bea")))).toBe(one.id);
  });

  it("rules choose the queue of a flagged item, the first that fits; else the policy's", async () => {
    const desk = open({
      version: 1,
      queues: [
        { name: "insults", rules: [{ labels: ["insult"], languages: ["tr"] }] },
        { name: "brand", rules: [{ kinds: ["review"] }, { brands: ["acme-kettles"] }] },
      ],
    });
    const turkish = desk.verdict("a", { language: "tr", brandIds: ["acme-kettles"] });
    const branded = desk.verdict("b", { brandIds: ["acme-kettles"] });
    const plain = desk.verdict("c", { queue: "of-policy" });
    for (const one of [turkish, branded, plain]) await desk.flag(one);
    const queueOf = async ({ tenant: name, ref }: typeof plain) =>
      (await desk.cases.get(name, caseIdOf(name, ref)))?.queue;
    expect([await queueOf(turkish), await queueOf(branded), await queueOf(plain)]).toEqual([
      "insults",
      "brand",
      "of-policy",
    ]);
  });

  it("a claim by hand is logged with whether others were passed over", async () => {
    const desk = open();
    const all = range(3).map((n) => desk.waiting(`post-${n}`, {}, minutesLater(n - 10)));
    await wait(desk, ...all);
    const [first, second, third] = all.map(({ id }) => id) as [string, string, string];
    await desk.claim(desk.caller("ann"), third);
    await desk.claim(desk.caller("ann"), first);
    await desk.extend(desk.caller("ann"), first);
    await desk.claim(desk.caller("bob"), second);
    const name = all[0]?.tenant ?? "";
    const turns = async (id: string) =>
      (await desk.audit.ofCase(name, id, { limit: 9 })).map(({ actor, facts }) => `${actor} ${facts?.turn}`);
    expect([await turns(third), await turns(first), await turns(second)]).toEqual([
      ["key:ann jumped"],
      ["key:ann first"],
      ["key:bob first"],
    ]);
  });

  it("a case is handed to a member by who holds it, or by a lead, and given back", async () => {
    const desk = open();
    const one = desk.waiting("post-1");
    await desk.cases.open(one);
    await desk.member("bob");
    await desk.member("eve", { role: "auditor" });
    const [ann, bob, lead] = [desk.caller("ann"), desk.caller("bob"), desk.caller("lia", "lead")];
    expect(await desk.transfer(ann, one.id, "key:bob")).toMatchObject(problem("case_changed"));
    await desk.claim(ann, one.id);
    expect(await desk.transfer(ann, one.id, "key:nobody")).toMatchObject(problem("no_such_member"));
    expect(await desk.transfer(ann, one.id, "key:eve")).toMatchObject(problem("no_such_member"));
    const nothing = { languages: [], skills: [], queues: [] };
    await desk.members.set(one.tenant, { id: "gone", role: "moderator", ...nothing, suspended: true });
    expect(await desk.transfer(ann, one.id, "gone")).toMatchObject(problem("no_such_member"));
    expect(await desk.transfer(bob, one.id, "key:bob")).toMatchObject(problem("case_claimed"));
    expect(await desk.transfer(ann, one.id, "key:bob")).toMatchObject({
      ok: true,
      value: { claim: { by: "key:bob" } },
    });
    expect(await desk.release(ann, one.id)).toMatchObject(problem("case_claimed"));
    expect(await desk.claim(bob, one.id, minutesLater(59))).toMatchObject({ ok: true });
    await desk.claim(ann, one.id, minutesLater(80));
    expect(await desk.transfer(lead, one.id, "key:bob", minutesLater(81))).toMatchObject({ ok: true });
    const released = await desk.release(bob, one.id, minutesLater(82));
    expect(released.ok && released.value).not.toHaveProperty("claim");
    expect(await desk.release(bob, one.id, minutesLater(82))).toMatchObject({ ok: true });
    const log = await desk.audit.ofCase(one.tenant, one.id, { limit: 20 });
    expect(log.filter(({ action }) => action === "case.transferred")).toHaveLength(2);
  });

  it("an escalated case waits for seniors, and its escalation can be undone", async () => {
    const desk = open();
    const one = desk.waiting("post-1", { queue: "default" });
    await wait(desk, one);
    const [ann, sam] = [desk.caller("ann"), desk.caller("sam", "senior")];
    expect(await desk.decide(ann, one.id, 1, { id: "escalating-1", outcome: "escalate" })).toMatchObject({
      ok: true,
      value: { state: "open", version: 2, decision: { outcome: "escalate" } },
    });
    expect(desk.messages()).toMatchObject([{ decision: { outcome: "escalate" }, version: 2 }]);
    expect(await takenBy(desk.next(ann))).toBeUndefined();
    expect(await desk.next(ann, NOW, "escalations")).toMatchObject(problem("forbidden"));
    expect(await desk.claim(ann, one.id)).toMatchObject(problem("forbidden"));
    expect(await desk.decide(ann, one.id, 2)).toMatchObject(problem("forbidden"));
    expect(await desk.decide(sam, one.id, 2, { outcome: "escalate" })).toMatchObject(problem("case_escalated"));
    expect(await desk.undo(ann, one.id, "escalating-1")).toMatchObject({ ok: true, value: { queue: "default" } });
    await desk.decide(ann, one.id, 3, { outcome: "escalate" });
    await settled();
    expect(await takenBy(desk.next(sam))).toBe(one.id);
    expect(await desk.decide(sam, one.id, 4, { outcome: "correct", labels: ["insult"] })).toMatchObject({
      ok: true,
      value: { state: "decided", decision: { labels: ["insult"] } },
    });
    expect(desk.messages().at(-1)).toMatchObject({ decision: { outcome: "correct", labels: ["insult"] }, version: 5 });
  });

  it("next gives nobody a case that was passed on while the index still shows it where it was", async () => {
    const desk = open();
    const [first, second] = [
      desk.waiting("post-1", {}, minutesLater(-9)),
      desk.waiting("post-2", {}, minutesLater(-8)),
    ];
    await wait(desk, first, second);
    const shown = await desk.claims.free(first.tenant, "default", "medium", 9, NOW);
    expect(shown.map(({ id }) => id)).toEqual([first.id, second.id]);
    await desk.decide(desk.caller("bob"), first.id, 1, { outcome: "escalate" });
    const lagging = { ...desk.claims, free: async (...[, , lane]: unknown[]) => (lane === "medium" ? shown : []) };
    const next = nextCase({ ...desk, claims: lagging, routingOf: async () => NO_ROUTING, random: () => 0 });
    const asked = { caller: desk.caller("ann"), params: {}, query: {}, body: { minutes: 10 }, now: NOW };
    expect(await takenBy(next(asked))).toBe(second.id);
    expect(await desk.cases.get(first.tenant, first.id)).not.toHaveProperty("claim");
  });

  it("a decision is undone by who made it or a lead, within ten minutes, once and for all who ask twice", async () => {
    const desk = open();
    const one = desk.waiting("post-1");
    await desk.cases.open(one);
    const [ann, bob, lead] = [desk.caller("ann"), desk.caller("bob"), desk.caller("lia", "lead")];
    await desk.decide(ann, one.id, 1, { id: "decision-a" });
    expect(await desk.undo(bob, one.id, "decision-a")).toMatchObject(problem("forbidden"));
    expect(await desk.undo(ann, one.id, "decision-x")).toMatchObject(problem("case_changed"));
    expect(await desk.undo(ann, one.id, "decision-a", minutesLater(10.1))).toMatchObject({
      ok: false,
      problem: { type: "urn:touchstone:problem:undo_over", current: { state: "decided", decidedBy: "key:ann" } },
    });
    expect(await desk.undo(lead, one.id, "decision-a", minutesLater(9))).toMatchObject({
      ok: true,
      value: { state: "open", version: 3 },
    });
    expect(await desk.undo(ann, one.id, "decision-a", minutesLater(9))).toMatchObject({
      ok: true,
      value: { version: 3 },
    });
    expect(desk.messages().map(({ event, version }) => [event, version])).toEqual([
      ["decision.made", 2],
      ["decision.undone", 3],
    ]);
    const log = await desk.audit.ofCase(one.tenant, one.id, { limit: 20 });
    expect(log.map(({ action, actor }) => [action, actor]).sort()).toEqual([
      ["case.decided", "key:ann"],
      ["case.undone", "key:lia"],
    ]);
  });

  it("a decided case is opened again for a reason, and stands where it stood", async () => {
    const desk = open();
    const one = desk.waiting("post-1");
    await desk.cases.open(one);
    await desk.decide(desk.caller("ann"), one.id, 1);
    const sam = desk.caller("sam", "senior");
    expect(await desk.reopen(sam, one.id, 1)).toMatchObject(problem("case_changed"));
    const late = minutesLater(60 * 24 * 30);
    for (const _ of range(2))
      expect(await desk.reopen(sam, one.id, 2, late)).toMatchObject({ ok: true, value: { state: "open", version: 3 } });
    expect(desk.messages().at(-1)).toMatchObject({ event: "case.reopened", version: 3, decision: { by: "key:ann" } });
    expect(desk.messages()).toHaveLength(2);
    expect(await desk.cases.get(one.tenant, one.id)).toMatchObject({ state: "open", openedAt: one.openedAt });
    expect(await desk.decide(desk.caller("bob"), one.id, 3)).toMatchObject({ ok: true });
  });

  it("one judgement for many cases gives each its own result, and the same request again changes nothing", async () => {
    const desk = open();
    const all = range(30).map((n) => desk.waiting(`post-${n}`));
    for (const one of all) await desk.cases.open(one);
    const [decided, held, stale] = all.map(({ id }) => id) as [string, string, string];
    await desk.decide(desk.caller("bob"), decided, 1);
    await desk.claim(desk.caller("bob"), held);
    const chosen = [
      ...all.map(({ id }) => ({ id, version: id === stale ? 7 : 1 })),
      { id: "x".repeat(22), version: 1 },
    ];
    const expected = all.map(({ id }) => {
      const code = { [decided]: "case_decided", [held]: "case_claimed", [stale]: "case_changed" }[id];
      if (!code) return { status: "decided", id, version: 2, decision: `bulk-0001-${id}` };
      return { status: "refused", id, problem: { type: `urn:touchstone:problem:${code}` } };
    });
    for (const _ of range(2)) {
      const result = await desk.many(desk.caller("ann"), chosen);
      expect(result).toMatchObject({
        ok: true,
        value: { results: [...expected, { status: "refused", problem: { status: 404 } }] },
      });
    }
    expect(desk.messages()).toHaveLength(28);
  });

  it("one correction of many cases gives all of them the same labels", async () => {
    const desk = open();
    const all = range(3).map((n) => desk.waiting(`post-${n}`));
    await wait(desk, ...all);
    const chosen = all.map(({ id }) => ({ id, version: 1 }));
    expect(await desk.many(desk.caller("ann"), chosen, { outcome: "correct", labels: ["insult"] })).toMatchObject({
      ok: true,
    });
    for (const { tenant: name, id } of all)
      expect(await desk.cases.get(name, id)).toMatchObject({ decision: { outcome: "correct", labels: ["insult"] } });
    expect(desk.messages().map(({ decision }) => decision.labels)).toEqual([["insult"], ["insult"], ["insult"]]);
  });

  it("shows queues with how many wait in each lane and for how long", async () => {
    const desk = open();
    const verdicts = range(70).map((n) => desk.verdict(`post-${n}`, n === 0 ? { lane: "high" } : {}));
    for (const [index, one] of verdicts.entries()) await desk.flag(one, minutesLater(index));
    const name = verdicts[0]?.tenant ?? "";
    const routings = routingStore(tables().directory);
    await routings.set(name, { version: 1, queues: [{ name: "turkish", rules: [{ languages: ["tr"] }] }] });
    await settled();
    const list = listQueues({ routings, depths: desk.depths, claims: desk.claims });
    const shown = await list({
      caller: desk.caller("ann"),
      params: {},
      query: {},
      body: undefined as never,
      now: minutesLater(70),
    });
    expect(shown).toMatchObject({
      ok: true,
      value: {
        version: 1,
        queues: [
          { name: "turkish" },
          {
            name: "default",
            lanes: [
              { lane: "severe_safety", waiting: 0 },
              { lane: "high", waiting: 1, oldestSeconds: 4_200 },
              { lane: "medium", waiting: 69, oldestSeconds: 4_140 },
              { lane: "low", waiting: 0 },
            ],
          },
          { name: "escalations" },
        ],
      },
    });
  });
}
