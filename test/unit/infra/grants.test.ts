import { describe, expect, it } from "vitest";
import { ALERTS_GRANTS } from "./alerts-grants.ts";
import { DESK_GRANTS } from "./desk-grants.ts";
import { ITEMS_GRANTS } from "./items-grants.ts";
import { POLICIES_GRANTS } from "./policies-grants.ts";
import { type Grants, type Json, list, type Resource, systemTemplate } from "./read-template.ts";

const FUNCTIONS: Grants = { ...ITEMS_GRANTS, ...DESK_GRANTS, ...POLICIES_GRANTS, ...ALERTS_GRANTS };

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
