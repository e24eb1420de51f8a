import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { LocalEdge } from "../edge/console-edge.ts";
import { eventTooLarge, type LocalFunction } from "../lambda/function.ts";
import { answerPayload, answerStatus } from "./answer.ts";
import type { Authoriser } from "./authoriser.ts";
import type { ApiIdentity } from "./event.ts";
import { addressOf, eventOf, factsOf } from "./event.ts";
import { matcherOf } from "./routing.ts";

export interface GatewayRoute {
  key: string;
  function: LocalFunction;
  timeoutMs: number;
  authoriser: Authoriser | undefined;
}

/** Runs before the API's routes; true: the request is answered. */
export type LocalHandler = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

const bodyLimit = 10 * 1024 * 1024;

/** What serves the HTTP API once its routes are known. The server is made before: functions are told its address. */
export interface Gateway {
  server: Server;
  /** @param edge in front of the API; it says which headers a request gets on its way. */
  route(routes: readonly GatewayRoute[], identity: ApiIdentity, edge: LocalEdge | undefined): void;
}

export function openGateway(before: LocalHandler | undefined, log: (line: string) => void): Gateway {
  let matcher = matcherOf<GatewayRoute>([]);
  let identity: ApiIdentity = { accountId: "", apiId: "" };
  let edge: LocalEdge | undefined;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (before !== undefined && (await before(request, response))) return;
    const address = addressOf(request.url ?? "/");
    if (address === undefined) return answerStatus(response, 400);
    const found = matcher.match(request.method ?? "", address.path);
    if (found === undefined) return answerStatus(response, 404);
    const { route, pathParameters } = found;
    const rule = edge?.rule(request.method ?? "", address.path);
    if (rule?.to === "api") Object.assign(request.headers, rule.headers);
    const body = await bodyOf(request);
    if (body === undefined) return answerStatus(response, 413);

    const now = new Date();
    const facts = factsOf(request, address, { routeKey: route.key, pathParameters }, identity, now);
    const ruling = await route.authoriser?.(facts, now.getTime());
    if (ruling !== undefined && "status" in ruling) return answerStatus(response, ruling.status);
    const result = await within(
      route.timeoutMs,
      route.function.invoke(JSON.stringify(eventOf(facts, body, ruling?.context))),
    );
    if (result === undefined) return answerStatus(response, 503);
    if ("error" in result) return answerStatus(response, result.error.errorType === eventTooLarge ? 413 : 500);
    response.setHeader("apigw-requestid", facts.requestContext.requestId);
    answerPayload(response, result.payload);
  }

  // Connections are closed by clients only: one that is closed while a client begins to use it is a failed request.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      log(`gateway: ${error instanceof Error ? error.name : "unknown fault"}`);
      if (response.headersSent) response.destroy();
      else answerStatus(response, 500);
    });
  });
  return {
    server,
    route(routes, api, inFront) {
      matcher = matcherOf(routes);
      identity = api;
      edge = inFront;
    },
  };
}

/** The whole body, or undefined where it is too large. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    // Read to the end all the same: a client that is still sending would not see the answer.
    if (length <= bodyLimit) chunks.push(chunk);
  }
  return length <= bodyLimit ? Buffer.concat(chunks) : undefined;
}

async function within<T>(limitMs: number, answer: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
