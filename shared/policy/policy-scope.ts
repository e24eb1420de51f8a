import type { PolicyScope } from "./policy-document.ts";
import type { PolicyFacts } from "./policy-facts.ts";

/** Is a language in lower case the one of a tag, or that of a region of it? */
export const isTagged = (language: string, tag: string): boolean => {
  const wanted = tag.toLowerCase();
  return language === wanted || language.startsWith(`${wanted}-`);
};

/** Is the item one of those that a policy applies to? All that the scope names must fit; of one list any. */
export function isWithin(scope: PolicyScope | undefined, facts: PolicyFacts): boolean {
  if (scope === undefined) return true;
  const { kinds, surfaces, languages, countries, brands, productLines, audience, visibility } = scope;
  const kind = facts.kind === "follow" ? "audience" : facts.kind;
  if (kinds && !kinds.includes(kind)) return false;
  if (surfaces && !surfaces.includes(facts.surface)) return false;
  if (countries && !countries.includes(facts.country)) return false;
  if (productLines && !productLines.includes(facts.productLine)) return false;
  if (audience && (audience === "minors") !== facts.minors) return false;
  if (visibility && visibility !== facts.visibility) return false;
  if (brands && !facts.brands.some((brand) => brands.includes(brand))) return false;
  if (!languages) return true;
  const language = facts.language.toLowerCase();
  return languages.some((tag) => isTagged(language, tag));
}

/** How many dimensions a scope names: of two policies equally deep, the one that names more is nearer to the item. */
export const dimensionsOf = (scope: PolicyScope | undefined): number => Object.keys(scope ?? {}).length;
