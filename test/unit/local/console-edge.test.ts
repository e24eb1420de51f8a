import { beforeAll, describe, expect, it } from "vitest";
import { type SynthesisedStack, synthesise } from "../../../infra/synthesise.ts";
import { consoleEdge, type LocalEdge } from "../../../local/edge/console-edge.ts";
import { lambdaFunction } from "../../../local/template/kinds/functions.ts";
import { type Declarations, readStacks } from "../../../local/template/read.ts";
import type { World } from "../../../local/template/world.ts";
import { CONSOLE_CACHE, consoleHeaders } from "../../../shared/contracts/console-headers.ts";
import { ORIGIN_HEADER } from "../../../shared/contracts/origin-header.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { originCheck } from "../../../shared/runtime/origin-secret.ts";
import { inlineCode } from "../infra/read-template.ts";

const world: World = {
  partition: "aws",
  account: "000000000000",
  region: "us-east-1",
  queuesUrl: "http://127.0.0.1:1",
  apiUrl: "http://127.0.0.1:2",
};

type Properties = Record<string, unknown>;

/** The stacks with inline code made into an asset, and the properties of the resources of one type changed. */
function changed(
  stacks: readonly SynthesisedStack[],
  type = "",
  change: (properties: Properties) => Properties = (same) => same,
) {
  return stacks.map(
    (stack): SynthesisedStack => ({
      ...stack,
      template: {
        ...stack.template,
        Resources: Object.fromEntries(
          Object.entries(stack.template.Resources).map(([id, resource]) => {
            const properties = { ...resource.Properties };
            if (resource.Type === "AWS::Lambda::Function") properties.Code = { S3Bucket: "bucket", S3Key: "key" };
            return [id, { ...resource, Properties: resource.Type === type ? change(properties) : properties }];
          }),
        ),
      },
    }),
  );
}

let stacks: readonly SynthesisedStack[];
let declarations: Declarations;
let edge: LocalEdge;

beforeAll(async () => {
  stacks = await synthesise({ nag: false, code: inlineCode, routes: [routes.health] });
  declarations = readStacks(changed(stacks), world);
  const found = consoleEdge(declarations, world);
  if (!found) throw new Error("the template declares no distribution");
  edge = found;
});

describe("paths", () => {
  it.each([
    ["/", "index.html"],
    ["/index.html", "index.html"],
    ["/config.json", "config.json"],
    ["/favicon.svg", "favicon.svg"],
    ["/search", "index.html"],
    ["/signed-in", "index.html"],
    ["/cases/abc", "index.html"],
    // Ids are the platform's, and end as it likes.
    ["/authors/jane.doe", "index.html"],
    ["/targets/hotel.example.com/", "index.html"],
    ["/assets/start-Ab12.js", "assets/start-Ab12.js"],
    ["/assetsx/start", "index.html"],
    ["/v1", "index.html"],
    ["/V1/health", "index.html"],
    ["/a/../v1/x", "index.html"],
  ])("%s is the console's %s", (path, key) => {
    expect(edge.rule("GET", path)).toMatchObject({ to: "console", key });
    expect(edge.rule("HEAD", path)).toMatchObject({ to: "console", key });
  });

  it("below /v1/ are the API's, with every method that routes have", () => {
    for (const method of ["GET", "POST", "DELETE"])
      for (const path of ["/v1/health", "/v1/", "/v1/cases/a.b/decide"]) expect(edge.rule(method, path).to).toBe("api");
  });

  it("of the console are read only", () => {
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"])
      for (const path of ["/", "/assets/a.js", "/config.json"])
        expect(edge.rule(method, path)).toEqual({ to: "refused", status: 403 });
  });
});

