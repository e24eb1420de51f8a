import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stack } from "aws-cdk-lib";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { afterAll, describe, expect, it } from "vitest";
import { buildApp } from "../../../infra/app.ts";
import type { PublishedRoute } from "../../../infra/constructs/api.ts";
import { pageRoutes } from "../../../shared/contracts/page-routes.ts";
import { functionOf } from "../../../shared/contracts/route.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { inlineCode, type Json, type Resource, systemTemplate } from "./read-template.ts";

// With cdk-nag: a finding that is not acknowledged fails every test here.
const system = await systemTemplate(true);
const functions = system.functions();
/** All that the API answers: what programs call, and the pages that mails lead to. */
const published = [...Object.values(routes), ...Object.values(pageRoutes)];
const outdir = mkdtempSync(join(tmpdir(), "touchstone-template-"));
afterAll(() => rmSync(outdir, { recursive: true }));
const pick = (name: string): Resource => system.byId(system.outputs.get(name) as string);

describe("tables", () => {
  const tables = system.of("AWS::DynamoDB::Table");

  it.each(tables.map((table) => [table.id, table] as const))("%s is sealed, recoverable and kept", (_, table) => {
    // A destroyed author key has to be gone from everywhere: that one table has no backups.
    const recoverable = table.id !== pick("TableAuthors").id;
    expect(table.properties).toMatchObject({
      SSESpecification: { SSEEnabled: true, SSEType: "KMS" },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: recoverable },
      DeletionProtectionEnabled: true,
      BillingMode: "PAY_PER_REQUEST",
      TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
    });
    expect(system.byId(system.target(table.properties.SSESpecification.KMSMasterKeyId)).type).toBe("AWS::KMS::Key");
    expect(table.whole).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
  });

  it("are those that the outputs name, with the indexes that a named query needs", () => {
    const named = [
      "TableVerdicts",
      "TableContent",
      "TableCases",
      "TableSignals",
      "TableAuthors",
      "TableDirectory",
      "TableDeliveries",
    ].map(pick);
    expect(named.map(({ id }) => id).sort()).toEqual(tables.map(({ id }) => id).sort());
    const nameOf = (id: string) =>
      ["cases", "deliveries", "verdicts"].find(
        (name) => pick(`Table${name.charAt(0).toUpperCase()}${name.slice(1)}`).id === id,
      ) ?? id;
    const indexes = Object.fromEntries(
      tables.flatMap(({ id, properties }) =>
        (properties.GlobalSecondaryIndexes ?? []).map((index: Json) => [
          `${nameOf(id)}/${index.IndexName}`,
          [...index.KeySchema.map((key: Json) => key.AttributeName), index.Projection.ProjectionType],
        ]),
      ),
    );
    expect(indexes).toEqual({
      "cases/lanes": ["lanePk", "laneSk", "ALL"],
      "cases/owes": ["owesPk", "owesSk", "KEYS_ONLY"],
      "deliveries/due": ["duePk", "dueSk", "KEYS_ONLY"],
      "deliveries/log": ["logPk", "logSk", "KEYS_ONLY"],
      "verdicts/author": ["authorPk", "authorSk", "KEYS_ONLY"],
    });
  });

  it("have keys that are kept and turned", () => {
    for (const key of system.of("AWS::KMS::Key")) {
      expect(key.properties.EnableKeyRotation).toBe(true);
      expect(key.whole).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    }
  });
});

