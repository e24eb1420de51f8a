import { describe, expect, it } from "vitest";
import { routes } from "../../../shared/contracts/routes.ts";
import { callerOf } from "../../../shared/runtime/caller.ts";

describe("a request past the edge", () => {
  it.each(Object.entries(routes))("is refused by %s, public or not", (_, route) => {
    expect(callerOf(route, { refusal: "wrong_origin" })).toMatchObject({
      refused: {
        type: "urn:touchstone:problem:wrong_origin",
        status: 403,
        errors: [{ pointer: "header:host", fix: expect.stringMatching(/\w/) }],
      },
    });
  });

  it("is refused whoever it says to be", () => {
    const caller = { tenant: "acme", actor: "key:0123456789ab", role: "admin", refusal: "wrong_origin" };
    expect(callerOf({ callers: ["admin"] }, caller)).toHaveProperty("refused");
  });
});
