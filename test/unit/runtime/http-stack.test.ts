import { MetricUnit } from "@aws-lambda-powertools/metrics";
import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";

vi.hoisted(() => {
  process.env.POWERTOOLS_METRICS_NAMESPACE = "Touchstone";
  process.env.POWERTOOLS_SERVICE_NAME = "test";
});

import { problem } from "../../../shared/contracts/problem.ts";
import { defineRoute } from "../../../shared/contracts/route.ts";
import { httpStack, type UseCase } from "../../../shared/runtime/http-stack.ts";
import { metrics } from "../../../shared/runtime/logger.ts";
import { answer, refuse } from "../../../shared/runtime/result.ts";
import { PLANTED } from "../domain/examples.ts";
import { captureOutput } from "./captured-output.ts";

const route = defineRoute({
  name: "greet",
  method: "POST",
  path: "/v1/greetings/{id}",
  callers: ["platform"],
  summary: "Greets.",
  params: z.strictObject({ id: z.string().max(5) }),
  query: z.strictObject({ loud: z.enum(["true", "false"]).default("false") }),
  body: z.strictObject({ text: z.string().max(50) }),
  answer: { status: 201, schema: z.strictObject({ said: z.string() }), description: "What was said." },
  problems: [],
});

const caller = { tenant: "acme", actor: "key:0123456789ab", role: "platform" };
interface Sent {
  readonly body?: string;
  readonly type?: string;
  readonly query?: Record<string, string>;
  readonly path?: Record<string, string>;
  readonly authoriser?: Record<string, string> | null;
}

/** A payload 2.0 event as API Gateway makes it. */
const event = ({
  body = '{"text":"hello"}',
  type = "application/json",
  query,
  path = { id: "x" },
  authoriser = caller,
}: Sent) =>
  ({
    version: "2.0",
    routeKey: "POST /v1/greetings/{id}",
    rawPath: "/v1/greetings/x",
    rawQueryString: "",
    headers: { "content-type": type, authorization: "Bearer ts_acme_0123456789ab_x" },
    pathParameters: path,
    ...(query ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId: "0",
      apiId: "a",
      stage: "$default",
      ...(authoriser ? { authorizer: { lambda: authoriser } } : {}),
    },
    body,
    isBase64Encoded: false,
  }) as unknown as Parameters<ReturnType<typeof httpStack<typeof route>>>[0];

const context = { awsRequestId: "request-1" } as Context;
const greet: UseCase<typeof route> = async ({ body }) => answer({ said: body.text });

async function send(sent: Sent, useCase: UseCase<typeof route> = greet) {
  // Files of the unit project share their modules: what another one counted is not this stack's.
  metrics.clearMetrics();
  const output = captureOutput();
  const response = (await httpStack(route, useCase)(event(sent), context)) as APIGatewayProxyStructuredResultV2;
  return { status: response.statusCode, headers: response.headers, body: JSON.parse(response.body ?? ""), output };
}

const SAFE = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'",
};

