import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { pageRoutes } from "../../../shared/contracts/page-routes.ts";
import { PROBLEMS } from "../../../shared/contracts/problem.ts";
import { defineRoute, functionOf } from "../../../shared/contracts/route.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { ROLES } from "../../../shared/domain/tenant.ts";

const functions = new URL("../../../functions/", import.meta.url);
const declared = Object.entries(routes);
const pages = Object.entries(pageRoutes);
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

  it.each(folders)("functions/%s serves just the routes that name it, each by a stack of its own", (name) => {
    const stacks = wiringOf(name).matchAll(/httpStack\(\s*routes(?:\.(\w+)|\["([\w-]+)"\])/g);
    const served = [...stacks].map(([, dotted, quoted]) => dotted ?? quoted);
    expect(served.sort()).toEqual(
      declared
        .filter(([, route]) => functionOf(route) === name)
        .map(([route]) => route)
        .sort(),
    );
  });

  it.each(folders)("functions/%s serves just the pages that name it, each by a stack of its own", (name) => {
    const stacks = wiringOf(name).matchAll(/pageStack\(\s*pageRoutes(?:\.(\w+)|\["([\w-]+)"\])/g);
    const served = [...stacks].map(([, dotted, quoted]) => dotted ?? quoted);
    expect(served.sort()).toEqual(
      pages
        .filter(([, page]) => page.served === name)
        .map(([page]) => page)
        .sort(),
    );
  });

  it("a page changes nothing when it is opened: what changes anything is a post to the same place", () => {
    const posts = pages.filter(([, { method }]) => method === "POST").map(([, { path }]) => path);
    const opened = pages.filter(([, { method }]) => method === "GET").map(([, { path }]) => path);
    expect(posts.sort()).toEqual(opened.sort());
    for (const [, { callers, path }] of pages)
      expect([callers, path]).toEqual(["public", expect.stringMatching(/^\/v1\/mail\//)]);
  });

  it.each(folders)(
    "functions/%s is a route, or serves no HTTP: a consumer of a queue, the schedule, the authoriser",
    (name) => {
      if (declared.some(([, route]) => functionOf(route) === name) || pages.some(([, page]) => page.served === name))
        return;
      expect(wiringOf(name)).not.toContain("httpStack");
      expect(wiringOf(name)).toMatch(/\bhandler = (queueStack|middy|deliverFrom)/);
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
