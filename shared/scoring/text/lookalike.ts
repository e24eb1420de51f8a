import { domainToUnicode } from "node:url";
import { BAIT_WORDS, BRANDS } from "./brands.ts";
import { normalise } from "./normalise.ts";

type Brand = (typeof BRANDS)[number];

/** Why a host looks like a brand's, with the chance that it is meant to. */
export interface Lookalike {
  readonly brand: Brand;
  readonly weight: number;
  readonly code: "link.lookalike" | "link.brand_in_host";
}

const SHORTEST_FOR_EDITS = 6;
/** Ordinary words one edit from a brand, and sites that carry a brand's letters rightly. */
const HONEST = new Set(["amazing", "gooogle", "telegraph", "facebooks", "booking", "docusigned", "microsoftonline"]);

const SWAPS: readonly (readonly [string, string])[] = [
  ["rn", "m"],
  ["vv", "w"],
  ["0", "o"],
  ["1", "l"],
  ["3", "e"],
  ["5", "s"],
];

function skeleton(label: string): string {
  let plain = normalise(label).text;
  for (const [drawn, meant] of SWAPS) plain = plain.replaceAll(drawn, meant);
  return plain;
}

const SKELETONS: ReadonlyMap<string, Brand> = new Map(BRANDS.map((brand) => [skeleton(brand), brand]));

/** True where one insertion, deletion, change or swap of neighbours turns `a` into `b`. Linear. */
export function oneEditApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let left = 0;
  while (left < a.length && a[left] === b[left]) left++;
  let right = 0;
  while (right < Math.min(a.length, b.length) - left && a.at(-1 - right) === b.at(-1 - right)) right++;
  const restA = a.slice(left, a.length - right);
  const restB = b.slice(left, b.length - right);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

const holdsBait = (parts: readonly string[]): boolean =>
  parts.some((part) => BAIT_WORDS.some((word) => part.includes(word)));

/**
 * Whether a host is drawn to be taken for a brand's.
 * @param host any spelling, punycode included.
 * @param name the label before the public suffix, "" if none.
 * @param suffix the public suffix.
 */
export function findLookalike(host: string, name: string, suffix: string): Lookalike | undefined {
  if (name === "") return undefined;
  const shown = name.includes("xn--") ? domainToUnicode(name) || name : name;
  const known = BRANDS.find((brand) => brand === shown);
  if (known !== undefined || HONEST.has(shown)) return undefined;
  const bones = skeleton(shown);
  const drawn = SKELETONS.get(bones);
  if (drawn !== undefined) return { brand: drawn, weight: 0.9, code: "link.lookalike" };
  for (const brand of BRANDS) {
    if (brand.length >= SHORTEST_FOR_EDITS && oneEditApart(bones, skeleton(brand))) {
      return { brand, weight: 0.75, code: "link.lookalike" };
    }
  }
  return brandInside(host, bones, suffix);
}

/** paypal.com.evil.example and paypal-login.example: the brand stands where it decides nothing. */
function brandInside(host: string, bones: string, suffix: string): Lookalike | undefined {
  const labels = host
    .toLowerCase()
    .slice(0, -suffix.length - 1)
    .split(".");
  const ahead = labels.slice(0, -1);
  const parts = [...ahead, bones].flatMap((label) => label.split("-"));
  const brand = BRANDS.find((name) => parts.includes(name));
  if (brand === undefined) return undefined;
  const spoofsHost = ahead.includes(brand) && ahead.includes("com");
  if (!spoofsHost && !holdsBait(parts)) return undefined;
  return { brand, weight: spoofsHost ? 0.9 : 0.8, code: "link.brand_in_host" };
}
