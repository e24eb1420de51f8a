import { beforeEach, describe, expect, it } from "vitest";
import { createKey, listKeys, revokeKey } from "../../../functions/keys/keep-keys.ts";
import { whoIsIt } from "../../../functions/me/who-is-it.ts";
import { removeMember } from "../../../functions/members/remove-member.ts";
import { setMember } from "../../../functions/members/set-member.ts";
import type { Rights } from "../../../shared/alerts/end-ownership.ts";
import type { ApiKey } from "../../../shared/domain/api-key.ts";
import { type Member, member } from "../../../shared/domain/member.ts";
import type { Caller } from "../../../shared/domain/tenant.ts";
import type { ApiKeys } from "../../../shared/store/api-keys.ts";
import { NOW } from "../domain/examples.ts";
import { memoryAudit } from "./desk-ports.ts";
import { type MemoryMembers, memoryMembers, person } from "./member-ports.ts";

const ada = person("ada", "a", { role: "admin" });
const mona = person("mona", "b");
const ADA: Caller = { tenant: "acme", actor: "ada", role: "admin" };
const request = { query: {}, params: {}, now: NOW, caller: ADA };

let desk: MemoryMembers;
let audit: ReturnType<typeof memoryAudit>;
/** Whose subscriptions were looked at, and for which rights. */
let ended: [string, string | undefined][];
const endOwnership = async (_: Caller, actor: string, rights: Rights) => {
  ended.push([actor, rights && [rights.role, ...(rights.brands ?? [])].join(" ")]);
};
beforeEach(() => {
  desk = memoryMembers("acme", ada, mona);
  audit = memoryAudit();
  ended = [];
});

describe("setting a member", () => {
  const set = (body: Member) => setMember({ ...desk, audit, endOwnership })({ ...request, body });
  const stored = () => desk.members.get("acme", "mona");
  const code = (answer: Awaited<ReturnType<typeof set>>) => (answer.ok ? "ok" : answer.problem.type.split(":").at(-1));

  it("ties who signs in to them, and unties who they were before", async () => {
    expect(await set({ ...mona, subject: "c".repeat(64) })).toMatchObject({ ok: true });
    expect([...desk.tied.keys()]).toEqual(["a".repeat(64), "c".repeat(64)]);
    const { subject: _, ...unknown } = mona;
    await set({ ...unknown, version: 1 });
    expect([...desk.tied.keys()]).toEqual(["a".repeat(64)]);
  });

  it("is refused where whoever signs in is somebody else, here or at another tenant", async () => {
    desk.tied.set("d".repeat(64), { tenant: "umbrella", member: "mona" });
    for (const letter of ["a", "d"])
      expect(code(await set({ ...mona, subject: letter.repeat(64) }))).toBe("subject_taken");
    expect(await desk.members.get("acme", "mona")).toEqual(mona);
    expect(audit.entries).toEqual([]);
  });

  it("takes over what a change that was cut short left behind", async () => {
    desk.tied.set("e".repeat(64), { tenant: "acme", member: "never-made" });
    expect(code(await set({ ...mona, subject: "e".repeat(64) }))).toBe("ok");
    expect(desk.tied.get("e".repeat(64))).toEqual({ tenant: "acme", member: "mona" });
  });

  it.each([
    ["lower one's own role", { role: "moderator" }],
    ["suspend oneself", { suspended: true }],
    ["lock oneself out", { subject: "f".repeat(64) }],
  ] as const)("does not let an admin %s", async (_, change) => {
    expect(code(await set({ ...ada, ...change }))).toBe("own_membership");
  });

  it("lets an admin change one's own languages", async () => {
    expect(code(await set({ ...ada, languages: ["fi"] }))).toBe("ok");
  });

  it("leaves subscriptions what the member may still hear, and a key's to the key", async () => {
    await set({ ...mona, role: "brand", brands: ["kettles"] });
    await set({ ...mona, version: 1, suspended: true });
    const { subject: _, ...none } = mona;
    await set({ ...none, id: "key:0123456789ab" });
    expect(ended).toEqual([
      ["mona", "brand kettles"],
      ["mona", undefined],
    ]);
  });

  it("is refused to whoever did not see what holds now, and changes nothing", async () => {
    await set({ ...mona, skills: ["graphic"] });
    expect(await stored()).toMatchObject({ skills: ["graphic"], version: 1 });
    for (const version of [undefined, 0, 2])
      expect(code(await set({ ...mona, ...(version !== undefined && { version }), suspended: true }))).toBe(
        "member_changed",
      );
    expect(await stored()).not.toHaveProperty("suspended");
    expect(code(await set({ ...mona, id: "noor", subject: "c".repeat(64), version: 4 }))).toBe("member_changed");
    expect([...desk.tied.keys()]).toEqual(["a".repeat(64), "b".repeat(64)]);
    expect(audit.entries).toHaveLength(1);
  });

  it("sent again is done again to its end", async () => {
    const change = { ...mona, suspended: true };
    const once = await set(change);
    expect(await set(change)).toEqual(once);
    expect(ended).toHaveLength(2);
    expect(await stored()).toMatchObject({ version: 1 });
  });

  it("that loses to another in the last moment leaves whoever signs in as the other said", async () => {
    const { members, ...others } = desk;
    const winner = { ...mona, role: "lead", version: 1 } as const;
    const faster = {
      ...members,
      async set() {
        desk.put("acme", winner);
        return undefined;
      },
    };
    const answer = await setMember({ ...others, members: faster, audit, endOwnership })({
      ...request,
      body: { ...mona, subject: "c".repeat(64) },
    });
    expect(code(answer)).toBe("member_changed");
    expect(desk.tied.get("b".repeat(64))).toEqual({ tenant: "acme", member: "mona" });
    expect(desk.tied.has("c".repeat(64))).toBe(false);
    expect([ended, audit.entries]).toEqual([[], []]);
  });

  it("is logged without what anybody is called elsewhere", async () => {
    await set({ ...mona, suspended: true });
    expect(audit.entries).toMatchObject([
      { actor: "ada", action: "member.set", facts: { member: "mona", role: "moderator", signsIn: "suspended" } },
    ]);
    expect(JSON.stringify(audit.entries)).not.toContain(mona.subject);
  });
});

