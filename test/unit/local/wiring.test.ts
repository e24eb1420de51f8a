import { describe, expect, test } from "vitest";
import { checkDeliveries } from "../../../local/gate/deliveries.ts";
import { wireApi } from "../../../local/gateway/wiring.ts";
import type { LocalFunction } from "../../../local/lambda/function.ts";
import { functionPlans } from "../../../local/lambda/plans.ts";
import { mappingPlans } from "../../../local/mapping/wiring.ts";
import { schedulePlans } from "../../../local/scheduler/wiring.ts";
import { readStacks } from "../../../local/template/read.ts";

// What AWS would refuse, or quietly not do, must not start here either.

const world = {
  partition: "aws",
  account: "000000000000",
  region: "us-east-1",
  queuesUrl: "http://127.0.0.1:1",
  apiUrl: "http://127.0.0.1:2",
};
const arnOf = (logicalId: string) => ({ "Fn::GetAtt": [logicalId, "Arn"] });
const document = (statement: object) => ({ Version: "2012-10-17", Statement: [statement] });

interface Changes {
  /** Actions that the function's role grants on the queue. */
  actions?: string[];
  visibility?: number;
  batch?: object;
  /** The topic that the queue's policy lets in. */
  sender?: unknown;
  invokes?: string;
  sourceArn?: string;
  managed?: string;
}

/** A sound system, but for the changes asked for. */
function declare(changes: Changes = {}) {
  const consuming = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
  const Resources = {
    Topic: { Type: "AWS::SNS::Topic", Properties: {} },
    Queue: { Type: "AWS::SQS::Queue", Properties: { VisibilityTimeout: changes.visibility ?? 60 } },
    Subscription: {
      Type: "AWS::SNS::Subscription",
      Properties: { TopicArn: { Ref: "Topic" }, Protocol: "sqs", Endpoint: arnOf("Queue") },
    },
    QueuePolicy: {
      Type: "AWS::SQS::QueuePolicy",
      Properties: {
        Queues: [{ Ref: "Queue" }],
        PolicyDocument: document({
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: arnOf("Queue"),
          Condition: { ArnEquals: { "aws:SourceArn": changes.sender ?? { Ref: "Topic" } } },
        }),
      },
    },
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: {},
        ...(changes.managed && { ManagedPolicyArns: [changes.managed] }),
        Policies: [
          {
            PolicyName: "own",
            PolicyDocument: document({
              Effect: "Allow",
              Action: changes.actions ?? consuming,
              Resource: arnOf("Queue"),
            }),
          },
        ],
      },
    },
    Invoking: {
      Type: "AWS::IAM::Policy",
      Properties: {
        PolicyName: "invoking",
        PolicyDocument: document({
          Effect: "Allow",
          Action: changes.invokes ?? "lambda:InvokeFunction",
          Resource: "*",
        }),
        Roles: [{ Ref: "Role" }],
      },
    },
    Fn: {
      Type: "AWS::Lambda::Function",
      Properties: {
        Code: { S3Bucket: "assets", S3Key: "fn.zip" },
        Handler: "index.handler",
        Runtime: "nodejs24.x",
        Role: arnOf("Role"),
        Timeout: 10,
        Environment: { Variables: { QUEUE: { Ref: "Queue" }, POWERTOOLS_SERVICE_NAME: "worker" } },
      },
    },
    Mapping: {
      Type: "AWS::Lambda::EventSourceMapping",
      Properties: { EventSourceArn: arnOf("Queue"), FunctionName: { Ref: "Fn" }, ...changes.batch },
    },
    Schedule: {
      Type: "AWS::Scheduler::Schedule",
      Properties: {
        ScheduleExpression: "rate(1 minute)",
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: { Arn: arnOf("Fn"), RoleArn: arnOf("Role") },
      },
    },
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "api", ProtocolType: "HTTP" } },
    Integration: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        ApiId: { Ref: "Api" },
        IntegrationType: "AWS_PROXY",
        IntegrationUri: arnOf("Fn"),
        PayloadFormatVersion: "2.0",
      },
    },
    Route: {
      Type: "AWS::ApiGatewayV2::Route",
      Properties: {
        ApiId: { Ref: "Api" },
        RouteKey: "GET /things/{id}",
        Target: { "Fn::Join": ["/", ["integrations", { Ref: "Integration" }]] },
      },
    },
    Permission: {
      Type: "AWS::Lambda::Permission",
      Properties: {
        Action: "lambda:InvokeFunction",
        FunctionName: arnOf("Fn"),
        Principal: "apigateway.amazonaws.com",
        SourceArn: changes.sourceArn ?? {
          "Fn::Sub": `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/*/*/things/{id}`,
        },
      },
    },
  };
  const declarations = readStacks([{ name: "one", template: { Resources }, assets: { "fn.zip": "/bundle" } }], world);
  const functions = functionPlans(declarations, world, { AWS_REGION: "us-east-1" }, {});
  const [worker] = functions;
  if (worker === undefined) throw new Error("no function was read");
  const functionOf = () => ({ plan: worker.plan }) as LocalFunction;
  return {
    worker,
    deliveries: () => checkDeliveries(declarations),
    mappings: () => mappingPlans(declarations, functions, () => 4),
    schedules: () => schedulePlans(declarations, functionOf),
    api: () => wireApi(declarations, world, functionOf),
  };
}

