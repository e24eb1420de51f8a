import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { pageRoutes } from "../../../shared/contracts/page-routes.ts";
import { PROBLEMS } from "../../../shared/contracts/problem.ts";
import { routes } from "../../../shared/contracts/routes.ts";

const document = readFileSync("docs/api.md", "utf8");

/** Also as `/extend` or `…/resumptions`, beside the path that it shares all else with. */
const isNamed = (path: string): boolean => {
  const last = path.split("/").at(-1) ?? "";
  return document.includes(path) || document.includes(`\`/${last}\``) || document.includes(`\`…/${last}\``);
};

it("docs/api.md names every route", () => {
  const paths = [...Object.values(routes), ...Object.values(pageRoutes)].map(({ path }) => path);
  expect(paths.length).toBeGreaterThan(60);
  const named = paths.map((path) => path.replace("/{kind}/{id}", "/post/post-1"));
  expect(named.filter((path) => !isNamed(path))).toEqual([]);
});

it("docs/api.md names every problem with its status", () => {
  const rows = document
    .slice(document.indexOf("## Problems"))
    .split("\n")
    .filter((line) => /^\| [a-z_, ]+ \| [\d, ]+ \|/.test(line));
  const known = new Map(
    rows.flatMap((row) => {
      const [, codes = "", statuses = ""] = row.split("|");
      return codes.split(",").map((code) => [code.trim(), statuses] as const);
    }),
  );
  for (const [code, [status]] of Object.entries(PROBLEMS))
    expect([code, known.get(code)]).toEqual([code, expect.stringContaining(String(status))]);
  expect([...known.keys()].filter((code) => !Object.hasOwn(PROBLEMS, code))).toEqual([]);
});