describe("removing a member", () => {
  const remove = (id: string) =>
    removeMember({ ...desk, audit, endOwnership })({ ...request, params: { id }, body: {} });

  it("lets who signed in as them become another", async () => {
    expect(await remove("mona")).toMatchObject({ ok: true });
    expect(await desk.members.get("acme", "mona")).toBeUndefined();
    expect(desk.tied.has(mona.subject ?? "")).toBe(false);
    expect(audit.entries).toMatchObject([{ action: "member.removed", facts: { member: "mona" } }]);
  });

  it("lets go of their subscriptions, again where it was cut short before", async () => {
    await remove("mona");
    expect(await remove("mona")).toMatchObject({ problem: { status: 404 } });
    expect(ended).toEqual([
      ["mona", undefined],
      ["mona", undefined],
    ]);
  });

  it("is not for oneself, nor for nobody", async () => {
    expect(await remove("ada")).toMatchObject({ ok: false, problem: { status: 409 } });
    expect(ended).toEqual([]);
    expect(await remove("mallory")).toMatchObject({ ok: false, problem: { status: 404 } });
    expect(audit.entries).toEqual([]);
  });
});

describe("what a member may be", () => {
  const faults = (more: Partial<Member>) =>
    member.safeParse({ ...mona, ...more }).error?.issues.map(({ path }) => path.join("."));

  it.each<[string, Partial<Member>, string[] | undefined]>([
    ["a person", {}, undefined],
    ["a brand with brands", { role: "brand", brands: ["kettles"] }, undefined],
    ["a brand without", { role: "brand" }, ["brands"]],
    ["a moderator with brands", { brands: ["kettles"] }, ["brands"]],
    ["a person who is a platform", { role: "platform" }, ["role"]],
    ["a key that signs in", { id: "key:0123456789ab" }, ["subject"]],
    ["a subject that is none", { subject: "mona@example.org" }, ["subject"]],
  ])("%s", (_, more, expected) => expect(faults(more)).toEqual(expected));
});

describe("keys", () => {
  let rows: ApiKey[];
  const keys: Pick<ApiKeys, "list" | "add" | "revoke"> = {
    list: async () => rows,
    add: async (made) => void rows.push(made),
    revoke: async (_, id) => rows.some((row) => row.id === id),
  };
  beforeEach(() => {
    rows = [];
  });

  it("are shown once, when they are made, and listed without what they are", async () => {
    const made = await createKey({ keys, audit })({
      ...request,
      body: { role: "brand", brands: ["kettles"], days: 2 },
    });
    const { token, key } = made.ok ? made.value : { token: "", key: undefined };
    expect(token).toMatch(/^ts_acme_[0-9a-f]{12}_/);
    expect(key).toMatchObject({
      role: "brand",
      brands: ["kettles"],
      expiresAt: new Date(+NOW + 172_800_000).toISOString(),
    });
    const listed = await listKeys({ keys })({ ...request, body: undefined });
    expect(listed).toEqual({ ok: true, value: { keys: [key] } });
    expect(JSON.stringify([listed, audit.entries])).not.toContain(rows[0]?.secretHash);
    expect(audit.entries).toMatchObject([{ action: "key.created", facts: { key: `key:${key?.id}`, role: "brand" } }]);
  });

  it("that are revoked leave their subscriptions behind", async () => {
    const made = await createKey({ keys, audit })({ ...request, body: { role: "platform" } });
    const id = made.ok ? made.value.key.id : "";
    expect(await revokeKey({ keys, audit, endOwnership })({ ...request, params: { id }, body: {} })).toMatchObject({
      ok: true,
    });
    expect(ended).toEqual([[`key:${id}`, undefined]]);
  });

  it("that are not the tenant's cannot be revoked", async () => {
    const answer = await revokeKey({ keys, audit, endOwnership })({
      ...request,
      params: { id: "0123456789ab" },
      body: {},
    });
    expect([answer.ok, audit.entries, ended]).toEqual([false, [], []]);
  });
});

describe("who one is", () => {
  const me = (caller: Caller) => whoIsIt(desk.members)({ ...request, caller, body: undefined });

  it("says what the directory knows of a member", async () => {
    const caller: Caller = { tenant: "acme", actor: "mona", role: "moderator" };
    const known = { languages: ["en"], skills: [], queues: [] };
    expect(await me(caller)).toEqual({ ok: true, value: { tenant: "acme", id: "mona", role: "moderator", ...known } });
  });

  it("says of a key what the key says", async () => {
    const caller: Caller = { tenant: "acme", actor: "key:0123456789ab", role: "brand", brands: ["kettles"] };
    expect(await me(caller)).toMatchObject({
      ok: true,
      value: { id: caller.actor, brands: ["kettles"], languages: [] },
    });
  });
});
