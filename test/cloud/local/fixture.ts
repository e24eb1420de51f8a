import { join } from "node:path";
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { CfnAuthorizer, HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { AttributeType, BillingMode, ProjectionType, Table } from "aws-cdk-lib/aws-dynamodb";
import { Key } from "aws-cdk-lib/aws-kms";
import { Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { Schedule, ScheduleExpression, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import { SubscriptionFilter, Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Queue } from "aws-cdk-lib/aws-sqs";
import type { SynthesisedStack } from "../../../infra/synthesise.ts";

const folder = (name: string) => join(import.meta.dirname, "fixture", name);

/**
 * A small system of two stacks: topic → filter → queue → worker → table, an HTTP API with two authorisers (one asked
 * each time, one cached by the header), a key, and a schedule.
 */
export function synthesiseFixture(): SynthesisedStack[] {
  const app = new App({ analyticsReporting: false });
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
    visibilityTimeout: Duration.seconds(1),
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
  const made = (name: string, environment: Record<string, string> = {}) =>
    new LambdaFunction(service, name, {
      runtime: Runtime.NODEJS_24_X,
      handler: "index.handler",
      code: Code.fromBucket(bucket, `${name}.zip`),
      timeout: Duration.seconds(1),
      environment: { POWERTOOLS_SERVICE_NAME: name, ...environment },
    });
  const worker = made("worker", { TABLE_THINGS: things.tableName });
  things.grant(worker, "dynamodb:PutItem", "dynamodb:UpdateItem");
  worker.addEventSource(new SqsEventSource(work, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 2 }));

  const clock = made("clock", { TOPIC_EVENTS: events.topicArn });
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
  const echo = made("api");
  const authoriser = made("authoriser");
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

  const assets = Object.fromEntries(["worker", "api", "authoriser", "clock"].map((name) => [`${name}.zip`, folder(name)]));
  return app.synth().stacks.map(({ stackName, template }) => ({ name: stackName, template, assets }));
}
