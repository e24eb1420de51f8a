import * as z from "zod";
import { item } from "../domain/item.ts";
import { type PageRoute, pageRoutes } from "./page-routes.ts";
import { PROBLEMS, problem } from "./problem.ts";
import type { Route } from "./route.ts";
import { routes } from "./routes.ts";
import { API_VERSION } from "./version.ts";

type Schema = Record<string, unknown>;

/** Problems that every route answers with, and those that every route with a key does, besides its own. */
const ANYWHERE = ["wrong_origin", "unexpected"] as const;
const COMMON = [...ANYWHERE, "missing_key", "forbidden", "invalid_request"] as const;

const schemaOf = (schema: z.ZodType, io: "input" | "output"): Schema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: "draft-2020-12", io, unrepresentable: "any" });
  return hoisted(rest);
};

/** zod puts named schemas under `$defs`; OpenAPI keeps them under components. Filled while the document is built. */
const components = new Map<string, Schema>();

function hoisted(schema: Schema): Schema {
  const { $defs, ...rest } = schema;
  for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, Schema>))
    components.set(name, relinked(definition) as Schema);
  return relinked(rest) as Schema;
}

function relinked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relinked);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "id" || typeof (value as Schema).id !== "string")
      .map(([name, inner]) => [
        name,
        name === "$ref" && typeof inner === "string"
          ? inner.replace("#/$defs/", "#/components/schemas/")
          : relinked(inner),
      ]),
  );
}

const parametersOf = (schema: z.ZodType, place: "path" | "query"): Schema[] => {
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, inner]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: inner,
  }));
};

function operationOf(route: Route): Schema {
  const codes = [
    ...(route.callers === "public" ? ANYWHERE : COMMON),
    ...(route.body ? ["malformed_json", "wrong_content_type"] : []),
    ...route.problems,
  ];
  const problems = new Map<number, string[]>();
  for (const code of codes) {
    const [status, title] = PROBLEMS[code as keyof typeof PROBLEMS];
    problems.set(status, [...(problems.get(status) ?? []), `${code}: ${title}.`]);
  }
  return {
    operationId: route.name,
    summary: route.summary,
    "x-callers": route.callers,
    security: route.callers === "public" ? [] : [{ key: [] }],
    parameters: [...parametersOf(route.params, "path"), ...parametersOf(route.query, "query")],
    ...(route.body
      ? { requestBody: { required: true, content: { "application/json": { schema: schemaOf(route.body, "input") } } } }
      : {}),
    responses: {
      [route.answer.status]: {
        description: route.answer.description,
        content: { "application/json": { schema: schemaOf(route.answer.schema, "output") } },
      },
      ...Object.fromEntries(
        [...problems].map(([status, lines]) => [
          status,
          {
            description: lines.join(" "),
            content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
          },
        ]),
      ),
    },
  };
}

/** A page for people. */
const pageOperation = ({ name, summary, callers, method }: PageRoute): Schema => ({
  operationId: name,
  summary,
  "x-callers": callers,
  security: [],
  parameters: [{ name: "token", in: "query", required: true, schema: { type: "string" } }],
  ...(method === "POST"
    ? {
        requestBody: {
          required: true,
          content: { "application/x-www-form-urlencoded": { schema: { type: "object" } } },
        },
      }
    : {}),
  responses: Object.fromEntries(
    [
      [200, "The page."],
      [404, "A page: the link does not work."],
      [410, "A page: the link is over."],
    ].map(([status, description]) => [
      status,
      { description, content: { "text/html": { schema: { type: "string" } } } },
    ]),
  ),
});

/** The API's OpenAPI 3.1 document, made of the same schemas that parse every request and answer. */
export function openApi(): Schema {
  components.clear();
  components.set("Problem", schemaOf(problem, "output"));
  components.set("Item", schemaOf(item, "input"));
  const paths: Record<string, Schema> = {};
  for (const route of Object.values(routes))
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route as unknown as Route) };
  for (const route of Object.values(pageRoutes))
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: pageOperation(route) };
  // The items of an intake are parsed one by one, so the route's own schema leaves them open; the document need not.
  components.set("AnyItem", { $ref: "#/components/schemas/Item" });
  // A policy is checked by more than a schema, which then says more of what is wrong with it.
  components.set("AnyPolicy", { $ref: "#/components/schemas/PolicyDocument" });
  return {
    openapi: "3.1.0",
    info: {
      title: "Touchstone",
      version: API_VERSION,
      description: "Scores posts, reviews and follower anomalies for abuse, fakery and safety risk.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    paths,
    components: {
      securitySchemes: {
        key: {
          type: "http",
          scheme: "bearer",
          description: "An API key (ts_<tenant>_<id>_<secret>), or the access token of somebody who signed in.",
        },
      },
      schemas: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}
