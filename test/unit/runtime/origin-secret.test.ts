import { describe, expect, it } from "vitest";
import { originCheck } from "../../../shared/runtime/origin-secret.ts";

describe("the origin check", () => {
  it("lets everything through where no secret is configured", () => {
    for (const environment of [{}, { ORIGIN_SECRET: "", ORIGIN_SECRET_NEXT: "" }])
      for (const header of [undefined, "", "anything"]) expect(originCheck(environment)(header)).toBe(true);
  });

  const check = originCheck({ ORIGIN_SECRET: "in-use", ORIGIN_SECRET_NEXT: "following" });

  it("takes the secret in use and the one that follows it", () => {
    expect([check("in-use"), check("following")]).toEqual([true, true]);
  });

  it.each([undefined, "", "in-us", "in-use ", "IN-USE", "in-use,following", "in-use\0"])("refuses %j", (header) => {
    expect(check(header)).toBe(false);
  });

  it("takes no empty header where only one secret is configured", () => {
    const one = originCheck({ ORIGIN_SECRET: "in-use", ORIGIN_SECRET_NEXT: "" });
    expect([one(""), one(undefined), one("in-use")]).toEqual([false, false, true]);
  });
});
