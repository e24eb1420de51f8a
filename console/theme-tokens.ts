import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const THEME = join(
  import.meta.dirname,
  "../node_modules/@cloudscape-design/components/internal/base-theme/styles.scoped.css",
);

/**
 * Lets the console's own styles use the design system's tokens by their names, `--theme-color-text-body-default`: in the
 * package each has a hash behind it, which changes from version to version. Throws where there is no such token.
 */
export function themeTokens(): Plugin {
  const names = new Map(
    [...readFileSync(THEME, "utf8").matchAll(/--([a-z0-9-]+)-([a-z0-9]{6}):/g)].map(
      ([, name = "", hash]) => [name, `--${name}-${hash}`] as const,
    ),
  );
  return {
    name: "touchstone-theme-tokens",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith(".css") || id.includes("node_modules")) return null;
      return code.replace(/--theme-([a-z0-9-]+)/g, (_, name: string) => {
        const token = names.get(name);
        if (token === undefined) throw new Error(`the design system has no token ${name}`);
        return token;
      });
    },
  };
}
