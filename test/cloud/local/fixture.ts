import { createRequire } from "node:module";
import { join } from "node:path";
import type { SynthesisedStack } from "../../../infra/synthesise.ts";

// Required, not imported: an import reads every name of the library, which loads all of it (seconds).
const require = createRequire(import.meta.url);
const { App, CfnOutput, Duration, RemovalPolicy, Stack } = require("aws-cdk-lib") as typeof import("aws-cdk-lib");
const { CfnAuthorizer, HttpApi, HttpMethod } =
  require("aws-cdk-lib/aws-apigatewayv2") as typeof import("aws-cdk-lib/aws-apigatewayv2");
const { HttpLambdaAuthorizer, HttpLambdaResponseType } =
  require("aws-cdk-lib/aws-apigatewayv2-authorizers") as typeof import("aws-cdk-lib/aws-apigatewayv2-authorizers");
const { HttpLambdaIntegration } =
  require("aws-cdk-lib/aws-apigatewayv2-integrations") as typeof import("aws-cdk-lib/aws-apigatewayv2-integrations");
const { AttributeType, BillingMode, ProjectionType, Table } =
  require("aws-cdk-lib/aws-dynamodb") as typeof import("aws-cdk-lib/aws-dynamodb");
const { Key } = require("aws-cdk-lib/aws-kms") as typeof import("aws-cdk-lib/aws-kms");
const {
  Code,
  Function: LambdaFunction,
  Runtime,
} = require("aws-cdk-lib/aws-lambda") as typeof import("aws-cdk-lib/aws-lambda");
const { SqsEventSource } =
  require("aws-cdk-lib/aws-lambda-event-sources") as typeof import("aws-cdk-lib/aws-lambda-event-sources");
const { Bucket } = require("aws-cdk-lib/aws-s3") as typeof import("aws-cdk-lib/aws-s3");
const { Schedule, ScheduleExpression, ScheduleTargetInput } =
  require("aws-cdk-lib/aws-scheduler") as typeof import("aws-cdk-lib/aws-scheduler");
const { LambdaInvoke } =
  require("aws-cdk-lib/aws-scheduler-targets") as typeof import("aws-cdk-lib/aws-scheduler-targets");
const { SubscriptionFilter, Topic } = require("aws-cdk-lib/aws-sns") as typeof import("aws-cdk-lib/aws-sns");
const { SqsSubscription } =
  require("aws-cdk-lib/aws-sns-subscriptions") as typeof import("aws-cdk-lib/aws-sns-subscriptions");
const { Queue } = require("aws-cdk-lib/aws-sqs") as typeof import("aws-cdk-lib/aws-sqs");

const otherSeconds = 4;

const folder = (name: string) => join(import.meta.dirname, "fixture", name);

/**
 * A small system of two stacks: topic → filter → queue → worker → table, an HTTP API with two authorisers (one asked
 * each time, one cached by the header), a key, and a schedule.
 * @param workerSeconds what the worker may take, and for how long a message that it failed stays invisible. A message
 * has two tries: on a busy machine a short time takes one of them away.
 */
export function synthesiseFixture(workerSeconds = 4): SynthesisedStack[] {
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false, treeMetadata: false });
  const state = new Stack(app, "state");
  const things = new Table(state, "Things", {
    partitionKey: { name: "pk", type: AttributeType.STRING },
    sortKey: { name: "sk", type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: "expiresAt",
    removalPolicy: RemovalPolicy.DESTROY,
  });
  things.addGlobalSecondaryIndex({
    indexName: "lanes",
    partitionKey: { name: "laneIs", type: AttributeType.STRING },
    sortKey: { name: "pk", type: AttributeType.STRING },
    projectionType: ProjectionType.ALL,
  });
  const dead = new Queue(state, "Dead", { enforceSSL: true });
  const work = new Queue(state, "Work", {
    visibilityTimeout: Duration.seconds(workerSeconds),
    enforceSSL: true,
    deadLetterQueue: { queue: dead, maxReceiveCount: 2 },
  });
  const events = new Topic(state, "Events", { enforceSSL: true });
  events.addSubscription(
    new SqsSubscription(work, {
      rawMessageDelivery: true,
      filterPolicy: { kind: SubscriptionFilter.stringFilter({ allowlist: ["wanted"] }) },
    }),
  );
  const key = new Key(state, "Key", { alias: "alias/fixture" });

  const service = new Stack(app, "service");
  const bucket = Bucket.fromBucketName(service, "Assets", "assets");
  const made = (name: string, seconds: number, environment: Record<string, string> = {}) =>
    new LambdaFunction(service, name, {
      runtime: Runtime.NODEJS_24_X,
      handler: "index.handler",
      code: Code.fromBucket(bucket, `${name}.zip`),
      timeout: Duration.seconds(seconds),
      environment: { POWERTOOLS_SERVICE_NAME: name, ...environment },
    });
  const worker = made("worker", workerSeconds, { TABLE_THINGS: things.tableName });
  things.grant(worker, "dynamodb:PutItem", "dynamodb:UpdateItem");
  worker.addEventSource(new SqsEventSource(work, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 2 }));

  const clock = made("clock", otherSeconds, { TOPIC_EVENTS: events.topicArn });
  events.grantPublish(clock);
  const input = ScheduleTargetInput.fromObject({
    messages: [{ kind: "wanted", body: { deed: "store", id: "from the schedule" } }],
  });
  new Schedule(service, "EachHour", {
    scheduleName: "each-hour",
    schedule: ScheduleExpression.rate(Duration.hours(1)),
    target: new LambdaInvoke(clock, { input }),
  });

  const api = new HttpApi(service, "Api");
  const echo = made("api", otherSeconds);
  const authoriser = made("authoriser", otherSeconds);
  const asked = new HttpLambdaAuthorizer("Asked", authoriser, {
    identitySource: [],
    resultsCacheTtl: Duration.seconds(0),
    responseTypes: [HttpLambdaResponseType.SIMPLE],
  });
  const remembered = new HttpLambdaAuthorizer("Remembered", authoriser, {
    identitySource: ["$request.header.Authorization"],
    resultsCacheTtl: Duration.seconds(60),
    responseTypes: [HttpLambdaResponseType.SIMPLE],
  });
  const integration = new HttpLambdaIntegration("Echo", echo);
  api.addRoutes({ path: "/open/{name}", methods: [HttpMethod.GET, HttpMethod.POST], integration });
  api.addRoutes({ path: "/open/special", methods: [HttpMethod.GET], integration });
  api.addRoutes({ path: "/asked", methods: [HttpMethod.GET], integration, authorizer: asked });
  api.addRoutes({ path: "/remembered", methods: [HttpMethod.GET], integration, authorizer: remembered });
  for (const node of service.node.findAll()) {
    // The CDK leaves an empty list of identity sources out, and CloudFormation would then take the header.
    if (node instanceof CfnAuthorizer && node.name === "Asked") node.identitySource = [];
  }

  const outputs = {
    TableThings: things.tableName,
    QueueWork: work.queueUrl,
    QueueDead: dead.queueUrl,
    TopicEvents: events.topicArn,
    KeyMain: key.keyArn,
  };
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(state, name, { value });
  new CfnOutput(service, "ApiUrl", { value: api.apiEndpoint });

  const assets = Object.fromEntries(
    ["worker", "api", "authoriser", "clock"].map((name) => [`${name}.zip`, folder(name)]),
  );
  return app.synth().stacks.map(({ stackName, template }) => ({ name: stackName, template, assets }));
}
