import { describe, expect, it } from "vitest";
import { PROBLEMS } from "../../../shared/contracts/problem.ts";
import { REFUSALS, ROLES } from "../../../shared/domain/tenant.ts";
import { callerOf } from "../../../shared/runtime/caller.ts";

const caller = { tenant: "acme", actor: "key:0123456789ab", role: "platform" } as const;
const forPlatforms = { callers: ["platform"] } as const;
const problem = (context: Record<string, string> | null | undefined) => {
  const found = callerOf(forPlatforms, context);
  return "refused" in found ? found.refused : undefined;
};

describe("who calls", () => {
  it("is who the authoriser verified, and nothing else that came along", () => {
    expect(callerOf(forPlatforms, { ...caller, more: "x" })).toEqual({ caller });
  });

  it.each(REFUSALS)("%s is answered with its own problem and a fix", (refusal) => {
    expect(problem({ refusal })).toMatchObject({
      type: `urn:touchstone:problem:${refusal}`,
      status: PROBLEMS[refusal][0],
      errors: [{ pointer: expect.stringMatching(/^header:/), fix: expect.stringMatching(/./) }],
    });
  });

  it("is told the code by which they can become a member, and only then", () => {
    const subject = "0".repeat(64);
    expect(problem({ refusal: "not_a_member", subject })).toMatchObject({ status: 403, subject });
    expect(problem({ refusal: "invalid_token" })).not.toHaveProperty("subject");
  });

  it.each(ROLES.filter((role) => role !== "platform"))("a %s may not call a platform's route", (role) => {
    expect(problem({ ...caller, role })).toMatchObject({ status: 403, type: "urn:touchstone:problem:forbidden" });
  });

  it.each([
    ["no context", undefined],
    ["a null context", null],
    ["an empty context", {}],
    ["an unknown refusal", { refusal: "sorry" }],
    ["an unknown role", { ...caller, role: "root" }],
    ["no tenant", { actor: caller.actor, role: "platform" }],
    ["a tenant that reaches into another key", { ...caller, tenant: "acme#x" }],
    ["no name", { ...caller, actor: "" }],
  ])("%s lets nobody in", (_, context) => {
    expect(problem(context as Record<string, string>)).toMatchObject({ status: 401 });
  });

  it("is nobody on a public route, whatever came along", () => {
    expect(callerOf({ callers: "public" }, undefined)).toEqual({ caller: undefined });
    expect(callerOf({ callers: "public" }, caller)).toEqual({ caller: undefined });
  });
});
