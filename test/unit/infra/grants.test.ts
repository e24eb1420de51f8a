import { describe, expect, it } from "vitest";
import { type Json, list, type Resource, systemTemplate } from "./read-template.ts";

/** What each function may do and the variables that it learns it by: the whole table, and nothing else. */
const FUNCTIONS: Record<string, { variables: string; calls: readonly string[] }> = {
  intake: {
    variables: "TABLE_DIRECTORY TABLE_VERDICTS QUEUE_POSTS QUEUE_REVIEWS QUEUE_AUDIENCES KEY_CONTENT",
    calls: [
      "dynamodb:GetItem TableDirectory",
      "dynamodb:UpdateItem TableDirectory",
      "dynamodb:GetItem TableVerdicts",
      "dynamodb:PutItem TableVerdicts",
      "sqs:SendMessage QueuePosts",
      "sqs:SendMessage QueueReviews",
      "sqs:SendMessage QueueAudiences",
      "kms:Decrypt KeyContent",
    ],
  },
  score: {
    variables: "TABLE_DIRECTORY TABLE_VERDICTS TABLE_SIGNALS QUEUE_POSTS QUEUE_REVIEWS KEY_CONTENT",
    calls: [
      "dynamodb:GetItem TableDirectory",
      "dynamodb:UpdateItem TableDirectory",
      "dynamodb:GetItem TableVerdicts",
      "dynamodb:PutItem TableVerdicts",
      "dynamodb:BatchGetItem TableSignals",
      "sqs:SendMessage QueuePosts",
      "sqs:SendMessage QueueReviews",
      "kms:Decrypt KeyContent",
    ],
  },
  "get-verdict": {
    variables: "TABLE_VERDICTS",
    calls: ["dynamodb:Query TableVerdicts"],
  },
  "get-target": {
    variables: "TABLE_SIGNALS",
    calls: ["dynamodb:GetItem TableSignals", "dynamodb:Query TableSignals"],
  },
  "get-audience": {
    variables: "TABLE_VERDICTS TABLE_SIGNALS",
    calls: ["dynamodb:GetItem TableSignals", "dynamodb:Query TableSignals", "dynamodb:Query TableVerdicts"],
  },
  "list-cases": {
    variables: "TABLE_CASES",
    calls: ["dynamodb:Query TableCases/index/lanes", "dynamodb:Query TableCases", "dynamodb:BatchGetItem TableCases"],
  },
  "get-author": {
    variables: "TABLE_VERDICTS TABLE_CASES TABLE_SIGNALS TABLE_AUTHORS TABLE_DIRECTORY KEY_CONTENT",
    calls: [
      "dynamodb:Query TableVerdicts/index/author",
      "dynamodb:Query TableVerdicts",
      "dynamodb:BatchGetItem TableVerdicts",
      "dynamodb:GetItem TableCases",
      "dynamodb:BatchGetItem TableCases",
      "dynamodb:BatchWriteItem TableCases",
      "dynamodb:GetItem TableSignals",
      "dynamodb:Query TableSignals",
      "dynamodb:BatchGetItem TableAuthors",
      "dynamodb:GetItem TableDirectory",
      "kms:Decrypt KeyContent",
    ],
  },
  "list-targets": {
    variables: "TABLE_CASES TABLE_SIGNALS TABLE_VERDICTS TABLE_DIRECTORY",
    calls: [
      "dynamodb:Query TableCases/index/lanes",
      "dynamodb:Query TableCases",
      "dynamodb:BatchGetItem TableCases",
      "dynamodb:GetItem TableSignals",
      "dynamodb:Query TableSignals",
      "dynamodb:Query TableVerdicts",
      "dynamodb:GetItem TableDirectory",
    ],
  },
  "get-case": {
    variables: "TABLE_CASES TABLE_VERDICTS TABLE_CONTENT TABLE_DIRECTORY TABLE_AUTHORS KEY_CONTENT",
    calls: [
      "dynamodb:Query TableVerdicts",
      "dynamodb:GetItem TableAuthors",
      "dynamodb:GetItem TableCases",
      "dynamodb:Query TableCases",
      "dynamodb:BatchWriteItem TableCases",
      "dynamodb:GetItem TableContent",
      "dynamodb:GetItem TableDirectory",
      "kms:Decrypt KeyContent",
    ],
  },
  decide: {
    variables: "TABLE_CASES TABLE_DIRECTORY TOPIC_DECISIONS KEY_CONTENT",
    calls: [
      "dynamodb:GetItem TableCases",
      "dynamodb:PutItem TableCases",
      "dynamodb:BatchGetItem TableCases",
      "dynamodb:Query TableCases",
      "dynamodb:UpdateItem TableCases",
      "dynamodb:BatchWriteItem TableCases",
      "dynamodb:GetItem TableDirectory",
      "sns:Publish TopicDecisions",
      "kms:Decrypt KeyContent",
    ],
  },
  "claim-case": {
    variables: "TABLE_CASES TABLE_DIRECTORY",
    calls: [
      "dynamodb:Query TableCases/index/lanes",
      "dynamodb:GetItem TableCases",
      "dynamodb:Query TableCases",
      "dynamodb:PutItem TableCases",
      "dynamodb:UpdateItem TableCases",
      "dynamodb:BatchWriteItem TableCases",
      "dynamodb:GetItem TableDirectory",
    ],
  },
  "note-case": {
    variables: "TABLE_CASES TABLE_DIRECTORY KEY_CONTENT",
    calls: [
      "dynamodb:GetItem TableCases",
      "dynamodb:PutItem TableCases",
      "dynamodb:BatchWriteItem TableCases",
      "dynamodb:GetItem TableDirectory",
      "kms:Decrypt KeyContent",
    ],
  },
  "list-queues": {
    variables: "TABLE_CASES TABLE_DIRECTORY",
    calls: [
      "dynamodb:Query TableCases/index/lanes",
      "dynamodb:Query TableCases",
      "dynamodb:GetItem TableDirectory",
      "dynamodb:Query TableDirectory",
    ],
  },
  "set-queues": {
    variables: "TABLE_CASES TABLE_DIRECTORY",
    calls: ["dynamodb:GetItem TableDirectory", "dynamodb:PutItem TableDirectory", "dynamodb:BatchWriteItem TableCases"],
  },
  me: { variables: "TABLE_DIRECTORY", calls: ["dynamodb:GetItem TableDirectory"] },
  members: {
    variables: "TABLE_CASES TABLE_DIRECTORY",
    calls: [
      "dynamodb:GetItem TableDirectory",
      "dynamodb:Query TableDirectory",
      "dynamodb:PutItem TableDirectory",
      "dynamodb:DeleteItem TableDirectory",
      "dynamodb:BatchWriteItem TableCases",
    ],
  },
  keys: {
    variables: "TABLE_CASES TABLE_DIRECTORY",
    calls: [
      "dynamodb:Query TableDirectory",
      "dynamodb:PutItem TableDirectory",
      "dynamodb:UpdateItem TableDirectory",
      "dynamodb:BatchWriteItem TableCases",
    ],
  },
  "list-audit": {
    variables: "TABLE_CASES",
    calls: ["dynamodb:Query TableCases", "dynamodb:BatchWriteItem TableCases"],
  },
  "erase-author": {
    variables: "TABLE_VERDICTS TABLE_CONTENT TABLE_CASES TABLE_SIGNALS TABLE_AUTHORS TABLE_DIRECTORY KEY_CONTENT",
    calls: [
      "dynamodb:Query TableVerdicts/index/author",
      "dynamodb:BatchGetItem TableVerdicts",
      "dynamodb:Query TableVerdicts",
      "dynamodb:DeleteItem TableVerdicts",
      "dynamodb:GetItem TableContent",
      "dynamodb:PutItem TableContent",
      "dynamodb:DeleteItem TableContent",
      "dynamodb:GetItem TableCases",
      "dynamodb:Query TableCases",
      "dynamodb:UpdateItem TableCases",
      "dynamodb:DeleteItem TableCases",
      "dynamodb:DeleteItem TableSignals",
      "dynamodb:GetItem TableSignals",
      "dynamodb:Query TableSignals",
      "dynamodb:GetItem TableAuthors",
      "dynamodb:PutItem TableAuthors",
      "dynamodb:DeleteItem TableAuthors",
      "dynamodb:GetItem TableDirectory",
      "kms:Decrypt KeyContent",
    ],
  },
  health: { variables: "TABLE_DIRECTORY", calls: ["dynamodb:GetItem TableDirectory"] },
  policies: {
    variables: "TABLE_DIRECTORY",
    calls: ["dynamodb:GetItem TableDirectory", "dynamodb:Query TableDirectory"],
  },
  "edit-policies": {
    variables: "TABLE_DIRECTORY",
    calls: ["dynamodb:GetItem TableDirectory", "dynamodb:Query TableDirectory", "dynamodb:PutItem TableDirectory"],
  },
  shadows: {
    variables: "TABLE_DIRECTORY TABLE_VERDICTS TABLE_SIGNALS",
    calls: [
      "dynamodb:GetItem TableDirectory",
      "dynamodb:Query TableDirectory",
      "dynamodb:BatchGetItem TableVerdicts",
      "dynamodb:Query TableVerdicts",
      "dynamodb:Query TableSignals",
    ],
  },
  quarantines: {
    variables: "TABLE_SIGNALS TOPIC_EVENTS",
    calls: ["dynamodb:GetItem TableSignals", "dynamodb:PutItem TableSignals", "sns:Publish TopicEvents"],
  },
  backtests: {
    variables: "TABLE_CASES TABLE_DIRECTORY QUEUE_JOBS",
    calls: [
      "dynamodb:GetItem TableCases",
      "dynamodb:Query TableCases",
      "dynamodb:PutItem TableCases",
      "dynamodb:UpdateItem TableCases",
      "dynamodb:GetItem TableDirectory",
      "dynamodb:Query TableDirectory",
      "sqs:SendMessage QueueJobs",
    ],
  },
  undos: {
    variables: "TABLE_CASES TABLE_DIRECTORY QUEUE_JOBS",
    calls: [
      "dynamodb:GetItem TableCases",
      "dynamodb:Query TableCases",
      "dynamodb:PutItem TableCases",
      "dynamodb:UpdateItem TableCases",
      "dynamodb:GetItem TableDirectory",
      "sqs:SendMessage QueueJobs",
    ],
  },
  authorise: {
    variables: "TABLE_DIRECTORY IDENTITY_ISSUER IDENTITY_CLIENT ORIGIN_SECRET ORIGIN_SECRET_NEXT",
    calls: ["dynamodb:GetItem TableDirectory"],
  },
  "score-post": {
    variables:
      "TABLE_VERDICTS TABLE_CONTENT TABLE_DIRECTORY TABLE_AUTHORS TABLE_SIGNALS TOPIC_VERDICTS TOPIC_EVENTS KEY_CONTENT QUEUE_SELF QUEUE_DEAD",
    calls: [
      "dynamodb:BatchGetItem TableAuthors",
      "dynamodb:GetItem TableAuthors",
      "dynamodb:PutItem TableAuthors",
      "dynamodb:GetItem TableVerdicts",
      "dynamodb:PutItem TableVerdicts",
      "dynamodb:PutItem TableContent",
      "dynamodb:GetItem TableDirectory",
      "dynamodb:GetItem TableSignals",
      "dynamodb:Query TableSignals",
      "dynamodb:PutItem TableSignals",
      "dynamodb:UpdateItem TableSignals",
      "sns:Publish TopicVerdicts",
      "sns:Publish TopicEvents",
      "kms:Decrypt KeyContent",
      "sqs:ReceiveMessage QueuePosts",
      "sqs:DeleteMessage QueuePosts",
      "sqs:GetQueueAttributes QueuePosts",
      "sqs:ChangeMessageVisibility QueuePosts",
      "sqs:SendMessage QueuePostsDead",
    ],
  },
  "score-review": {
    variables:
      "TABLE_VERDICTS TABLE_CONTENT TABLE_DIRECTORY TABLE_AUTHORS TABLE_SIGNALS TOPIC_VERDICTS TOPIC_EVENTS KEY_CONTENT QUEUE_SELF QUEUE_DEAD",
    calls: [
      "dynamodb:BatchGetItem TableAuthors",
      "dynamodb:GetItem TableAuthors",
      "dynamodb:PutItem TableAuthors",
      "dynamodb:GetItem TableVerdicts",
      "dynamodb:PutItem TableVerdicts",
      "dynamodb:Query TableVerdicts",
      "dynamodb:UpdateItem TableVerdicts",
      "dynamodb:PutItem TableContent",
      "dynamodb:GetItem TableDirectory",
      "dynamodb:BatchGetItem TableSignals",
      "dynamodb:GetItem TableSignals",
      "dynamodb:Query TableSignals",
      "dynamodb:PutItem TableSignals",
      "dynamodb:UpdateItem TableSignals",
      "dynamodb:BatchWriteItem TableSignals",
      "sns:Publish TopicVerdicts",
      "sns:Publish TopicEvents",
      "kms:Decrypt KeyContent",
      "sqs:ReceiveMessage QueueReviews",
      "sqs:DeleteMessage QueueReviews",
      "sqs:GetQueueAttributes QueueReviews",
      "sqs:ChangeMessageVisibility QueueReviews",
      "sqs:SendMessage QueueReviewsDead",
    ],
  },
  "score-audience": {
    variables:
      "TABLE_VERDICTS TABLE_DIRECTORY TABLE_AUTHORS TABLE_SIGNALS TOPIC_VERDICTS TOPIC_EVENTS QUEUE_SELF QUEUE_DEAD",
    calls: [
      "dynamodb:BatchGetItem TableAuthors",
      "dynamodb:PutItem TableVerdicts",
      "dynamodb:Query TableVerdicts",
      "dynamodb:GetItem TableDirectory",
      "dynamodb:GetItem TableSignals",
      "dynamodb:Query TableSignals",
      "dynamodb:PutItem TableSignals",
      "dynamodb:UpdateItem TableSignals",
      "sns:Publish TopicVerdicts",
      "sns:Publish TopicEvents",
      "sqs:ReceiveMessage QueueAudiences",
      "sqs:DeleteMessage QueueAudiences",
      "sqs:GetQueueAttributes QueueAudiences",
      "sqs:ChangeMessageVisibility QueueAudiences",
      "sqs:SendMessage QueueAudiencesDead",
    ],
  },
  "open-case": {
    variables: "TABLE_CASES TABLE_AUTHORS TABLE_DIRECTORY TOPIC_EVENTS QUEUE_SELF QUEUE_DEAD",
    calls: [
      "dynamodb:GetItem TableCases",
      "dynamodb:BatchGetItem TableCases",
      "dynamodb:PutItem TableCases",
      "dynamodb:UpdateItem TableCases",
      "dynamodb:GetItem TableDirectory",
      "dynamodb:BatchGetItem TableAuthors",
      "sns:Publish TopicEvents",
      "sqs:ReceiveMessage QueueReview",
      "sqs:DeleteMessage QueueReview",
      "sqs:GetQueueAttributes QueueReview",
      "sqs:ChangeMessageVisibility QueueReview",
      "sqs:SendMessage QueueReviewDead",
    ],
  },
  "run-job": {
    variables: "TABLE_VERDICTS TABLE_CASES TABLE_DIRECTORY TOPIC_DECISIONS QUEUE_JOBS QUEUE_SELF QUEUE_DEAD",
    calls: [
      "dynamodb:BatchGetItem TableVerdicts",
      "dynamodb:Query TableVerdicts",
      "dynamodb:UpdateItem TableVerdicts",
      "dynamodb:BatchGetItem TableCases",
      "dynamodb:GetItem TableCases",
      "dynamodb:Query TableCases",
      "dynamodb:PutItem TableCases",
      "dynamodb:UpdateItem TableCases",
      "dynamodb:DeleteItem TableCases",
      "dynamodb:BatchWriteItem TableCases",
      "dynamodb:GetItem TableDirectory",
      "sns:Publish TopicDecisions",
      "sqs:SendMessage QueueJobs",
      "sqs:ReceiveMessage QueueJobs",
      "sqs:DeleteMessage QueueJobs",
      "sqs:GetQueueAttributes QueueJobs",
      "sqs:ChangeMessageVisibility QueueJobs",
      "sqs:SendMessage QueueJobsDead",
    ],
  },
  sweep: {
    variables: "TABLE_CASES TOPIC_DECISIONS",
    calls: [
      "dynamodb:Query TableCases/index/owes",
      "dynamodb:GetItem TableCases",
      "dynamodb:PutItem TableCases",
      "dynamodb:Query TableCases",
      "dynamodb:UpdateItem TableCases",
      "dynamodb:BatchWriteItem TableCases",
      "sns:Publish TopicDecisions",
    ],
  },
  "match-alerts": {
    variables: "TABLE_DIRECTORY TABLE_CASES TABLE_DELIVERIES QUEUE_DELIVERIES KEY_CONTENT QUEUE_SELF QUEUE_DEAD",
    calls: [
      "dynamodb:GetItem TableDirectory",
      "dynamodb:Query TableDirectory",
      "dynamodb:GetItem TableCases",
      "dynamodb:GetItem TableDeliveries",
      "dynamodb:BatchGetItem TableDeliveries",
      "dynamodb:PutItem TableDeliveries",
      "dynamodb:UpdateItem TableDeliveries",
      "sqs:SendMessage QueueDeliveries",
      "kms:Decrypt KeyContent",
      "sqs:ReceiveMessage QueueAlerts",
      "sqs:DeleteMessage QueueAlerts",
      "sqs:GetQueueAttributes QueueAlerts",
      "sqs:ChangeMessageVisibility QueueAlerts",
      "sqs:SendMessage QueueAlertsDead",
    ],
  },
  subscriptions: {
    variables: "TABLE_DIRECTORY",
    calls: ["dynamodb:GetItem TableDirectory", "dynamodb:Query TableDirectory"],
  },
  "edit-subscriptions": {
    variables: "TABLE_DIRECTORY TABLE_CASES TABLE_DELIVERIES QUEUE_DELIVERIES KEY_CONTENT",
    calls: [
      "dynamodb:GetItem TableDirectory",
      "dynamodb:Query TableDirectory",
      "dynamodb:PutItem TableDirectory",
      "dynamodb:UpdateItem TableDirectory",
      "dynamodb:DeleteItem TableDirectory",
      "dynamodb:BatchWriteItem TableCases",
      "dynamodb:GetItem TableDeliveries",
      "dynamodb:PutItem TableDeliveries",
      "sqs:SendMessage QueueDeliveries",
      "kms:Decrypt KeyContent",
    ],
  },
  "mail-links": {
    variables: "TABLE_DIRECTORY TABLE_CASES TABLE_DELIVERIES KEY_CONTENT",
    calls: [
      "dynamodb:GetItem TableDirectory",
      "dynamodb:UpdateItem TableDirectory",
      "dynamodb:BatchWriteItem TableCases",
      "dynamodb:PutItem TableDeliveries",
      "kms:Decrypt KeyContent",
    ],
  },
  alerts: {
    variables: "TABLE_DELIVERIES TABLE_DIRECTORY TABLE_CASES",
    calls: [
      "dynamodb:GetItem TableDeliveries",
      "dynamodb:Query TableDeliveries",
      "dynamodb:UpdateItem TableDeliveries",
      "dynamodb:GetItem TableDirectory",
      "dynamodb:Query TableDirectory",
      "dynamodb:BatchWriteItem TableCases",
    ],
  },
  events: {
    variables: "TABLE_DELIVERIES TABLE_DIRECTORY TABLE_CASES",
    calls: [
      "dynamodb:Query TableDeliveries",
      "dynamodb:GetItem TableDirectory",
      "dynamodb:UpdateItem TableDirectory",
      "dynamodb:BatchWriteItem TableCases",
    ],
  },
  deliveries: {
    variables: "TABLE_DELIVERIES TABLE_DIRECTORY TABLE_CASES QUEUE_DELIVERIES QUEUE_RETRIES KEY_CONTENT",
    calls: [
      "dynamodb:BatchWriteItem TableCases",
      "dynamodb:Query TableDeliveries/index/log",
      "dynamodb:GetItem TableDeliveries",
      "dynamodb:BatchGetItem TableDeliveries",
      "dynamodb:PutItem TableDeliveries",
      "dynamodb:UpdateItem TableDeliveries",
      "dynamodb:GetItem TableDirectory",
      "sqs:SendMessage QueueDeliveries",
      "sqs:SendMessage QueueRetries",
      "kms:Decrypt KeyContent",
    ],
  },
  deliver: {
    variables:
      "TABLE_DELIVERIES TABLE_DIRECTORY QUEUE_DELIVERIES QUEUE_RETRIES KEY_CONTENT QUEUE_SELF QUEUE_DEAD CONSOLE_ORIGIN",
    calls: [
      "dynamodb:GetItem TableDeliveries",
      "dynamodb:PutItem TableDeliveries",
      "dynamodb:UpdateItem TableDeliveries",
      "dynamodb:GetItem TableDirectory",
      "dynamodb:Query TableDirectory",
      "dynamodb:UpdateItem TableDirectory",
      "sqs:SendMessage QueueDeliveries",
      "sqs:SendMessage QueueRetries",
      "kms:Decrypt KeyContent",
      "sqs:ReceiveMessage QueueDeliveries",
      "sqs:DeleteMessage QueueDeliveries",
      "sqs:GetQueueAttributes QueueDeliveries",
      "sqs:ChangeMessageVisibility QueueDeliveries",
      "sqs:SendMessage QueueDeliveriesDead",
    ],
  },
  "deliver-again": {
    variables:
      "TABLE_DELIVERIES TABLE_DIRECTORY QUEUE_DELIVERIES QUEUE_RETRIES KEY_CONTENT QUEUE_SELF QUEUE_DEAD CONSOLE_ORIGIN",
    calls: [
      "dynamodb:GetItem TableDeliveries",
      "dynamodb:PutItem TableDeliveries",
      "dynamodb:UpdateItem TableDeliveries",
      "dynamodb:GetItem TableDirectory",
      "dynamodb:Query TableDirectory",
      "dynamodb:UpdateItem TableDirectory",
      "sqs:SendMessage QueueDeliveries",
      "sqs:SendMessage QueueRetries",
      "kms:Decrypt KeyContent",
      "sqs:ReceiveMessage QueueRetries",
      "sqs:DeleteMessage QueueRetries",
      "sqs:GetQueueAttributes QueueRetries",
      "sqs:ChangeMessageVisibility QueueRetries",
      "sqs:SendMessage QueueRetriesDead",
    ],
  },
  "sweep-alerts": {
    variables: "TABLE_DELIVERIES TABLE_DIRECTORY QUEUE_DELIVERIES QUEUE_RETRIES KEY_CONTENT",
    calls: [
      "dynamodb:Query TableDeliveries/index/due",
      "dynamodb:GetItem TableDeliveries",
      "dynamodb:BatchGetItem TableDeliveries",
      "dynamodb:Query TableDeliveries",
      "dynamodb:PutItem TableDeliveries",
      "dynamodb:UpdateItem TableDeliveries",
      "dynamodb:DeleteItem TableDeliveries",
      "dynamodb:GetItem TableDirectory",
      "sqs:SendMessage QueueDeliveries",
      "sqs:SendMessage QueueRetries",
      "kms:Decrypt KeyContent",
    ],
  },
};

