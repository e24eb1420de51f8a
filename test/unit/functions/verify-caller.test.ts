import { beforeEach, describe, expect, it } from "vitest";
import { type VerifyCaller, verifyCaller } from "../../../functions/authorise/verify-caller.ts";
import { type ApiKey, mintKey } from "../../../shared/domain/api-key.ts";
import { NOW } from "../domain/examples.ts";
import { type MemoryMembers, memoryMembers, person } from "./member-ports.ts";

const { key, token } = mintKey("acme", "moderator", NOW);
const asked: string[] = [];
beforeEach(() => {
  asked.length = 0;
});

const keysWith = (stored: ApiKey | undefined): VerifyCaller["keys"] => ({
  get: async (tenant, id) => {
    asked.push(`${tenant}#${id}`);
    return stored;
  },
});
const down: VerifyCaller["verifyToken"] = async () => ({ refusal: "sign_in_unavailable" });
const verify = (stored: ApiKey | undefined, more: Partial<VerifyCaller> = {}) =>
  verifyCaller({ keys: keysWith(stored), ...memoryMembers("acme"), verifyToken: down, ...more });

describe("a key", () => {
  it("is looked up afresh for each request", async () => {
    const check = verify(key);
    for (let round = 0; round < 2; round += 1)
      expect(await check(`Bearer ${token}`, NOW)).toEqual({
        tenant: "acme",
        actor: `key:${key.id}`,
        role: "moderator",
      });
    expect(asked).toEqual(Array(2).fill(`acme#${key.id}`));
  });

  it("lets in while nobody can sign in", async () => {
    expect(await verify(key)("Bearer aa.bb.cc", NOW)).toEqual({ refusal: "sign_in_unavailable" });
    expect(await verify(key)(`Bearer ${token}`, NOW)).toMatchObject({ role: "moderator" });
  });

  it("is not looked up for what is none", async () => {
    expect(await verify(key)(undefined, NOW)).toEqual({ refusal: "missing_key" });
    expect(await verify(key)("Bearer x", NOW)).toEqual({ refusal: "malformed_key" });
    expect(asked).toEqual([]);
  });

  it("lets nobody in that is unknown or revoked", async () => {
    expect(await verify(undefined)(`Bearer ${token}`, NOW)).toEqual({ refusal: "unknown_key" });
    expect(await verify({ ...key, revokedAt: NOW.toISOString() })(`Bearer ${token}`, NOW)).toEqual({
      refusal: "revoked_key",
    });
  });
});

describe("somebody who signed in", () => {
  const mona = person("mona", "a");
  let desk: MemoryMembers;
  let enter: (subject?: string) => ReturnType<ReturnType<typeof verifyCaller>>;
  beforeEach(() => {
    desk = memoryMembers("acme", mona, person("bruno", "b", { role: "brand", brands: ["kettles"] }));
    enter = (subject = mona.subject ?? "") =>
      verify(undefined, { ...desk, verifyToken: async () => ({ subject }) })("Bearer aa.bb.cc", NOW);
  });

  it("acts under their member's id, with the role that the directory says", async () => {
    expect(await enter()).toEqual({ tenant: "acme", actor: "mona", role: "moderator" });
    desk.put("acme", { ...mona, role: "lead" });
    expect(await enter()).toMatchObject({ role: "lead" });
  });

  it("sees as a brand what concerns its brands", async () => {
    expect(await enter("b".repeat(64))).toEqual({ tenant: "acme", actor: "bruno", role: "brand", brands: ["kettles"] });
  });

  it("and is no member is told by which code they can become one", async () => {
    expect(await enter("c".repeat(64))).toEqual({ refusal: "not_a_member", subject: "c".repeat(64) });
  });

  it("is out with the next request once removed", async () => {
    await desk.members.remove("acme", "mona");
    expect(await enter()).toMatchObject({ refusal: "not_a_member" });
  });

  it("is out with the next request once suspended, and back once no longer", async () => {
    desk.put("acme", { ...mona, suspended: true });
    expect(await enter()).toEqual({ refusal: "member_suspended" });
    desk.put("acme", mona);
    expect(await enter()).toHaveProperty("role");
  });

  it("is nobody where only one of the two rows says who they are", async () => {
    desk.put("acme", { ...mona, subject: "d".repeat(64) });
    expect(await enter()).toMatchObject({ refusal: "not_a_member" });
    expect(await enter("d".repeat(64))).toMatchObject({ refusal: "not_a_member" });
  });

  it("is a member of one tenant, whatever another tenant's row says", async () => {
    desk.put("umbrella", { ...mona, role: "admin" });
    expect(await enter()).toMatchObject({ tenant: "acme", role: "moderator" });
  });

  it.each(["invalid_token", "expired_token", "sign_in_unavailable"] as const)("with %s is told so", async (refusal) => {
    const check = verify(key, { ...desk, verifyToken: async () => ({ refusal }) });
    expect(await check("Bearer aa.bb.cc", NOW)).toEqual({ refusal });
  });
});