test("a sound system is wired as its template says", () => {
  const { worker, deliveries, mappings, schedules, api } = declare();
  expect(deliveries).not.toThrow();
  expect(worker.plan).toMatchObject({
    name: "worker",
    folder: "/bundle",
    timeoutSeconds: 10,
    memoryMb: 128,
    variables: { QUEUE: "http://127.0.0.1:1/000000000000/one-Queue", AWS_REGION: "us-east-1" },
  });
  expect(worker.plan.variables.AWS_ACCESS_KEY_ID).toBe(worker.caller.accessKey);
  expect(mappings()).toMatchObject([
    { plan: { batchSize: 10, windowSeconds: 0, concurrency: 4, reportsFailures: false } },
  ]);
  expect(schedules()).toMatchObject([{ name: "one-Schedule", expression: "rate(1 minute)", enabled: true }]);
  expect(api()?.routes).toMatchObject([{ key: "GET /things/{id}", timeoutMs: 30_000, authoriser: undefined }]);
});

describe("refused at the start:", () => {
  test("a queue that does not let its topic in", () => {
    const { deliveries } = declare({ sender: "arn:aws:sns:us-east-1:000000000000:another" });
    expect(deliveries).toThrow(/one\/Subscription: no policy of the queue lets the topic/);
  });

  test("a mapping whose role may not consume the queue", () => {
    const { mappings } = declare({ actions: ["sqs:ReceiveMessage", "sqs:GetQueueAttributes"] });
    expect(mappings).toThrow("one/Mapping: the role of worker does not grant sqs:DeleteMessage");
  });

  test("a queue whose messages come again while they are worked on", () => {
    expect(declare({ visibility: 9 }).mappings).toThrow(/visibility timeout is under the function's time-out/);
  });

  test("a large batch without a window", () => {
    expect(declare({ batch: { BatchSize: 100 } }).mappings).toThrow(/needs a batching window/);
    expect(declare({ batch: { BatchSize: 100, MaximumBatchingWindowInSeconds: 1 } }).mappings).not.toThrow();
  });

  test("a schedule whose role may not start its function", () => {
    expect(declare({ invokes: "lambda:GetFunction" }).schedules).toThrow(/does not grant lambda:InvokeFunction/);
  });

  test("a route that API Gateway may not invoke", () => {
    expect(declare({ sourceArn: "arn:aws:execute-api:us-east-1:000000000000:other/*/*/things/{id}" }).api).toThrow(
      "one/Route: API Gateway has no permission to invoke worker",
    );
  });

  test("a policy of AWS's own that is not known here", () => {
    expect(() => declare({ managed: "arn:aws:iam::aws:policy/AdministratorAccess" })).toThrow(/AdministratorAccess/);
    const logging = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    expect(declare({ managed: logging }).worker.caller.policies).toHaveLength(3);
  });
});
