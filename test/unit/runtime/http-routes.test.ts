import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { defineRoute } from "../../../shared/contracts/route.ts";
import { httpRoutes } from "../../../shared/runtime/http-routes.ts";
import { httpStack } from "../../../shared/runtime/http-stack.ts";
import { answer } from "../../../shared/runtime/result.ts";

const nothing = z.strictObject({});
const routeTo = (method: "GET" | "POST", path: `/v1/${string}`) =>
  defineRoute({
    name: path,
    served: "both",
    method,
    path,
    callers: "public",
    summary: "x",
    params: nothing,
    query: nothing,
    answer: { status: 200, schema: z.strictObject({ by: z.string() }), description: "x" },
    problems: [],
  });

const stackOf = (method: "GET" | "POST", path: `/v1/${string}`) =>
  httpStack(routeTo(method, path), async () => answer({ by: `${method} ${path}` }));
const handler = httpRoutes(stackOf("GET", "/v1/things"), stackOf("POST", "/v1/things"), stackOf("GET", "/v1/others"));

const ask = async (routeKey: string) => {
  const event = { routeKey, headers: {}, requestContext: {}, isBase64Encoded: false };
  const { body } = (await handler(
    event as unknown as Parameters<typeof handler>[0],
    { awsRequestId: "r" } as Context,
  )) as APIGatewayProxyStructuredResultV2;
  return JSON.parse(body ?? "").by;
};

describe("one function behind several routes", () => {
  it.each(["GET /v1/things", "POST /v1/things", "GET /v1/others"])("answers %s as that route", async (key) => {
    expect(await ask(key)).toBe(key);
  });

  it.each(["POST /v1/others", "$default", ""])("answers %j not at all", async (key) => {
    await expect((async () => ask(key))()).rejects.toThrow("does not serve");
  });
});
