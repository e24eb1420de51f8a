import * as z from "zod";
import { arn, inert, kind, tags, uuidOf } from "../kind.ts";

const policyDocument = z.unknown();
const encryption = inert("the folder's owner-only rights stand in for encryption at rest");

export const queue = kind({
  type: "AWS::SQS::Queue",
  nameProperty: "QueueName",
  nameLimit: 80,
  identify: (name, world) => ({
    ref: `${world.queuesUrl}/${world.account}/${name}`,
    attributes: {
      Arn: arn(world, "sqs", name),
      QueueName: name,
      QueueUrl: `${world.queuesUrl}/${world.account}/${name}`,
    },
  }),
  properties: z.strictObject({
    QueueName: z.string().optional(),
    VisibilityTimeout: z.coerce.number().optional(),
    DelaySeconds: z.coerce.number().optional(),
    MaximumMessageSize: z.coerce.number().optional(),
    MessageRetentionPeriod: z.coerce.number().optional(),
    ReceiveMessageWaitTimeSeconds: z.coerce.number().optional(),
    RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
    RedriveAllowPolicy: inert("who may redrive is decided by one owner on one machine"),
    SqsManagedSseEnabled: encryption,
    KmsMasterKeyId: z.string().optional(),
    KmsDataKeyReusePeriodSeconds: encryption,
    Tags: tags,
  }),
});

export const queuePolicy = kind({
  type: "AWS::SQS::QueuePolicy",
  identify: (name) => ({ ref: name, attributes: {} }),
  properties: z.strictObject({ Queues: z.array(z.string()), PolicyDocument: policyDocument }),
});

export const topic = kind({
  type: "AWS::SNS::Topic",
  nameProperty: "TopicName",
  nameLimit: 256,
  identify: (name, world) => ({
    ref: arn(world, "sns", name),
    attributes: { TopicArn: arn(world, "sns", name), TopicName: name },
  }),
  properties: z.strictObject({
    TopicName: z.string().optional(),
    DisplayName: inert("shown in e-mails only"),
    KmsMasterKeyId: z.string().optional(),
    TracingConfig: inert("no tracing service on one machine"),
    Tags: tags,
  }),
});

export const topicPolicy = kind({
  type: "AWS::SNS::TopicPolicy",
  identify: (name) => ({ ref: name, attributes: {} }),
  properties: z.strictObject({ Topics: z.array(z.string()), PolicyDocument: policyDocument }),
});

export const subscription = kind({
  type: "AWS::SNS::Subscription",
  identify: (name, world) => ({ ref: arn(world, "sns", `subscription:${uuidOf(name)}`), attributes: {} }),
  properties: z.strictObject({
    TopicArn: z.string(),
    Protocol: z.literal("sqs"),
    Endpoint: z.string(),
    RawMessageDelivery: z.boolean().optional(),
    FilterPolicy: z.record(z.string(), z.unknown()).optional(),
    FilterPolicyScope: z.enum(["MessageAttributes", "MessageBody"]).optional(),
    RedrivePolicy: inert("the embedded topic and queue live in one process: a delivery cannot fail"),
  }),
});
