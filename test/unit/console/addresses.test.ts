import { describe, expect, it } from "vitest";
import { refusedBy, troubled } from "../../../console/api/answered.ts";
import { addressOf } from "../../../console/api/call.ts";
import { clockTime, duration } from "../../../console/parts/duration.ts";
import { mayCall } from "../../../console/session/may-call.ts";

describe("addressOf", () => {
  it("fills places, leaves undefined fields out, and escapes both", () => {
    expect(addressOf("/v1/cases/{id}", { id: "a/b?c" })).toBe("/v1/cases/a%2Fb%3Fc");
    expect(addressOf("/v1/cases", {}, { queue: "x & y", lane: undefined })).toBe("/v1/cases?queue=x+%26+y");
    expect(() => addressOf("/v1/cases/{id}", {})).toThrow("needs id");
  });
});

describe("refusedBy", () => {
  it("takes the code out of a problem document, and trouble where it is none", () => {
    const problem = { type: "urn:touchstone:problem:case_claimed", title: "Held", status: 409, detail: "By malik." };
    expect(refusedBy(problem, 409)).toEqual({ ok: false, code: "case_claimed", status: 409, problem });
    for (const body of [null, "no", {}, { type: "about:blank", title: "x" }])
      expect(refusedBy(body, 502)).toEqual({ ...troubled("broken_answer"), status: 502 });
  });
});

describe("durations", () => {
  it("says the largest unit", () => {
    expect([0, 59, 60, 3_599, 3_600, 200_000].map(duration)).toEqual(["0 s", "59 s", "1 min", "59 min", "1 h", "2 d"]);
    expect(duration(-5)).toBe("0 s");
  });
  it("shows what is left as a clock does", () => {
    expect([-1, 5, 65, 3_723].map(clockTime)).toEqual(["0:00", "0:05", "1:05", "1:02:03"]);
  });
});

describe("mayCall", () => {
  it("asks the contracts", () => {
    expect(mayCall("moderator", "decide")).toBe(true);
    expect(mayCall("auditor", "decide")).toBe(false);
    expect(mayCall("auditor", "health")).toBe(true);
  });
});
