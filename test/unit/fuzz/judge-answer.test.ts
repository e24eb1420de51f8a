import { describe, expect, it } from "vitest";
import { makeProblem } from "../../../shared/contracts/problem.ts";
import { judgeAnswer } from "../../fuzz/judge-answer.ts";
import type { RequestPlan } from "../../fuzz/request-plans.ts";
import { PLANTED } from "../../fuzz/words.ts";

const plan = (sort: RequestPlan["sort"]): RequestPlan => ({
  name: "get-target",
  sort,
  path: "/v1/targets/x",
  headers: {},
});
const ours = { "apigw-requestid": "1", "content-type": "application/problem+json" };
const fault = { pointer: "path:/id", detail: "not known", fix: "use another" };
const refusal = (...[code, detail, errors]: Parameters<typeof makeProblem>) => {
  const made = makeProblem(code, detail, errors);
  return { status: made.status, headers: ours, text: JSON.stringify(made) };
};

describe("judgeAnswer", () => {
  it("finds nothing wrong with a refusal that names place and fix", () => {
    expect(judgeAnswer(plan("near"), refusal("invalid_request", "x", [fault]))).toEqual([]);
    expect(judgeAnswer(plan("valid"), refusal("not_found", "x", [fault]))).toEqual([]);
  });

  it.each([
    ["a failure", plan("hostile"), refusal("unexpected", "x", [fault])],
    ["a refusal without place and fix", plan("hostile"), refusal("not_found", "x")],
    ["a refusal without place and fix", plan("hostile"), refusal("not_found", "x", [{ pointer: "", detail: "x" }])],
    ["the planted word in a refusal", plan("hostile"), refusal("not_found", PLANTED, [fault])],
    ["a valid request was refused", plan("valid"), refusal("invalid_request", "x", [fault])],
    ["no problem document", plan("near"), { status: 400, headers: ours, text: "{}" }],
    ["its schema does not know", plan("valid"), { status: 200, headers: ours, text: '{"tenant":"x"}' }],
    ["the gateway failed", plan("hostile"), { status: 503, headers: {}, text: "" }],
    ["the gateway refused a valid request", plan("valid"), { status: 404, headers: {}, text: "" }],
  ])("finds %s", (what, sent, answer) => {
    expect(judgeAnswer(sent, answer).join()).toContain(what);
  });
});
