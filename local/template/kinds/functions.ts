import * as z from "zod";
import { arn, inert, kind, tags, uuidOf } from "../kind.ts";

export const lambdaFunction = kind({
  type: "AWS::Lambda::Function",
  nameProperty: "FunctionName",
  nameLimit: 64,
  identify: (name, world) => ({ ref: name, attributes: { Arn: arn(world, "lambda", `function:${name}`) } }),
  properties: z.strictObject({
    FunctionName: z.string().optional(),
    Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
    Handler: z.string(),
    Runtime: z.templateLiteral(["nodejs", z.string()]),
    Role: z.string(),
    MemorySize: z.number().default(128),
    Timeout: z.number().default(3),
    Environment: z.strictObject({ Variables: z.record(z.string(), z.string()) }).optional(),
    ReservedConcurrentExecutions: z.number().optional(),
    Architectures: inert("JavaScript runs on either"),
    Description: inert("a label"),
    EphemeralStorage: inert("/tmp is this machine's"),
    KmsKeyArn: inert("environment variables are held in memory only"),
    LoggingConfig: inert("each function logs to a file of its own under the data folder"),
    TracingConfig: inert("no tracing service on one machine"),
    Tags: tags,
  }),
});

export const permission = kind({
  type: "AWS::Lambda::Permission",
  identify: (name) => ({ ref: name, attributes: {} }),
  properties: z.strictObject({
    Action: z.literal("lambda:InvokeFunction"),
    FunctionName: z.string(),
    Principal: z.string(),
    SourceArn: z.string().optional(),
    SourceAccount: z.string().optional(),
  }),
});

export const eventSourceMapping = kind({
  type: "AWS::Lambda::EventSourceMapping",
  identify: (name) => ({ ref: uuidOf(name), attributes: { Id: uuidOf(name) } }),
  properties: z.strictObject({
    EventSourceArn: z.string(),
    FunctionName: z.string(),
    BatchSize: z.number().min(1).max(10_000).default(10),
    MaximumBatchingWindowInSeconds: z.number().min(0).max(300).default(0),
    FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
    ScalingConfig: z.strictObject({ MaximumConcurrency: z.number().min(2) }).optional(),
    Enabled: z.literal(true).optional(),
    Tags: tags,
  }),
});
