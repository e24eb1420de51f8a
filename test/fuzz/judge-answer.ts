import { type ProblemCode, problem } from "../../shared/contracts/problem.ts";
import type { Route } from "../../shared/contracts/route.ts";
import { routes } from "../../shared/contracts/routes.ts";
import type { RawAnswer } from "../cloud/security/raw-request.ts";
import type { RequestPlan } from "./request-plans.ts";
import { PLANTED } from "./words.ts";

/** What the gateway answers by itself, before any function of ours: it knows no problem documents. */
const GATEWAY = new Set([400, 404, 413, 414, 431]);

/** A policy is written by its sender as code is: its faults name what stands in it. Logs never do. */
const QUOTES: ProblemCode = "policy_invalid";

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with an answer; nothing where it is as promised. Never holds what was sent. */
export function judgeAnswer({ name, sort }: RequestPlan, { status, headers, text }: RawAnswer): string[] {
  const route: Route = routes[name];
  const json = parsed(text);
  const said = problem.safeParse(json);
  const code = said.success ? said.data.type.split(":").at(-1) : undefined;
  const wrong: string[] = [];
  const isGateway = headers["apigw-requestid"] === undefined;
  if (isGateway) {
    if (sort !== "hostile" && sort !== "near") wrong.push("the gateway refused a valid request");
    if (!GATEWAY.has(status)) wrong.push("the gateway failed");
    if (text.includes(PLANTED)) wrong.push("the planted word in the gateway's answer");
    return wrong;
  }
  if (status >= 500 && code !== "unavailable") wrong.push(`a failure (${code})`);
  if (status < 400) {
    if (!route.answer.schema.safeParse(json).success) wrong.push("an answer that its schema does not know");
  } else {
    if (headers["content-type"] !== "application/problem+json" || !said.success)
      wrong.push("a refusal that is no problem document");
    else if (!said.data.errors?.length || said.data.errors.some(({ fix }) => !fix))
      wrong.push(`a refusal without place and fix (${code})`);
    if (text.includes(PLANTED) && code !== QUOTES) wrong.push(`the planted word in a refusal (${code})`);
  }
  // Refused items of a request of which others were taken: a case of many is refused as one alone would be.
  const known: readonly string[] = (name === "decide-many" ? routes.decide : route).problems;
  const results = (json as { results?: { problem?: { type: string } }[] } | undefined)?.results ?? [];
  for (const { problem: refused } of results) {
    if (!refused) continue;
    const itsCode = refused.type.split(":").at(-1) ?? "";
    if (JSON.stringify(refused).includes(PLANTED)) wrong.push(`the planted word in a refused item (${itsCode})`);
    if (sort === "valid" && !known.includes(itsCode)) wrong.push(`a valid item was refused (${itsCode})`);
  }
  if (sort === "valid" && status !== route.answer.status && !(code && route.problems.includes(code)))
    wrong.push(`a valid request was refused (${code})`);
  return wrong;
}
