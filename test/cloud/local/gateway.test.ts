import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Fixture } from "./start-fixture.ts";
import { startFixture } from "./start-fixture.ts";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture({
    before: (incoming, response) => {
      if (incoming.url !== "/page") return false;
      response.end("a page");
      return true;
    },
  });
});
afterAll(() => fixture.end());

const call = (path: string, init: RequestInit = {}) => fetch(`${fixture.cloud.url}${path}`, init);
const json = async (path: string, init: RequestInit = {}) => {
  const response = await call(path, init);
  // What the fixture answers is its event, of which each test looks at a part.
  // biome-ignore lint/suspicious/noExplicitAny: a type for the whole event would say nothing about it.
  return { status: response.status, body: (await response.json()) as any };
};

describe("a request", () => {
  test("reaches its function in payload format 2.0", async () => {
    const { status, body } = await json("/open/a%20name?q=1&q=2", {
      method: "POST",
      body: '{"a":1}',
      headers: { "content-type": "application/json", cookie: "c=1" },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: "2.0",
      routeKey: "POST /open/{name}",
      rawPath: "/open/a name",
      rawQueryString: "q=1&q=2",
      cookies: ["c=1"],
      queryStringParameters: { q: "1,2" },
      pathParameters: { name: "a name" },
      body: '{"a":1}',
      isBase64Encoded: false,
    });
    expect((await json("/open/special")).body.routeKey).toBe("GET /open/special");
  });

  test("gets back bytes, headers and cookies, or plain JSON", async () => {
    const bytes = await call("/open/x?answer=bytes");
    expect(bytes.status).toBe(201);
    expect(bytes.headers.get("content-type")).toBe("application/octet-stream");
    expect(bytes.headers.getSetCookie()).toEqual(["a=1", "b=2; HttpOnly"]);
    expect([...new Uint8Array(await bytes.arrayBuffer())]).toEqual([0, 255, 1]);
    expect(await json("/open/x?answer=plain")).toEqual({ status: 200, body: { not: "a response", but: "JSON" } });
  });

  test.each([
    ["/nowhere", {}, 404, "Not Found"],
    ["/open/a%2Fb", {}, 404, "Not Found"],
    ["/open/x", { method: "DELETE" }, 404, "Not Found"],
    ["/open/%E0%A4%A", {}, 400, "Bad Request"],
    ["/open/x?answer=throw", {}, 500, "Internal Server Error"],
    ["/open/x?answer=nonsense", {}, 500, "Internal Server Error"],
  ])("to %s %o is answered by the gateway itself: %i", async (path, init, status, message) => {
    expect(await json(path, init as RequestInit)).toEqual({ status, body: { message } });
  });

  test("of more than 10 MB is refused", async () => {
    const body = new Uint8Array(10 * 1024 * 1024 + 1);
    expect(await json("/open/x", { method: "POST", body })).toEqual({
      status: 413,
      body: { message: "Request Entity Too Large" },
    });
  });

  test("of more than a function takes (6 MB with its envelope) is refused, and no function is asked", async () => {
    const invocations = () => fixture.cloud.functions().api?.invocations ?? 0;
    const headers = { "content-type": "application/json" };
    const post = (bytes: number) => call("/open/x?answer=plain", { method: "POST", headers, body: "1".repeat(bytes) });
    expect((await post(5 * 1024 * 1024)).status).toBe(200);
    const before = invocations();
    const refused = await post(6 * 1024 * 1024);
    expect([refused.status, await refused.json()]).toEqual([413, { message: "Request Entity Too Large" }]);
    expect(invocations()).toBe(before);
  });

  test("whose answer is more than a function may give (6 MB) is answered by the gateway itself", async () => {
    expect(await json("/open/x?answer=huge")).toEqual({ status: 500, body: { message: "Internal Server Error" } });
  });

  test("meets local handlers first", async () => {
    expect(await (await call("/page")).text()).toBe("a page");
  });

  test("that breaks off leaves the gateway standing", async () => {
    await new Promise<void>((resolve) => {
      const broken = request(`${fixture.cloud.url}/open/x`, { method: "POST", headers: { "content-length": 100 } });
      broken.on("error", () => resolve());
      broken.write("half");
      setTimeout(() => broken.destroy(new Error("broken off")), 50);
    });
    expect((await json("/open/x")).status).toBe(200);
  });
});

describe("the authoriser", () => {
  test("without identity sources is asked for every request, with a key or without", async () => {
    expect(await json("/asked")).toEqual({ status: 403, body: { message: "Forbidden" } });
    const [first, second] = [
      await json("/asked", { headers: { authorization: "good" } }),
      await json("/asked", { headers: { authorization: "good" } }),
    ];
    const { lambda } = first.body.requestContext.authorizer;
    expect(lambda).toMatchObject({
      type: "REQUEST",
      routeArn: expect.stringMatching(/:execute-api:.*\/\$default\/GET\/asked$/),
    });
    expect(second.body.requestContext.authorizer.lambda.asked).toBe(lambda.asked + 1);
  });

  test("with an identity source is not asked without it, and remembered with it", async () => {
    const invocations = () => fixture.cloud.functions().authoriser?.invocations ?? 0;
    const before = invocations();
    expect(await json("/remembered")).toEqual({ status: 401, body: { message: "Unauthorized" } });
    expect(invocations()).toBe(before);
    const headers = { authorization: "good" };
    expect((await json("/remembered", { headers })).status).toBe(200);
    expect((await json("/remembered", { headers })).status).toBe(200);
    expect(invocations()).toBe(before + 1);
    expect((await json("/remembered", { headers: { authorization: "bad" } })).status).toBe(403);
    expect(invocations()).toBe(before + 2);
  });

  test("that fails keeps the request from the function", async () => {
    const before = fixture.cloud.functions().api?.invocations;
    expect(await json("/asked", { headers: { authorization: "throw" } })).toEqual({
      status: 500,
      body: { message: "Internal Server Error" },
    });
    expect(fixture.cloud.functions().api?.invocations).toBe(before);
  });
});
