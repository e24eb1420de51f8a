import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openApi } from "../../../shared/contracts/openapi.ts";
import { routes } from "../../../shared/contracts/routes.ts";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
const document = JSON.parse(JSON.stringify(openApi())) as { [name: string]: Json };

const at = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>(
    (inner, step) => (inner !== null && typeof inner === "object" && !Array.isArray(inner) ? inner[step] : undefined),
    value,
  );

function* nodes(
  value: Json,
  path = "#",
): Generator<{ readonly path: string; readonly node: { [name: string]: Json } }> {
  if (value === null || typeof value !== "object") return;
  if (!Array.isArray(value)) yield { path, node: value };
  for (const [name, inner] of Object.entries(value)) yield* nodes(inner as Json, `${path}/${name}`);
}

describe("the OpenAPI document", () => {
  it("in docs/ is the one that the contracts give", () => {
    const file = readFileSync(new URL("../../../docs/openapi.json", import.meta.url), "utf8");
    expect(JSON.parse(file), "docs/openapi.json is out of date: run `npm run openapi`").toEqual(document);
  });

  it("is the same when it is made again", () => {
    expect(openApi()).toEqual(openApi());
  });

  it("has every reference resolved and no leftovers of JSON Schema's own addressing", () => {
    let references = 0;
    for (const { path, node } of nodes(document)) {
      expect(node, path).not.toHaveProperty("$defs");
      // A policy has a field of that name, for editors.
      if (!path.endsWith("/PolicyDocument/properties")) expect(node, path).not.toHaveProperty("$schema");
      if (typeof node.$ref !== "string") continue;
      references += 1;
      const [hash, ...steps] = node.$ref.split("/");
      expect(hash).toBe("#");
      expect(at(document, ...steps), node.$ref).toBeDefined();
    }
    expect(references).toBeGreaterThan(20);
  });

  it("has what OpenAPI 3.1 asks of a document, its operations and its parameters", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(at(document, "info", "title")).toBe("Touchstone");
    expect(at(document, "info", "version")).toMatch(/^\d+\.\d+\.\d+$/);
    const ids: Json[] = [];
    for (const [path, item] of Object.entries(at(document, "paths") as { [name: string]: Json })) {
      expect(path).toMatch(/^\/v1\//);
      for (const [method, operation] of Object.entries(item as { [name: string]: Json })) {
        expect(["get", "post"]).toContain(method);
        ids.push(at(operation, "operationId") ?? "none");
        const parameters = (at(operation, "parameters") as { [name: string]: Json }[] | undefined) ?? [];
        const inPath = parameters.filter((one) => one.in === "path");
        expect(inPath.map(({ name }) => `{${name}}`)).toEqual([...path.matchAll(/\{\w+\}/g)].map(([found]) => found));
        expect(inPath.every(({ required }) => required === true)).toBe(true);
        for (const [status, response] of Object.entries(at(operation, "responses") as { [name: string]: Json })) {
          expect(status).toMatch(/^[2-5]\d\d$/);
          expect(at(response, "description")).toEqual(expect.stringMatching(/./));
        }
      }
    }
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(Object.values(routes))("states $name with its callers, key, answer and problems", (route) => {
    const operation = at(document, "paths", route.path, route.method.toLowerCase());
    expect(at(operation, "operationId")).toBe(route.name);
    expect(at(operation, "x-callers")).toEqual(route.callers);
    expect(at(operation, "security")).toEqual(route.callers === "public" ? [] : [{ key: [] }]);
    expect(
      at(operation, "responses", String(route.answer.status), "content", "application/json", "schema"),
    ).toBeDefined();
    expect(at(operation, "requestBody") !== undefined).toBe(route.method === "POST");
    const said = JSON.stringify(at(operation, "responses"));
    for (const code of route.problems) expect(said).toContain(`${code}:`);
    if (route.callers !== "public") expect(at(operation, "responses", "401")).toBeDefined();
  });

  it("lets a reader of POST /v1/items see what an item is", () => {
    const item = at(document, "components", "schemas", "Item");
    expect(JSON.stringify(item)).toContain("followedAt");
    const sent = at(document, "paths", "/v1/items", "post", "requestBody", "content", "application/json", "schema");
    expect(JSON.stringify(sent)).toMatch(/#\/components\/schemas\/(AnyItem|Item)"/);
    expect(at(document, "components", "schemas", "AnyItem")).toEqual({ $ref: "#/components/schemas/Item" });
  });

  it("lets a reader of POST /v1/policies/{id}/versions see what a policy is", () => {
    const policy = at(document, "components", "schemas", "PolicyDocument");
    expect(JSON.stringify(policy)).toContain("reasonCode");
    expect(at(document, "components", "schemas", "AnyPolicy")).toEqual({ $ref: "#/components/schemas/PolicyDocument" });
  });
});
