import { describe, expect, it } from "vitest";
import { REFUSALS, ROLES } from "../../../shared/domain/tenant.ts";
import { callerOf } from "../../../shared/runtime/caller.ts";

const caller = { tenant: "acme", keyId: "0123456789ab", role: "platform" } as const;
const forPlatforms = { callers: ["platform"] } as const;
const problem = (context: Record<string, string> | null | undefined) => {
  const found = callerOf(forPlatforms, context);
  return "refused" in found ? found.refused : undefined;
};

describe("who calls", () => {
  it("is who the authoriser verified, and nothing else that came along", () => {
    expect(callerOf(forPlatforms, { ...caller, more: "x" })).toEqual({ caller });
  });

  it.each(REFUSALS)("%s is answered with 401, its own problem and a fix", (refusal) => {
    expect(problem({ refusal })).toMatchObject({
      type: `urn:touchstone:problem:${refusal}`,
      status: 401,
      errors: [{ pointer: "header:authorization", fix: expect.stringMatching(/./) }],
    });
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
    ["no tenant", { keyId: caller.keyId, role: "platform" }],
    ["a tenant that reaches into another key", { ...caller, tenant: "acme#x" }],
    ["no key", { ...caller, keyId: "" }],
  ])("%s lets nobody in", (_, context) => {
    expect(problem(context as Record<string, string>)).toMatchObject({ status: 401 });
  });

  it("is nobody on a public route, whatever came along", () => {
    expect(callerOf({ callers: "public" }, undefined)).toEqual({ caller: undefined });
    expect(callerOf({ callers: "public" }, caller)).toEqual({ caller: undefined });
  });
});
