import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { addressOf, eventOf, factsOf } from "../../../local/gateway/event.ts";
import { matcherOf } from "../../../local/gateway/routing.ts";

describe("a route", () => {
  const keys = [
    "GET /v1/cases",
    "GET /v1/cases/{id}",
    "GET /v1/cases/next",
    "POST /v1/{kind}/{id}/x",
    "ANY /files/{path+}",
  ];
  const matcher = matcherOf(keys.map((key) => ({ key })));
  const found = (method: string, path: string) => {
    const match = matcher.match(method, path);
    return match && [match.route.key, match.pathParameters];
  };

  test.each([
    ["GET", "/v1/cases", "GET /v1/cases", {}],
    ["GET", "/v1/cases/7", "GET /v1/cases/{id}", { id: "7" }],
    ["GET", "/v1/cases/next", "GET /v1/cases/next", {}],
    ["POST", "/v1/posts/a b/x", "POST /v1/{kind}/{id}/x", { kind: "posts", id: "a b" }],
    ["DELETE", "/files/a/b", "ANY /files/{path+}", { path: "a/b" }],
  ])("%s %s is %s", (method, path, key, parameters) => {
    expect(found(method, path)).toEqual([key, parameters]);
  });

  test.each([
    ["POST", "/v1/cases"],
    ["GET", "/v1/cases/"],
    ["GET", "/v1/cases/7/8"],
    ["GET", "/files"],
    ["GET", "/"],
  ])("%s %s is none", (method, path) => {
    expect(found(method, path)).toBeUndefined();
  });

  test("for all others is $default, where there is one", () => {
    const withDefault = matcherOf([{ key: "$default" }, { key: "GET /a" }]);
    expect(withDefault.match("GET", "/a")?.route.key).toBe("GET /a");
    expect(withDefault.match("PUT", "/b/c")?.route.key).toBe("$default");
  });
});

describe("an address", () => {
  test.each([
    ["/v1/cases?lane=a%20b", { path: "/v1/cases", query: "lane=a%20b" }],
    ["/v1/%C3%A9", { path: "/v1/é", query: "" }],
    ["/v1/a%2Fb", { path: "/v1/a/b", query: "" }],
    ["/v1/a%3Fb?c", { path: "/v1/a", query: "c" }],
    ["/v1/%E0%A4%A", undefined],
  ])("%s", (url, address) => {
    expect(addressOf(url)).toEqual(address);
  });
});

describe("an event", () => {
  const request = {
    method: "POST",
    httpVersion: "1.1",
    headers: { host: "127.0.0.1:8787", cookie: "a=1; b=2", "x-list": "1, 2", "content-type": "application/json" },
    socket: { remoteAddress: "127.0.0.1" },
  } as unknown as IncomingMessage;
  const routed = { routeKey: "POST /v1/{kind}", pathParameters: { kind: "items" } };
  const api = { accountId: "000000000000", apiId: "abc" };
  const facts = factsOf(request, { path: "/v1/items", query: "q=a&q=b&r=c%2Cd" }, routed, api, new Date(0));

  test("has payload format 2.0", () => {
    expect(eventOf(facts, Buffer.from('{"a":"é"}'), { tenant: "acme" })).toEqual({
      version: "2.0",
      routeKey: "POST /v1/{kind}",
      rawPath: "/v1/items",
      rawQueryString: "q=a&q=b&r=c%2Cd",
      cookies: ["a=1", "b=2"],
      headers: {
        host: "127.0.0.1:8787",
        "x-list": "1, 2",
        "content-type": "application/json",
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-proto": "http",
      },
      queryStringParameters: { q: "a,b", r: "c,d" },
      pathParameters: { kind: "items" },
      requestContext: {
        accountId: "000000000000",
        apiId: "abc",
        authorizer: { lambda: { tenant: "acme" } },
        domainName: "127.0.0.1:8787",
        domainPrefix: "127",
        http: { method: "POST", path: "/v1/items", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "" },
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        routeKey: "POST /v1/{kind}",
        stage: "$default",
        time: expect.any(String),
        timeEpoch: 0,
      },
      body: '{"a":"é"}',
      isBase64Encoded: false,
    });
  });

  test.each([
    ["application/octet-stream", true],
    ["application/x-www-form-urlencoded", true],
    ["application/problem+json; charset=utf-8", false],
    ["text/csv", false],
  ])("carries a body of %s in base64: %s", (type, encoded) => {
    const event = eventOf({ ...facts, headers: { "content-type": type } }, Buffer.from([104, 105]), undefined);
    expect(event.isBase64Encoded).toBe(encoded);
    expect(event.body).toBe(encoded ? "aGk=" : "hi");
  });

  test("without a body says nothing of one", () => {
    expect(eventOf(facts, Buffer.alloc(0), undefined)).toMatchObject({ isBase64Encoded: false });
    expect(eventOf(facts, Buffer.alloc(0), undefined)).not.toHaveProperty("body");
  });
});