describe("queues", () => {
  const queues = system.of("AWS::SQS::Queue");
  const deadOf = ({ properties }: Resource) => system.target(properties.RedrivePolicy.deadLetterTargetArn);
  const working = queues.filter(({ properties }) => properties.RedrivePolicy);
  const mappings = system.of("AWS::Lambda::EventSourceMapping");

  it("have a dead-letter queue each, after five failures, kept for 14 days", () => {
    const dead = queues.filter((queue) => !working.includes(queue));
    expect(working.map(deadOf).sort()).toEqual(dead.map(({ id }) => id).sort());
    for (const { properties } of working) expect(properties.RedrivePolicy.maxReceiveCount).toBe(5);
    for (const { properties } of dead) expect(properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
    for (const [queue, itsDead] of [
      ["QueueAlerts", "QueueAlertsDead"],
      ["QueueAudiences", "QueueAudiencesDead"],
      ["QueueDeliveries", "QueueDeliveriesDead"],
      ["QueueJobs", "QueueJobsDead"],
      ["QueuePosts", "QueuePostsDead"],
      ["QueueRetries", "QueueRetriesDead"],
      ["QueueReview", "QueueReviewDead"],
      ["QueueReviews", "QueueReviewsDead"],
    ] as const) {
      expect(deadOf(pick(queue))).toBe(pick(itsDead).id);
    }
  });

  it("are encrypted, kept, and refuse plain HTTP", () => {
    for (const queue of queues) {
      expect(queue.properties.SqsManagedSseEnabled).toBe(true);
      expect(queue.whole).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
      const refusals = system
        .of("AWS::SQS::QueuePolicy")
        .filter(({ properties }) => properties.Queues.some((ref: Json) => system.target(ref) === queue.id))
        .flatMap(({ properties }) => properties.PolicyDocument.Statement)
        .filter(
          ({ Effect, Condition }: Json) => Effect === "Deny" && Condition.Bool["aws:SecureTransport"] === "false",
        );
      expect(refusals).toHaveLength(1);
    }
  });

  it("each feed one function, which answers with the messages that failed", () => {
    expect(mappings.map(({ properties }) => system.target(properties.EventSourceArn)).sort()).toEqual(
      working.map(({ id }) => id).sort(),
    );
    for (const { properties } of mappings) {
      // A stretch of a job takes all the time that its function has.
      const isJobs = system.target(properties.EventSourceArn) === pick("QueueJobs").id;
      // Deliveries wait for receivers: the more of them, the fewer wait for one that does not answer.
      const isWaiting = ["QueueDeliveries", "QueueRetries"].some(
        (name) => system.target(properties.EventSourceArn) === pick(name).id,
      );
      expect(properties).toMatchObject({
        BatchSize: isJobs ? 1 : 10,
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        MaximumBatchingWindowInSeconds: 0,
        ScalingConfig: { MaximumConcurrency: isJobs ? 4 : isWaiting ? 20 : 10 },
      });
    }
  });

  it("hide a message for at least six times their function's timeout", () => {
    for (const { properties } of mappings) {
      const { VisibilityTimeout } = system.byId(system.target(properties.EventSourceArn)).properties;
      const { Timeout } = system.byId(system.target(properties.FunctionName)).properties;
      expect(VisibilityTimeout).toBeGreaterThanOrEqual(6 * Timeout);
    }
  });
});

describe("topics", () => {
  it("are sealed and refuse plain HTTP", () => {
    const topics = system.of("AWS::SNS::Topic");
    const known = ["TopicVerdicts", "TopicDecisions", "TopicEvents"].map((name) => pick(name).id);
    expect(topics.map(({ id }) => id).sort()).toEqual(known.sort());
    for (const { id, properties } of topics) {
      expect(system.byId(system.target(properties.KmsMasterKeyId)).type).toBe("AWS::KMS::Key");
      const [policy] = system
        .of("AWS::SNS::TopicPolicy")
        .filter((one) => one.properties.Topics.some((ref: Json) => system.target(ref) === id));
      expect(policy?.properties.PolicyDocument.Statement).toMatchObject([
        { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      ]);
    }
  });

  it("feed the review queue with what was flagged, held or blocked, and the alerts queue with what somebody wants", () => {
    const subscriptions = system.of("AWS::SNS::Subscription").map(({ properties }) => properties);
    for (const { Protocol, RawMessageDelivery, FilterPolicyScope, Endpoint, RedrivePolicy } of subscriptions) {
      expect({ Protocol, RawMessageDelivery }).toEqual({ Protocol: "sqs", RawMessageDelivery: true });
      expect(FilterPolicyScope ?? "MessageAttributes").toBe("MessageAttributes");
      expect(system.named(RedrivePolicy.deadLetterTargetArn)).toBe(`${system.named(Endpoint)}Dead`);
    }
    const fed = subscriptions.map(({ TopicArn, Endpoint, FilterPolicy }) => [
      `${system.named(TopicArn)} ${system.named(Endpoint)}`,
      FilterPolicy ?? "everything",
    ]);
    expect(Object.fromEntries(fed)).toEqual({
      "TopicVerdicts QueueReview": { action: ["flag", "hold", "block"] },
      "TopicVerdicts QueueAlerts": { alert: ["1"] },
      // What people and the breaker do is rare.
      "TopicDecisions QueueAlerts": "everything",
      "TopicEvents QueueAlerts": "everything",
    });
  });

  it("alone may write to the queues that they feed, by the queues' own policies", () => {
    const allowed = system
      .of("AWS::SQS::QueuePolicy")
      .flatMap(({ properties }) => properties.PolicyDocument.Statement)
      .filter(({ Effect }: Json) => Effect === "Allow")
      .map(({ Action, Principal, Resource, Condition }: Json) => [
        Principal.Service,
        Action,
        system.named(Resource),
        system.named(Condition.ArnEquals["aws:SourceArn"]),
      ]);
    expect(allowed.sort()).toEqual([
      ...["QueueAlerts", "QueueAlertsDead"].flatMap((queue) =>
        ["TopicDecisions", "TopicEvents", "TopicVerdicts"].map((topic) => [
          "sns.amazonaws.com",
          "sqs:SendMessage",
          queue,
          topic,
        ]),
      ),
      ["sns.amazonaws.com", "sqs:SendMessage", "QueueReview", "TopicVerdicts"],
      ["sns.amazonaws.com", "sqs:SendMessage", "QueueReviewDead", "TopicVerdicts"],
    ]);
  });
});

describe("functions", () => {
  it.each([...functions])("%s runs on arm64 and Node 24, traced, with logs that end", (_, { properties }) => {
    expect(properties).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
      TracingConfig: { Mode: "Active" },
    });
    expect(properties.ReservedConcurrentExecutions).toBeUndefined();
    expect(system.byId(system.target(properties.LoggingConfig.LogGroup)).properties.RetentionInDays).toBe(30);
  });

  it("end in time: 10 s behind the API, 20 s behind a queue, 60 s for the sweep and for jobs", () => {
    const seconds = Object.fromEntries([...functions].map(([name, { properties }]) => [name, properties.Timeout]));
    const api = Object.fromEntries(published.map((route) => [functionOf(route), 10]));
    const behindQueues = ["score-post", "score-review", "score-audience", "open-case"];
    const ofAlerts = ["match-alerts", "deliver", "deliver-again"];
    const queued = Object.fromEntries([...behindQueues, ...ofAlerts].map((name) => [name, 20]));
    expect(seconds).toEqual({ ...api, authorise: 10, ...queued, sweep: 60, "sweep-alerts": 60, "run-job": 60 });
  });

  it("write to no log group without an end", () => {
    for (const { properties } of system.of("AWS::Logs::LogGroup")) expect(properties.RetentionInDays).toBe(30);
  });
});

