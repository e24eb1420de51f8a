import * as z from "zod";
import type { LocalFunction } from "../lambda/function.ts";
import { TemplateRefused } from "../template/world.ts";
import type { RequestFacts } from "./event.ts";

export interface AuthoriserPlan {
  function: LocalFunction;
  /** ARN of the API's stage, to which a route's method and path are added. */
  stageArn: string;
  identitySources: string[];
  cacheSeconds: number;
}

/** `context` is what the function is told; `status` is an answer that the function never sees. */
type Ruling = { context: Record<string, unknown> } | { status: 401 | 403 | 500 };

export type Authoriser = (facts: RequestFacts, nowMs: number) => Promise<Ruling>;

const simpleResponse = z.object({
  isAuthorized: z.boolean(),
  context: z.record(z.string(), z.unknown()).nullish(),
});

/** Asks the authoriser function, and remembers its ruling by the identity sources for as long as the template says. */
export function openAuthoriser(plan: AuthoriserPlan): Authoriser {
  const sources = plan.identitySources.map(sourceOf);
  const remembered = new Map<string, { ruling: Ruling; until: number }>();

  async function ask(facts: RequestFacts, identity: string[]): Promise<Ruling> {
    const event = {
      version: "2.0",
      type: "REQUEST",
      routeArn: `${plan.stageArn}/${facts.requestContext.http.method}${facts.rawPath}`,
      identitySource: identity.length > 0 ? identity : null,
      ...facts,
    };
    const result = await plan.function.invoke(JSON.stringify(event));
    if ("error" in result) return { status: 500 };
    const answer = simpleResponse.safeParse(JSON.parse(result.payload));
    if (!answer.success) return { status: 500 };
    return answer.data.isAuthorized ? { context: answer.data.context ?? {} } : { status: 403 };
  }

  return async (facts, nowMs) => {
    const identity = sources.map((source) => source(facts));
    if (identity.some((value) => value === undefined || value === "")) return { status: 401 };
    const present = identity.filter((value) => value !== undefined);
    if (plan.cacheSeconds === 0 || sources.length === 0) return await ask(facts, present);
    const name = JSON.stringify(present);
    const known = remembered.get(name);
    if (known !== undefined && known.until > nowMs) return known.ruling;
    const ruling = await ask(facts, present);
    if (!("status" in ruling && ruling.status === 500)) {
      remembered.set(name, { ruling, until: nowMs + plan.cacheSeconds * 1_000 });
    }
    return ruling;
  };
}

function sourceOf(expression: string): (facts: RequestFacts) => string | undefined {
  const [, place, name = ""] = /^\$(request\.header|request\.querystring|context)\.(.+)$/.exec(expression) ?? [];
  if (place === "request.header") return (facts) => facts.headers[name.toLowerCase()];
  if (place === "request.querystring") return (facts) => facts.queryStringParameters?.[name];
  if (place === "context" && name === "routeKey") return (facts) => facts.routeKey;
  throw new TemplateRefused(`the identity source ${expression} is not known to the embedded cloud`);
}