describe("the HTTP stack", () => {
  it("hands the use case a parsed request and answers as the route says", async () => {
    const seen = vi.fn(greet);
    const { status, headers, body, output } = await send({ query: { loud: "true" } }, seen);
    expect(seen).toHaveBeenCalledExactlyOnceWith({
      caller,
      params: { id: "x" },
      query: { loud: "true" },
      body: { text: "hello" },
      now: expect.any(Date),
    });
    expect({ status, headers, body }).toEqual({
      status: 201,
      headers: { ...SAFE, "content-type": "application/json" },
      body: { said: "hello" },
    });
    expect(output.text(), "a request that went well costs no log line").toBe("");
  });

  it("writes down what its use case counted, also where it went well", async () => {
    const { output } = await send({}, async ({ body }) => {
      metrics.addMetric("Greeted", MetricUnit.Count, 2);
      return answer({ said: body.text });
    });
    expect(output.lines()).toEqual([expect.objectContaining({ Greeted: 2, service: "test" })]);
  });

  it("takes a request without a query", async () => {
    const seen = vi.fn(greet);
    await send({}, seen);
    expect(seen.mock.calls[0]?.[0].query).toEqual({ loud: "false" });
  });

  it.each<[status: number, code: string, sent: Sent, pointer: string]>([
    [401, "missing_key", { authoriser: { refusal: "missing_key" } }, "header:authorization"],
    [401, "revoked_key", { authoriser: { refusal: "revoked_key" } }, "header:authorization"],
    [401, "missing_key", { authoriser: null }, "header:authorization"],
    [403, "forbidden", { authoriser: { ...caller, role: "brand" } }, "header:authorization"],
    [415, "wrong_content_type", { type: "text/plain" }, "header:content-type"],
    [400, "malformed_json", { body: `{"text": ${PLANTED}}` }, ""],
    [400, "malformed_json", { body: "" }, ""],
    [413, "too_large", { body: `{"text":"${"x".repeat(5_000_000)}"}` }, ""],
    [422, "invalid_request", { body: `{"text":"${PLANTED.repeat(9)}"}` }, "/text"],
    [422, "invalid_request", { body: `{"${PLANTED}":1,"text":""}` }, ""],
    [422, "invalid_request", { path: { id: PLANTED } }, "path:/id"],
    [422, "invalid_request", { query: { loud: PLANTED } }, "query:/loud"],
    [422, "invalid_request", { query: { [PLANTED]: "x" } }, "query:"],
  ])("refuses with %i %s", async (expected, code, sent, pointer) => {
    const useCase = vi.fn(greet);
    const { status, headers, body, output } = await send(sent, useCase);
    expect(useCase).not.toHaveBeenCalled();
    expect(status).toBe(expected);
    expect(headers).toEqual({ ...SAFE, "content-type": "application/problem+json" });
    expect(problem.parse(body)).toMatchObject({ status: expected, type: `urn:touchstone:problem:${code}` });
    expect(body.errors).toContainEqual(expect.objectContaining({ pointer }));
    expect(JSON.stringify(body) + output.text()).not.toContain(PLANTED);
  });

  it("looks at the key before it looks at what was sent", async () => {
    expect((await send({ body: "{", type: "text/plain", authoriser: { refusal: "unknown_key" } })).status).toBe(401);
  });

  it("answers with the use case's own problem, and says when to come back", async () => {
    const refused = await send({}, async () => ({ ...refuse("over_quota", "Too many."), retryAfterSeconds: 17 }));
    expect(refused).toMatchObject({
      status: 429,
      body: { detail: "Too many." },
      headers: { ...SAFE, "retry-after": "17" },
    });
  });

  it("counts what it refused, and flushes the count", async () => {
    const { output } = await send({ type: "text/plain" });
    expect(output.lines()).toContainEqual(expect.objectContaining({ Refused: 1 }));
  });

  it("turns a surprise into a 500 that tells neither caller nor log what was quoted, but where it arose", async () => {
    const { status, headers, body, output } = await send(
      { body: `{"text":"${PLANTED}"}` },
      async ({ body: { text } }) => {
        throw Object.assign(new TypeError(`could not read ${text}`), { input: text, cause: new Error(text) });
      },
    );
    expect(status).toBe(500);
    expect(headers).toEqual({ ...SAFE, "content-type": "application/problem+json" });
    expect(problem.parse(body).type).toBe("urn:touchstone:problem:unexpected");
    expect(JSON.stringify(body) + output.text()).not.toContain(PLANTED);
    expect(output.lines()).toContainEqual(
      expect.objectContaining({
        message: "surprise",
        error: "TypeError",
        requestId: "request-1",
        tenant: "acme",
        at: expect.any(Array),
      }),
    );
  });

  it("never sends a field that the route does not declare", async () => {
    const leaky = (async () => answer({ said: "hello", secret: PLANTED })) as UseCase<typeof route>;
    const { body, output } = await send({}, leaky);
    expect(JSON.stringify(body) + output.text()).not.toContain(PLANTED);
  });
});