describe("API", () => {
  const built = system.of("AWS::ApiGatewayV2::Route").map(({ properties }) => properties);

  it("has the contracts' routes, each answered by the function that it names", () => {
    const answers = built.map(({ RouteKey, Target }) => {
      const [, integration] = system.target(Target).split("/");
      const uri = system.byId(integration as string).properties.IntegrationUri;
      return [RouteKey, system.byId(system.target(uri)).properties.Environment.Variables.POWERTOOLS_SERVICE_NAME];
    });
    expect(answers.sort()).toEqual(
      published.map((route) => [`${route.method} ${route.path}`, functionOf(route)]).sort(),
    );
  });

  it("may be the only one that invokes its functions, each once", () => {
    const [api] = system.of("AWS::ApiGatewayV2::Api");
    const permissions = system.of("AWS::Lambda::Permission").map(({ properties }) => properties);
    const invoked = permissions.map(({ FunctionName }) => system.target(FunctionName));
    const answering = new Set([...published.map(functionOf), "authorise"]);
    expect(invoked.sort()).toEqual([...answering].map((name) => functions.get(name)?.id).sort());
    for (const { Action, Principal, SourceArn } of permissions) {
      expect([Action, Principal]).toEqual(["lambda:InvokeFunction", "apigateway.amazonaws.com"]);
      expect(system.target(SourceArn)).toContain(`:${api?.id}/`);
    }
  });

  it("leaves room in its stack, which holds 500 resources at most", async () => {
    const { stacks } = (await buildApp({ outdir, code: inlineCode, nag: false })).synth();
    for (const { template, stackName } of stacks)
      expect([stackName, Object.keys(template.Resources).length]).toEqual([
        stackName,
        expect.toSatisfy((its) => its < 450),
      ]);
  });

  it("asks the authoriser on every route: public ones are for everyone, but through the edge", () => {
    const [authoriser] = system.of("AWS::ApiGatewayV2::Authorizer");
    expect(built).not.toHaveLength(0);
    for (const { AuthorizationType, AuthorizerId } of built) {
      expect(AuthorizationType).toBe("CUSTOM");
      expect(system.target(AuthorizerId)).toBe(authoriser?.id);
    }
  });

  it("asks it each time, also where no key came along", () => {
    const authorisers = system.of("AWS::ApiGatewayV2::Authorizer").map(({ properties }) => properties);
    expect(authorisers).toHaveLength(1);
    expect(authorisers[0]).toMatchObject({
      AuthorizerType: "REQUEST",
      AuthorizerPayloadFormatVersion: "2.0",
      EnableSimpleResponses: true,
      AuthorizerResultTtlInSeconds: 0,
    });
    expect(authorisers[0].IdentitySource ?? []).toEqual([]);
    expect(system.target(authorisers[0].AuthorizerUri)).toContain(functions.get("authorise")?.id);
  });

  it("is throttled, and its access log holds no path, query, address or body", () => {
    const [stage] = system.of("AWS::ApiGatewayV2::Stage");
    expect(stage?.properties).toMatchObject({
      StageName: "$default",
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 1_000, ThrottlingBurstLimit: 2_000 },
    });
    const format: string = stage?.properties.AccessLogSettings.Format;
    expect(Object.values(JSON.parse(format)).every((value) => String(value).startsWith("$context."))).toBe(true);
    expect(format).not.toMatch(/\.path|query|sourceIp|identity|userAgent|http/i);
  });

  it.each([[undefined], [[]]])("is not built where a route's callers are %j", async (callers) => {
    const forgotten = { name: "health", method: "GET", path: "/v1/forgotten", callers } as unknown as PublishedRoute;
    await expect(
      buildApp({ outdir, code: inlineCode, nag: false, routes: [...Object.values(routes), forgotten] }),
    ).rejects.toThrow("GET /v1/forgotten does not declare who may call it");
  });

  it("is not built where a route has no function", async () => {
    const lost = { name: "lost", method: "GET", path: "/v1/lost", callers: "public" } as const;
    await expect(buildApp({ outdir, code: inlineCode, nag: false, routes: [lost] })).rejects.toThrow(
      "there is no function lost",
    );
  });
});