describe("headers", () => {
  const headersOf = (path: string) => {
    const rule = edge.rule("GET", path);
    return rule.to === "refused" ? undefined : rule.headers;
  };
  const connect = () =>
    /connect-src 'self' ([^;]+)/.exec(headersOf("/")?.["content-security-policy"] ?? "")?.[1]?.split(" ") ?? [];

  it("of every file are those of the contract", () => {
    expect(connect().length).toBeGreaterThan(0);
    const contract = consoleHeaders({ connect: connect() });
    expect(headersOf("/")).toEqual({ ...contract, "cache-control": CONSOLE_CACHE.pages });
    expect(headersOf("/cases/1")).toEqual(headersOf("/"));
    expect(headersOf("/config.json")).toEqual(headersOf("/"));
    expect(headersOf("/assets/a.js")).toEqual({ ...contract, "cache-control": CONSOLE_CACHE.assets });
  });

  it("show the API the secret that its authoriser demands, and nothing else", () => {
    const shown = headersOf("/v1/health") ?? {};
    expect(Object.keys(shown)).toEqual([ORIGIN_HEADER]);
    const authorise = declarations
      .of(lambdaFunction)
      .map(({ properties }) => properties.Environment?.Variables ?? {})
      .find(({ POWERTOOLS_SERVICE_NAME }) => POWERTOOLS_SERVICE_NAME === "authorise");
    const { ORIGIN_SECRET: inUse = "", ORIGIN_SECRET_NEXT: next = "" } = authorise ?? {};
    expect(inUse).toMatch(/^\S{32,}$/);
    expect(next).not.toBe(inUse);
    const check = originCheck(authorise);
    expect([check(shown[ORIGIN_HEADER]), check(next), check(undefined), check("x")]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it("have another secret at every start", () => {
    const again = consoleEdge(readStacks(changed(stacks), world), world)?.rule("GET", "/v1/health");
    expect(again).not.toEqual(edge.rule("GET", "/v1/health"));
  });
});

describe("a distribution", () => {
  const config = (properties: Properties) => properties.DistributionConfig as Properties;
  const behaviour = (properties: Properties) => config(properties).DefaultCacheBehavior as Properties;
  const withConfig = (properties: Properties, more: Properties) => ({
    ...properties,
    DistributionConfig: { ...config(properties), ...more },
  });
  const origins = (properties: Properties) => config(properties).Origins as Properties[];

  it.each([
    ["with something that is not known", (its) => withConfig(its, { Logging: {} }), "Logging: not known"],
    [
      "whose function is not declared",
      (its) =>
        withConfig(its, {
          DefaultCacheBehavior: {
            ...behaviour(its),
            FunctionAssociations: [{ EventType: "viewer-request", FunctionARN: "arn:else" }],
          },
        }),
      "no stack declares its function",
    ],
    [
      "whose headers policy is not declared",
      (its) => withConfig(its, { DefaultCacheBehavior: { ...behaviour(its), ResponseHeadersPolicyId: "else" } }),
      "no stack declares its headers policy",
    ],
    [
      "that leads to another API",
      (its) =>
        withConfig(its, {
          Origins: origins(its).map((one) => (one.CustomOriginConfig ? { ...one, DomainName: "else.example" } : one)),
        }),
      "is not the stacks' API",
    ],
    [
      "that leads to another bucket",
      (its) =>
        withConfig(its, {
          Origins: origins(its).map((one) => (one.S3OriginConfig ? { ...one, DomainName: "else.example" } : one)),
        }),
      "is not the stacks' bucket",
    ],
    [
      "with a behaviour of no origin",
      (its) => withConfig(its, { DefaultCacheBehavior: { ...behaviour(its), TargetOriginId: "else" } }),
      "it has no origin else",
    ],
  ] satisfies [string, (properties: Properties) => Properties, string][])("%s is refused", (_, change, message) => {
    expect(() =>
      consoleEdge(readStacks(changed(stacks, "AWS::CloudFront::Distribution", change), world), world),
    ).toThrow(message);
  });

  it("that the stacks do not declare is none", () => {
    expect(consoleEdge(readStacks([], world), world)).toBeUndefined();
  });

  it("whose paths are no function handler is refused", () => {
    const other = changed(stacks, "AWS::CloudFront::Function", (its) => ({ ...its, FunctionCode: "var handler = 1;" }));
    expect(() => consoleEdge(readStacks(other, world), world)).toThrow("no function handler");
  });
});

describe("secrets", () => {
  const reading = (value: string, resources: SynthesisedStack["template"]["Resources"] = {}) => {
    const template = { Resources: { ...resources, Q: { Type: "AWS::SQS::Queue", Properties: { QueueName: value } } } };
    return () => readStacks([{ name: "one", template, assets: {} }], world);
  };

  it("that no stack declares are refused", () => {
    expect(reading("{{resolve:secretsmanager:arn:aws:secretsmanager:r:1:secret:x:SecretString:::}}")).toThrow(
      "no stack declares the secret",
    );
  });

  it.each(["{{resolve:ssm:/name}}", "{{resolve:secretsmanager:arn:x:SecretString:key::}}"])(
    "%s is refused",
    (value) => {
      expect(reading(value)).toThrow("a dynamic reference of this form is not known");
    },
  );
});