const DRAINED: Record<string, string> = {
  deliver: "QueueDeliveries",
  "deliver-again": "QueueRetries",
  "score-post": "QueuePosts",
  "score-review": "QueueReviews",
  "score-audience": "QueueAudiences",
  "open-case": "QueueReview",
  "match-alerts": "QueueAlerts",
  "run-job": "QueueJobs",
};

const COMMON_VARIABLES = ["LOG_LEVEL", "POWERTOOLS_METRICS_NAMESPACE", "POWERTOOLS_SERVICE_NAME"];

/** Every function traces; X-Ray's actions know no resource. This is the only star. */
const TRACING = ["xray:PutTelemetryRecords *", "xray:PutTraceSegments *"];

/** Tables and topics are sealed: using them takes their key, and only through the service that they belong to. */
function keyUse(calls: readonly string[]): string[] {
  const through = (service: string, actions: string[]) => actions.map((action) => `kms:${action} data via ${service}`);
  const has = (pattern: RegExp) => calls.some((call) => pattern.test(call));
  return [
    ...(has(/^dynamodb:(PutItem|UpdateItem|DeleteItem|BatchWriteItem)/)
      ? through("dynamodb", ["Decrypt", "Encrypt", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo"])
      : through("dynamodb", ["Decrypt"])),
    ...(has(/^sns:/) ? through("sns", ["Decrypt", "GenerateDataKey"]) : []),
  ];
}

const system = await systemTemplate(false);
const functions = system.functions();
const dataKey = system.of("AWS::KMS::Key").find(({ id }) => id !== system.outputs.get("KeyContent"))?.id;

function grantsOf(fn: Resource): string[] {
  const logs = system.target(fn.properties.LoggingConfig.LogGroup);
  const words = (resource: Json): string => {
    const name = system.named(resource);
    if (name === logs) return "own logs";
    return name === dataKey ? "data" : name;
  };
  const via = (condition: Json): string => {
    if (condition === undefined) return "";
    expect(Object.keys(condition)).toEqual(["StringEquals"]);
    expect(Object.keys(condition.StringEquals)).toEqual(["kms:ViaService"]);
    const service = system.target(condition.StringEquals["kms:ViaService"]);
    expect(service).toMatch(/^(dynamodb|sns)\.AWS::Region\.amazonaws\.com$/);
    return ` via ${service.split(".")[0]}`;
  };
  const statements = system.statementsOf(system.target(fn.properties.Role));
  const granted = statements.flatMap(({ Action, Resource, Condition }) =>
    list(Action).flatMap((action) => list(Resource).map((resource) => `${action} ${words(resource)}${via(Condition)}`)),
  );
  return [...new Set(granted)].sort();
}

describe("what functions may do", () => {
  it("knows every function, and no other", () => {
    expect([...functions.keys()].sort()).toEqual(Object.keys(FUNCTIONS).sort());
  });

  it.each(Object.entries(FUNCTIONS))("%s may make its calls and no others", (name, { calls }) => {
    const fn = functions.get(name) as Resource;
    expect(grantsOf(fn)).toEqual(
      [...calls, ...keyUse(calls), ...TRACING, "logs:CreateLogStream own logs", "logs:PutLogEvents own logs"].sort(),
    );
  });

  it.each(Object.entries(FUNCTIONS))("%s learns where from its environment", (name, { variables }) => {
    const set = (functions.get(name) as Resource).properties.Environment.Variables;
    expect(Object.keys(set).sort()).toEqual([...COMMON_VARIABLES, ...variables.split(" ")].sort());
    const drained = DRAINED[name] ?? "none";
    for (const variable of variables.split(" ")) {
      // What the edge shows has no output on purpose: edge.test.ts looks at it, and mail.test.ts at where it stands.
      if (variable.startsWith("ORIGIN_") || variable === "CONSOLE_ORIGIN") continue;
      const output = variable
        .replace("QUEUE_SELF", drained)
        .replace("QUEUE_DEAD", `${drained}Dead`)
        .replace("IDENTITY_ISSUER", "SignInIssuer")
        .replace("IDENTITY_CLIENT", "SignInClientId")
        .replace(/^(\w)(\w+)_(\w)(\w+)$/, (_, a, b, c, d) => a + b.toLowerCase() + c + d.toLowerCase());
      expect(system.named(set[variable]), variable).toBe(output);
    }
  });

  it("gives each role to one function or schedule, without managed or inline policies", () => {
    const roles = system.of("AWS::IAM::Role");
    const worn = [
      ...[...functions.values()].map(({ properties }) => system.target(properties.Role)),
      ...system.of("AWS::Scheduler::Schedule").map(({ properties }) => system.target(properties.Target.RoleArn)),
    ];
    expect(roles.map(({ id }) => id).sort()).toEqual(worn.sort());
    for (const { properties } of roles) expect(Object.keys(properties)).toEqual(["AssumeRolePolicyDocument"]);
    for (const { properties } of system.of("AWS::IAM::Policy")) expect(properties.Roles).toHaveLength(1);
  });

  it("lets the schedule start the sweep and nothing else", () => {
    const [schedule] = system.of("AWS::Scheduler::Schedule");
    expect(schedule?.properties.ScheduleExpression).toBe("rate(1 minute)");
    const target = schedule?.properties.Target;
    expect(system.target(target.Arn)).toBe(functions.get("sweep")?.id);
    expect(system.statementsOf(system.target(target.RoleArn))).toEqual([
      { Action: "lambda:InvokeFunction", Effect: "Allow", Resource: target.Arn },
    ]);
  });

  it("never says star, but for tracing and for refusals", () => {
    const statements = system.resources.flatMap(({ type, properties }) =>
      // The bucket's own policy is about all that is in it; edge.test.ts looks at whom it lets.
      ["AWS::KMS::Key", "AWS::S3::BucketPolicy"].includes(type) ? [] : list(properties.PolicyDocument?.Statement ?? []),
    );
    expect(statements.length).toBeGreaterThan(30);
    for (const { Effect, Action, Resource } of statements) {
      if (Effect === "Deny") continue;
      for (const action of list(Action)) expect(action).not.toContain("*");
      if (!list(Action).every((action: string) => action.startsWith("xray:"))) {
        expect(JSON.stringify(Resource)).not.toContain("*");
      }
    }
  });
});
