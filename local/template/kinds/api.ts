import * as z from "zod";
import { arn, digest, inert, kind, tags } from "../kind.ts";

const idOf = (name: string) => digest(name).slice(0, 10);
const nothing = (name: string) => ({ ref: idOf(name), attributes: {} });

export const api = kind({
  type: "AWS::ApiGatewayV2::Api",
  identify: (name, world) => ({ ref: idOf(name), attributes: { ApiEndpoint: world.apiUrl, ApiId: idOf(name) } }),
  properties: z.strictObject({
    ProtocolType: z.literal("HTTP"),
    Name: z.string(),
    DisableExecuteApiEndpoint: inert("the only endpoint on one machine is this one"),
    Description: inert("a label"),
    Tags: tags,
  }),
});

export const stage = kind({
  type: "AWS::ApiGatewayV2::Stage",
  nameProperty: "StageName",
  identify: (name) => ({ ref: name, attributes: {} }),
  properties: z.strictObject({
    ApiId: z.string(),
    StageName: z.literal("$default"),
    AutoDeploy: z.literal(true),
    AccessLogSettings: inert("requests are not logged on one machine"),
    DefaultRouteSettings: z
      .strictObject({
        ThrottlingBurstLimit: inert("protects an AWS account's shared quota"),
        ThrottlingRateLimit: inert("protects an AWS account's shared quota"),
        DetailedMetricsEnabled: inert("metrics only"),
      })
      .optional(),
    Description: inert("a label"),
    Tags: tags,
  }),
});

export const integration = kind({
  type: "AWS::ApiGatewayV2::Integration",
  identify: nothing,
  properties: z.strictObject({
    ApiId: z.string(),
    IntegrationType: z.literal("AWS_PROXY"),
    IntegrationUri: z.string(),
    PayloadFormatVersion: z.literal("2.0"),
    TimeoutInMillis: z.number().min(50).max(30_000).default(30_000),
    Description: inert("a label"),
  }),
});

export const route = kind({
  type: "AWS::ApiGatewayV2::Route",
  identify: nothing,
  properties: z.strictObject({
    ApiId: z.string(),
    RouteKey: z.string(),
    Target: z.string().startsWith("integrations/"),
    AuthorizationType: z.enum(["NONE", "CUSTOM"]).default("NONE"),
    AuthorizerId: z.string().optional(),
    OperationName: inert("a label"),
  }),
});

export const authorizer = kind({
  type: "AWS::ApiGatewayV2::Authorizer",
  identify: (name) => ({ ref: idOf(name), attributes: { AuthorizerId: idOf(name) } }),
  properties: z.strictObject({
    ApiId: z.string(),
    AuthorizerType: z.literal("REQUEST"),
    AuthorizerUri: z.string(),
    AuthorizerPayloadFormatVersion: z.literal("2.0"),
    EnableSimpleResponses: z.literal(true),
    AuthorizerResultTtlInSeconds: z.number().min(0).max(3_600).default(300),
    IdentitySource: z.array(z.string()).default([]),
    Name: inert("a label"),
  }),
});

export const schedule = kind({
  type: "AWS::Scheduler::Schedule",
  nameProperty: "Name",
  nameLimit: 64,
  identify: (name, world) => ({ ref: name, attributes: { Arn: arn(world, "scheduler", `schedule/default/${name}`) } }),
  properties: z.strictObject({
    Name: z.string().optional(),
    ScheduleExpression: z.string(),
    ScheduleExpressionTimezone: z.string().default("UTC"),
    FlexibleTimeWindow: z.strictObject({
      Mode: z.enum(["OFF", "FLEXIBLE"]),
      MaximumWindowInMinutes: inert("at the start of the window is within it"),
    }),
    State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
    Target: z.strictObject({
      Arn: z.string(),
      RoleArn: z.string(),
      Input: z.string().optional(),
      RetryPolicy: inert("the next tick is the retry on one machine"),
      DeadLetterConfig: inert("a failed tick is in the function's log"),
    }),
    Description: inert("a label"),
  }),
});
