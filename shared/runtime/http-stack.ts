import { MetricUnit } from "@aws-lambda-powertools/metrics";
import middy, { type MiddlewareObj } from "@middy/core";
import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer,
  APIGatewayProxyStructuredResultV2,
  Context,
} from "aws-lambda";
import type * as z from "zod";
import { makeProblem, type Problem } from "../contracts/problem.ts";
import type { Route } from "../contracts/route.ts";
import type { Caller } from "../domain/tenant.ts";
import { type AuthoriserContext, callerOf } from "./caller.ts";
import { systemClock } from "./clock.ts";
import { FOR_FAULTS, faultsOf } from "./faults.ts";
import { describeError, logger, metrics } from "./logger.ts";
import { readBody } from "./read-body.ts";
import type { Result } from "./result.ts";

type Event = APIGatewayProxyEventV2WithLambdaAuthorizer<AuthoriserContext>;
type AnyRoute = Route<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;

/** A parsed request of a route; `caller` is absent only where the route is public. */
export interface HttpRequest<R extends AnyRoute> {
  readonly caller: R["callers"] extends "public" ? undefined : Caller;
  readonly params: z.infer<R["params"]>;
  readonly query: z.infer<R["query"]>;
  readonly body: z.infer<NonNullable<R["body"]>>;
  readonly now: Date;
}

/** A use case behind a route: it takes the parsed request and returns what the route's answer schema says, or a problem. */
export type UseCase<R extends AnyRoute> = (request: HttpRequest<R>) => Promise<Result<z.infer<R["answer"]["schema"]>>>;

/** A request that is refused before or by its use case; thrown so that the metrics of a refusal are still flushed. */
class Refused extends Error {
  override readonly name = "Refused";
  readonly problem: Problem;
  readonly retryAfterSeconds: number | undefined;
  constructor(problem: Problem, retryAfterSeconds?: number) {
    super(problem.type);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** After which a credential that could not be checked is worth sending again. */
const RETRY_SECONDS = 5;

const HEADERS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'",
};

const respond = (status: number, type: string, body: unknown, more: Record<string, string> = {}) => ({
  statusCode: status,
  headers: { ...HEADERS, "content-type": type, ...more },
  body: JSON.stringify(body),
});

function parse<S extends z.ZodType>(schema: S, value: unknown, base: string): z.infer<S> {
  const parsed = schema.safeParse(value, FOR_FAULTS);
  if (parsed.success) return parsed.data;
  throw new Refused(
    makeProblem("invalid_request", "See errors for each place and its fix.", faultsOf(parsed.error, base)),
  );
}

function readRequest<R extends AnyRoute>(route: R, event: Event): HttpRequest<R> {
  const caller = callerOf(route, event.requestContext.authorizer?.lambda);
  if ("refused" in caller) throw new Refused(caller.refused, caller.refused.status === 503 ? RETRY_SECONDS : undefined);
  if (caller.caller) logger.appendKeys({ tenant: caller.caller.tenant, actor: caller.caller.actor });
  let body: unknown;
  if (route.body) {
    const read = readBody(event);
    if (!read.ok) throw new Refused(read.problem);
    body = parse(route.body, read.value, "");
  }
  return {
    caller: caller.caller,
    params: parse(route.params, event.pathParameters ?? {}, "path:"),
    query: parse(route.query, event.queryStringParameters ?? {}, "query:"),
    body,
    now: systemClock(),
  } as HttpRequest<R>;
}

const failures: MiddlewareObj<Event, APIGatewayProxyStructuredResultV2> = {
  onError: (request) => {
    const { error } = request;
    if (error instanceof Refused) {
      const retry = error.retryAfterSeconds === undefined ? {} : { "retry-after": String(error.retryAfterSeconds) };
      if (error.problem.status >= 500) logger.error("refused", { problem: error.problem.type });
      request.response = respond(error.problem.status, "application/problem+json", error.problem, retry);
    } else {
      logger.error("surprise", describeError(error));
      const made = makeProblem(
        "unexpected",
        "The request was not carried out. Send it again; the log has the request id.",
      );
      request.response = respond(made.status, "application/problem+json", made);
    }
    metrics.addMetric("Refused", MetricUnit.Count, 1);
  },
};

const observed: MiddlewareObj<Event, APIGatewayProxyStructuredResultV2> = {
  before: ({ context }) => {
    logger.resetKeys();
    logger.appendKeys({ requestId: context.awsRequestId });
  },
  // Most requests count nothing, and metrics that are flushed empty cost a warning in the log for each.
  // Braces: middy takes what a middleware returns for the response.
  after: () => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  },
  onError: () => {
    metrics.publishStoredMetrics();
  },
};

/**
 * The shell around every HTTP use case: credential and role by the route's own declaration, parsing of path, query
 * and body, problem+json for everything that is refused, and an answer that holds nothing but what the route's schema declares.
 * Its `routeKey` is what API Gateway calls the route by.
 */
export function httpStack<R extends AnyRoute>(route: R, useCase: UseCase<R>) {
  // middy runs onError in reverse order: `failures` stands last so that it makes the response before metrics are flushed.
  const stack = middy<Event, APIGatewayProxyStructuredResultV2, Error, Context>()
    .use(observed)
    .use(failures)
    .handler(async (event) => {
      const result = await useCase(readRequest(route, event));
      if (!result.ok) throw new Refused(result.problem, result.retryAfterSeconds);
      return respond(route.answer.status, "application/json", route.answer.schema.parse(result.value));
    });
  return Object.assign(stack, { routeKey: `${route.method} ${route.path}` });
}

export type HttpStack = ReturnType<typeof httpStack>;
