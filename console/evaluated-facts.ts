import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Plugin } from "vite";

const FACTS = join(import.meta.dirname, "facts") + sep;

/**
 * Runs the modules of console/facts while building and puts what they export into the page as plain data. So the page
 * knows paths, callers and titles from the contracts themselves without carrying their schemas and zod.
 */
export function evaluatedFacts(): Plugin {
  return {
    name: "touchstone-facts",
    enforce: "pre",
    async load(id) {
      const [file = ""] = id.split("?");
      if (!file.startsWith(FACTS)) return null;
      const facts = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
      return Object.entries(facts)
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
        .join("\n");
    },
  };
}
