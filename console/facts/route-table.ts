import { routes } from "../../shared/contracts/routes.ts";

/** What the page has to know of each route; names, bodies and answers are types only. */
export const routeTable = Object.fromEntries(
  Object.entries(routes).map(([name, { method, path, callers }]) => [name, { method, path, callers }]),
) as { readonly [N in keyof typeof routes]: Pick<(typeof routes)[N], "method" | "path" | "callers"> };
