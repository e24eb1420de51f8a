import * as z from "zod";

const PLACE = /\{([a-z]+)\}/g;
const stripped = (template: string): string => template.replaceAll(PLACE, "x");

/** `https://` and a host without a place in it, or a path of the console's own origin. Nothing else may become a link. */
function isSafe(template: string): boolean {
  const [before = ""] = template.split("{");
  if (template.startsWith("/")) return URL.canParse(stripped(template), "https://own.invalid") && isOwn(template);
  if (!/^https:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?[/?]/.test(before)) return false;
  const parsed = URL.parse(stripped(template));
  return parsed?.protocol === "https:" && parsed.username === "" && parsed.password === "";
}

/** `//host` and `/\host` lead elsewhere, and so may what a browser strips on the way. */
const isOwn = (template: string): boolean =>
  new URL(stripped(template), "https://own.invalid").origin === "https://own.invalid" && !/^\/[/\\]/.test(template);

/**
 * An address with places for ids, such as `https://platform.example/{kind}/{id}`. What is put there is escaped, so no id
 * can lead anywhere but under what stands before the first place.
 * @param places names that may stand in braces
 */
export const linkTemplate = (places: readonly [string, ...string[]]) =>
  z
    .string()
    .max(500, "at most 500 characters")
    .regex(/^[\x21-\x7e]+$/, "visible ASCII characters only, no spaces")
    .refine(isSafe, "https:// with a host of its own before the first place, or a path that begins with one /")
    .refine(
      (template) => [...template.matchAll(PLACE)].every(([, name = ""]) => places.includes(name)),
      `only these places: ${places.map((name) => `{${name}}`).join(" ")}`,
    )
    .refine((template) => template.includes("{id}"), "needs the place {id}")
    .refine((template) => !/[{}]/.test(stripped(template)), "braces only around the name of a place");

/** The address with its places filled; undefined where a value for one of them is not known. */
export function fillLink(template: string, values: Readonly<Record<string, string | undefined>>): string | undefined {
  const names = [...template.matchAll(PLACE)].map(([, name = ""]) => name);
  if (names.some((name) => values[name] === undefined)) return undefined;
  return template.replaceAll(PLACE, (_, name: string) => encodeURIComponent(values[name] ?? ""));
}
