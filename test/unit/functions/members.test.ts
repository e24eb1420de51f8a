import { beforeEach, describe, expect, it } from "vitest";
import { createKey, listKeys, revokeKey } from "../../../functions/keys/keep-keys.ts";
import { whoIsIt } from "../../../functions/me/who-is-it.ts";
import { removeMember } from "../../../functions/members/remove-member.ts";
import { setMember } from "../../../functions/members/set-member.ts";
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
beforeEach(() => {
  desk = memoryMembers("acme", ada, mona);
  audit = memoryAudit();
});

describe("setting a member", () => {
  const set = (body: Member) => setMember({ ...desk, audit })({ ...request, body });
  const code = (answer: Awaited<ReturnType<typeof set>>) => (answer.ok ? "ok" : answer.problem.type.split(":").at(-1));

  it("ties who signs in to them, and unties who they were before", async () => {
    expect(await set({ ...mona, subject: "c".repeat(64) })).toMatchObject({ ok: true });
    expect([...desk.tied.keys()]).toEqual(["a".repeat(64), "c".repeat(64)]);
    const { subject: _, ...unknown } = mona;
    await set(unknown);
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

  it("is logged without what anybody is called elsewhere", async () => {
    await set({ ...mona, suspended: true });
    expect(audit.entries).toMatchObject([
      { actor: "ada", action: "member.set", facts: { member: "mona", role: "moderator", signsIn: "suspended" } },
    ]);
    expect(JSON.stringify(audit.entries)).not.toContain(mona.subject);
  });
});

describe("removing a member", () => {
  const remove = (id: string) => removeMember({ ...desk, audit })({ ...request, params: { id }, body: {} });

  it("lets who signed in as them become another", async () => {
    expect(await remove("mona")).toMatchObject({ ok: true });
    expect(await desk.members.get("acme", "mona")).toBeUndefined();
    expect(desk.tied.has(mona.subject ?? "")).toBe(false);
    expect(audit.entries).toMatchObject([{ action: "member.removed", facts: { member: "mona" } }]);
  });

  it("is not for oneself, nor for nobody", async () => {
    expect(await remove("ada")).toMatchObject({ ok: false, problem: { status: 409 } });
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

  it("that are not the tenant's cannot be revoked", async () => {
    const answer = await revokeKey({ keys, audit })({ ...request, params: { id: "0123456789ab" }, body: {} });
    expect([answer.ok, audit.entries]).toEqual([false, []]);
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
