import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

/** What of a request both the authoriser and the function are told (payload format 2.0). */
export type RequestFacts = Omit<APIGatewayProxyEventV2, "version" | "body" | "isBase64Encoded">;

export interface Routed {
  routeKey: string;
  pathParameters: Record<string, string>;
}

export interface ApiIdentity {
  accountId: string;
  apiId: string;
}

/** The path and query of a request. An HTTP API decodes the path once, before it looks for a route. */
export function addressOf(url: string): { path: string; query: string } | undefined {
  const at = url.indexOf("?");
  const raw = at < 0 ? url : url.slice(0, at);
  try {
    // Verified against live captures (hotsock/voker#8): the path is cut where a question mark was encoded.
    const [path = ""] = decodeURIComponent(raw).split("?");
    return { path, query: at < 0 ? "" : url.slice(at + 1) };
  } catch {
    return undefined;
  }
}

export function factsOf(
  request: IncomingMessage,
  address: { path: string; query: string },
  routed: Routed,
  { accountId, apiId }: ApiIdentity,
  now: Date,
): RequestFacts {
  const { cookie, ...others } = request.headers;
  const headers = Object.fromEntries(
    Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [[name, [value].flat().join(",")]])),
  );
  const sourceIp = request.socket.remoteAddress ?? "127.0.0.1";
  const domainName = headers.host ?? "";
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(address.query)) {
    parameters[name] = parameters[name] === undefined ? value : `${parameters[name]},${value}`;
  }
  return {
    routeKey: routed.routeKey,
    rawPath: address.path,
    rawQueryString: address.query,
    ...(cookie !== undefined && { cookies: cookie.split("; ") }),
    headers: { ...headers, "x-forwarded-for": sourceIp, "x-forwarded-proto": "http" },
    ...(Object.keys(parameters).length > 0 && { queryStringParameters: parameters }),
    ...(Object.keys(routed.pathParameters).length > 0 && { pathParameters: routed.pathParameters }),
    requestContext: {
      accountId,
      apiId,
      domainName,
      domainPrefix: domainName.split(".")[0] ?? "",
      http: {
        method: request.method ?? "",
        path: address.path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey: routed.routeKey,
      stage: "$default",
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
  };
}

const textual = /^(text\/|application\/(json|javascript|xml)\b|[^;]*\+(json|xml)\b)/i;

/** The function's event: text bodies as they are, all others in base64. */
export function eventOf(
  facts: RequestFacts,
  body: Buffer,
  authorizer: Record<string, unknown> | undefined,
): APIGatewayProxyEventV2 {
  const { "content-type": type = "", "content-encoding": encoding } = facts.headers;
  const isBase64Encoded = body.length > 0 && (encoding !== undefined || !textual.test(type));
  const requestContext = authorizer === undefined ? facts.requestContext : withAuthorizer(facts, authorizer);
  return {
    version: "2.0",
    ...facts,
    requestContext,
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? "base64" : "utf8") }),
    isBase64Encoded,
  };
}

function withAuthorizer(facts: RequestFacts, lambda: Record<string, unknown>) {
  return { ...facts.requestContext, authorizer: { lambda } };
}
