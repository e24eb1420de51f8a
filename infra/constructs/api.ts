import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { ServiceFunction } from "./service-function.ts";

/** What the API needs to know of a route of shared/contracts. */
export interface PublishedRoute {
  readonly name: string;
  /** The function that answers; the one of the route's name if absent. */
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
  keyId: "$context.authorizer.keyId",
  authoriserError: "$context.authorizer.error",
  integrationError: "$context.integrationErrorMessage",
});

/**
 * The HTTP API: the contracts' routes, each answered by the function of its name, each behind the authoriser unless
 * its contract says that anyone may call it. A route that says nothing stops synthesis.
 */
export class Api extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, "Http", { apiName: "touchstone", createDefaultStage: false });
    const logGroup = new LogGroup(this, "AccessLogs", {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, "Stage", {
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

    // Asked for every request, with or without a key, and never cached: the function answers whom the key belongs to
    // or why it is refused, and the handler turns a refusal into problem+json, which an HTTP API's own 401 is not.
    const authorizer = new HttpLambdaAuthorizer("Authoriser", props.authoriser.lambda, {
      identitySource: [],
      resultsCacheTtl: Duration.seconds(0),
      responseTypes: [HttpLambdaResponseType.SIMPLE],
    });

    for (const route of props.routes) {
      const answeredBy = route.served ?? route.name;
      const fn = props.functions.get(answeredBy);
      if (fn === undefined) throw new Error(`route ${route.method} ${route.path}: there is no function ${answeredBy}`);
      // Types promise callers already; a route that slips past them must not become an open door.
      const isPublic = route.callers === "public";
      if (!isPublic && !(Array.isArray(route.callers) && route.callers.length > 0)) {
        throw new Error(`route ${route.method} ${route.path} does not declare who may call it (callers)`);
      }
      const [created] = this.api.addRoutes({
        path: route.path,
        methods: [HttpMethod[route.method]],
        integration: new HttpLambdaIntegration(route.name, fn.lambda),
        ...(!isPublic && { authorizer }),
      });
      if (isPublic && created !== undefined) {
        Validations.of(created).acknowledge({
          id: "AwsSolutions-APIG4",
          reason: `${route.method} ${route.path} is public by its contract: it answers nothing about any tenant.`,
        });
      }
    }
  }

  /** Where it answers, without a slash at the end. */
  get url(): string {
    return this.api.apiEndpoint;
  }
}
