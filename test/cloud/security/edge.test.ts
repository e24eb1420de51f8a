import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ORIGIN_HEADER } from "../../../shared/contracts/origin-header.ts";
import { functionOf } from "../../../shared/contracts/route.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { openWholeCloud, type WholeCloud } from "./whole-cloud.ts";

const TENANT = "behind-the-edge";
let world: WholeCloud;
let token: string;

beforeAll(async () => {
  world = await openWholeCloud();
  await world.addTenant(TENANT);
  token = await world.keyFor(TENANT, "admin");
}, 60_000);
afterAll(() => world.end());

type Answer = Record<string, unknown>;

async function invoked(name: string, event: unknown): Promise<Answer> {
  const result = await world.cloud.invoke(name, event);
  if ("error" in result) throw new Error(result.error.errorMessage);
  return JSON.parse(result.payload) as Answer;
}

/** What the authoriser tells the functions of a request that API Gateway got with these headers. */
const contextOf = async (headers: Record<string, string>): Promise<Answer> => {
  const { isAuthorized, context } = await invoked("authorise", { version: "2.0", type: "REQUEST", headers });
  expect(isAuthorized).toBe(true);
  return context as Answer;
};

describe("the API behind the edge", () => {
  const key = () => ({ authorization: `Bearer ${token}` });
  const secret = (): string => {
    const rule = world.cloud.edge?.rule("GET", "/v1/health");
    if (rule?.to !== "api") throw new Error("the edge does not lead to the API");
    return rule.headers[ORIGIN_HEADER] ?? "";
  };

  it("answers what comes through it, whatever the client says of itself", async () => {
    expect((await fetch(`${world.cloud.url}/v1/health`)).status).toBe(200);
    const headers = { ...key(), [ORIGIN_HEADER]: "made up" };
    expect((await fetch(`${world.cloud.url}/v1/queues`, { headers })).status).toBe(200);
  });

  it("knows whose key it is only of what came through the edge", async () => {
    expect(await contextOf({ ...key(), [ORIGIN_HEADER]: secret() })).toMatchObject({ tenant: TENANT, role: "admin" });
    const past = [{}, { [ORIGIN_HEADER]: "" }, { [ORIGIN_HEADER]: "made up" }, { [ORIGIN_HEADER]: `${secret()} ` }];
    for (const shown of past)
      expect(await contextOf({ ...key(), ...shown } as Record<string, string>)).toEqual({ refusal: "wrong_origin" });
  });

  it.each(Object.values(routes).map((route) => [route.name, route] as const))(
    "refuses %s to what came past it, with problem+json and nothing else",
    async (_, route) => {
      const lambda = await contextOf(key());
      const answer = await invoked(functionOf(route), {
        version: "2.0",
        routeKey: `${route.method} ${route.path}`,
        rawPath: route.path,
        rawQueryString: "",
        headers: { "content-type": "application/json" },
        requestContext: { authorizer: { lambda }, http: { method: route.method, path: route.path } },
        body: "{}",
        isBase64Encoded: false,
      });
      expect(answer).toMatchObject({ statusCode: 403, headers: { "content-type": "application/problem+json" } });
      expect(JSON.parse(String(answer.body))).toMatchObject({ type: "urn:touchstone:problem:wrong_origin" });
    },
  );

  it("logs the secret nowhere", () => {
    expect(world.logged()).not.toContain(secret());
  });
});
