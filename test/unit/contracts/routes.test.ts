import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { PROBLEMS } from "../../../shared/contracts/problem.ts";
import { defineRoute, type Route } from "../../../shared/contracts/route.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { ROLES } from "../../../shared/domain/tenant.ts";

const functions = new URL("../../../functions/", import.meta.url);
const declared = Object.entries(routes);
const folders = readdirSync(functions).filter((name) => !name.startsWith("."));
const wiringOf = (name: string): string => readFileSync(new URL(`${name}/handler.ts`, functions), "utf8");

describe("every route", () => {
  it.each(declared)("%s says who may call it", (_, { callers }) => {
    if (callers === "public") return;
    expect(callers.length).toBeGreaterThan(0);
    expect(ROLES).toEqual(expect.arrayContaining([...callers]));
    expect(new Set(callers).size).toBe(callers.length);
  });

  it("but health needs a key", () => {
    expect(declared.filter(([, { callers }]) => callers === "public").map(([name]) => name)).toEqual(["health"]);
  });

  it("has its own method and path", () => {
    const places = declared.map(([, { method, path }]) => `${method} ${path.replaceAll(/\{\w+\}/g, "{}")}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it.each(declared)("%s parses exactly the parameters in its path", (name, route) => {
    expect(route.name).toBe(name);
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    expect(Object.keys(route.params.shape).sort()).toEqual(inPath.sort());
  });

  it.each(declared)("%s has a body where its method has one, and names known problems only", (_, route) => {
    expect("body" in route).toBe(route.method === "POST");
    expect(Object.keys(PROBLEMS)).toEqual(expect.arrayContaining([...route.problems]));
  });

  it.each(declared)("%s is a route that the handler of its folder serves, in its own stack", (name, route) => {
    const { served = name }: Pick<Route, "served"> = route;
    const stacks = [...wiringOf(served).matchAll(/httpStack\(\s*routes(?:\.(\w+)|\["([\w-]+)"\])/g)];
    expect(stacks.map(([, plain, quoted]) => plain ?? quoted)).toContain(name);
    expect(declared.map(([one]) => one)).toContain(served);
  });

  it.each(folders)("functions/%s serves no route that names another folder", (folder) => {
    const own = declared.filter(([name, route]) => ((route as Route).served ?? name) === folder).map(([name]) => name);
    const stacks = [...wiringOf(folder).matchAll(/httpStack\(\s*routes(?:\.(\w+)|\["([\w-]+)"\])/g)];
    expect(stacks.map(([, plain, quoted]) => plain ?? quoted).sort()).toEqual(own.sort());
  });

  it.each(folders)(
    "functions/%s is a route, or serves no HTTP: a consumer of a queue, the schedule, the authoriser",
    (name) => {
      if (name in routes) return;
      expect(wiringOf(name)).not.toContain("httpStack");
      expect(wiringOf(name)).toMatch(/\bhandler = (queueStack|middy)/);
    },
  );

  it("without callers, or with none, does not compile", () => {
    const nothing = z.strictObject({});
    const rest = {
      name: "x",
      method: "GET",
      path: "/v1/x",
      summary: "x",
      params: nothing,
      query: nothing,
      answer: { status: 200, schema: nothing, description: "x" },
      problems: [],
    } as const;
    // @ts-expect-error callers are missing
    defineRoute(rest);
    // @ts-expect-error nobody may call it
    defineRoute({ ...rest, callers: [] });
    // @ts-expect-error there is no such role
    defineRoute({ ...rest, callers: ["anybody"] });
    expect(defineRoute({ ...rest, callers: ["admin"] }).callers).toEqual(["admin"]);
  });
});