describe("alarms", () => {
  const alarms = system.of("AWS::CloudWatch::Alarm").map(({ properties }) => properties);
  const watching = (metric: string, dimension: string) =>
    alarms
      .filter(({ MetricName }) => MetricName === metric)
      .map(({ Dimensions }) => system.named(Dimensions.find(({ Name }: Json) => Name === dimension).Value))
      .sort();

  it("watch each queue's age, any dead letter, each function's errors, the API's failures and the sweep's silence", () => {
    expect(watching("ApproximateAgeOfOldestMessage", "QueueName")).toEqual([
      "QueueAlerts",
      "QueueAudiences",
      "QueueDeliveries",
      "QueueJobs",
      "QueuePosts",
      "QueueRetries",
      "QueueReview",
      "QueueReviews",
    ]);
    expect(watching("ApproximateNumberOfMessagesVisible", "QueueName")).toEqual([
      "QueueAlertsDead",
      "QueueAudiencesDead",
      "QueueDeliveriesDead",
      "QueueJobsDead",
      "QueuePostsDead",
      "QueueRetriesDead",
      "QueueReviewDead",
      "QueueReviewsDead",
    ]);
    expect(watching("Errors", "FunctionName")).toEqual([...functions.values()].map(({ id }) => id).sort());
    expect(watching("5xx", "ApiId")).toEqual(["ApiUrl"]);
    const scheduled = ["sweep", "sweep-alerts"].map((name) => functions.get(name)?.id);
    expect(watching("Invocations", "FunctionName")).toEqual(scheduled.sort());
    const dead = alarms.find(({ MetricName }) => MetricName === "ApproximateNumberOfMessagesVisible");
    expect(dead).toMatchObject({
      Threshold: 1,
      EvaluationPeriods: 1,
      ComparisonOperator: expect.stringMatching(/^GreaterThanOrEqual/),
    });
  });

  it("say what their firing means and what to do", () => {
    for (const { AlarmDescription } of alarms) {
      expect(AlarmDescription).toMatch(/^[A-Z].{40,}\. [A-Z].{20,}\.$/);
      expect(AlarmDescription.length).toBeLessThanOrEqual(1_024);
    }
  });
});

describe("cdk-nag", () => {
  it("stops synthesis at a finding", async () => {
    const app = await buildApp({ outdir, code: inlineCode });
    new Queue(app.node.findChild("touchstone-stateful") as Stack, "Careless");
    expect(() => app.synth()).toThrow("validation-report.json");
  });
});

describe("dashboard", () => {
  it("is one, and shows every queue's age and dead letters and every function's errors", () => {
    const [board, ...others] = system.of("AWS::CloudWatch::Dashboard");
    expect(others).toEqual([]);
    const body = JSON.stringify(board?.properties.DashboardBody);
    for (const queue of ["posts", "reviews", "audiences", "review", "jobs", "alerts", "deliveries", "retries"])
      expect(body.split(`\\"label\\":\\"${queue}\\"`).length - 1, queue).toBe(functions.has(queue) ? 4 : 2);
    for (const name of functions.keys()) expect(body).toContain(`\\"label\\":\\"${name}\\"`);
    const mappings = system.of("AWS::Lambda::EventSourceMapping");
    const behindQueues = new Set(mappings.map(({ properties }) => system.target(properties.FunctionName)));
    for (const [name, { id }] of functions)
      expect(body.includes(`\\"Touchstone\\",\\"Handled\\",\\"service\\",\\"${name}\\"`), name).toBe(
        behindQueues.has(id),
      );
  });
});
