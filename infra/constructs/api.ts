import { Duration, Fn, RemovalPolicy } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { functionOf } from "../../shared/contracts/route.ts";
import { ApiDomain, ownApiName } from "./api-domain.ts";
import type { ServiceFunction } from "./service-function.ts";

/** What the API needs to know of a route of shared/contracts. */
export interface PublishedRoute {
  readonly name: string;
  /** The function that answers, where it has not the route's name. */
  readonly served?: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly callers: "public" | readonly string[];
}

export interface ApiProps {
  readonly routes: readonly PublishedRoute[];
  readonly functions: ReadonlyMap<string, ServiceFunction>;
  readonly authoriser: ServiceFunction;
}

// Neither the path as called (it holds ids), nor the query string, nor the caller's address.
const ACCESS_LOG = JSON.stringify({
  requestId: "$context.requestId",
  at: "$context.requestTimeEpoch",
  route: "$context.routeKey",
  status: "$context.status",
  responseBytes: "$context.responseLength",
  milliseconds: "$context.responseLatency",
  tenant: "$context.authorizer.tenant",
  actor: "$context.authorizer.actor",
  authoriserError: "$context.authorizer.error",
  integrationError: "$context.integrationErrorMessage",
});

/**
 * The HTTP API: the contracts' routes, each answered by the function that it names, each behind the authoriser. A public
 * route is, too: anyone may call it, but through the edge. A route that says nothing of its callers stops synthesis.
 * With the contexts `apiDomain` and `apiCertificate` it has that name only, and no `execute-api` address.
 */
export class Api extends Construct {
  readonly api: HttpApi;
  /** Where it answers, without a slash at the end. */
  readonly url: string;
  /** What the DNS record of its own name has to point to, where it has one. */
  readonly target: string | undefined;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const own = ownApiName(this);
    this.api = new HttpApi(this, "Http", {
      apiName: "touchstone",
      createDefaultStage: false,
      ...(own && { disableExecuteApiEndpoint: true }),
    });
    const logGroup = new LogGroup(this, "AccessLogs", {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      // A ceiling for all tenants together; each tenant's quota is kept at intake.
      throttle: { rateLimit: 1_000, burstLimit: 2_000 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(ACCESS_LOG),
      },
    });

    const named = own && new ApiDomain(this, "Domain", { api: this.api, stage, own });
    this.url = own ? `https://${own.first}` : this.api.apiEndpoint;
    this.target = named?.target;

    // Asked for every request, with or without a key, and never cached: the function answers whom the key belongs to
    // or why it is refused, and the handler turns a refusal into problem+json, which an HTTP API's own 401 is not.
    const authorizer = new HttpLambdaAuthorizer("Authoriser", props.authoriser.lambda, {
      identitySource: [],
      resultsCacheTtl: Duration.seconds(0),
      responseTypes: [HttpLambdaResponseType.SIMPLE],
    });

    // One integration and one permission for a function, however many routes it answers: a stack holds 500 resources.
    const integrations = new Map<ServiceFunction, HttpLambdaIntegration>();
    for (const route of props.routes) {
      const fn = props.functions.get(functionOf(route));
      if (fn === undefined)
        throw new Error(`route ${route.method} ${route.path}: there is no function ${functionOf(route)}`);
      // Types promise callers already; a route that slips past them must not become an open door.
      if (route.callers !== "public" && !(Array.isArray(route.callers) && route.callers.length > 0)) {
        throw new Error(`route ${route.method} ${route.path} does not declare who may call it (callers)`);
      }
      const integration =
        integrations.get(fn) ?? new HttpLambdaIntegration(fn.name, fn.lambda, { scopePermissionToRoute: false });
      integrations.set(fn, integration);
      this.api.addRoutes({ path: route.path, methods: [HttpMethod[route.method]], integration, authorizer });
    }
  }

  /** Its name, as whoever forwards to it needs it. */
  get host(): string {
    return Fn.select(2, Fn.split("/", this.url));
  }
}
