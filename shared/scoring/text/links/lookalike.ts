import { domainToUnicode } from "node:url";
import { normalise } from "../normalise.ts";
import { BAIT_WORDS, BRANDS, DISTINCT_BRANDS, FREE_ZONES, TENANT_HOSTS, TRUSTED_SHARED } from "./brands.ts";

/** How a host looks like a brand's. */
export interface Lookalike {
  readonly brand: string;
  /**
   * `drawn`: its letters look the same; `near`: one slip of the hand away; `inside`: the whole name beside words that play
   * a whole address; `beside`: the whole name alone, in front of another's.
   */
  readonly how: "drawn" | "near" | "inside" | "beside";
}

const SHORTEST_FOR_EDITS = 6;
/** Ordinary words and names one edit from a brand, and sites that carry a brand's letters rightly. */
const HONEST = new Set(
  "t-mobile amazone amazona amazing goggle googly telegraph telegraf telegramm facebooks microsoftonline twister discard discords spotif payal paypals netflex walmarts youtubes snapchats dropboxes verison docusigned stripes striped strip allegra venom".split(
    " ",
  ),
);

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

const SKELETONS: ReadonlyMap<string, string> = new Map([...BRANDS].map((brand) => [skeleton(brand), brand]));
const LONG_SKELETONS: readonly (readonly [skeleton: string, brand: string])[] = [...DISTINCT_BRANDS]
  .filter((brand) => brand.length >= SHORTEST_FOR_EDITS)
  .map((brand) => [skeleton(brand), brand] as const);

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

const LATIN = /\p{Script=Latin}/u;
const OTHER = /(?!\p{Script=Latin}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul})\p{L}/u;

/** The letters that a label of a host shows, punycode decoded. */
export const shownLabel = (label: string): string => (label.includes("xn--") ? domainToUnicode(label) || label : label);

/** True for a label that mixes Latin letters with those of a script that no language mixes them with. */
export const mixesScripts = (shown: string): boolean => LATIN.test(shown) && OTHER.test(shown);

/**
 * Whether a host is drawn to be taken for a brand's.
 * @param host any spelling, punycode included.
 * @param name the label before the public suffix, "" if none.
 * @param suffix the public suffix.
 */
export function findLookalike(host: string, name: string, suffix: string): Lookalike | undefined {
  if (name === "") return undefined;
  const shown = shownLabel(name).toLowerCase();
  if (BRANDS.has(shown)) {
    // A brand has no page in a zone that gives names away, nor as a stranger's page on a shared host.
    const shared =
      suffix.includes(".") && suffix.split(".").some((part) => part.length > 4) && !TRUSTED_SHARED.has(suffix);
    return FREE_ZONES.has(suffix) || shared ? { brand: shown, how: "inside" } : undefined;
  }
  if (HONEST.has(shown) || TENANT_HOSTS.has(shown)) return undefined;
  const bones = skeleton(shown);
  const drawn = SKELETONS.get(bones);
  if (drawn !== undefined) return { brand: drawn, how: "drawn" };
  if (bones.length >= SHORTEST_FOR_EDITS - 1) {
    for (const [long, brand] of LONG_SKELETONS) {
      // Whoever counts on a slip of the eye keeps the first letter: finance is no binance.
      if (bones[0] === long[0] && oneEditApart(bones, long)) return { brand, how: "near" };
    }
  }
  return brandInside(host, shown, suffix);
}

/** paypal.com.evil.example and paypal-login.example: the brand stands where it decides nothing. */
function brandInside(host: string, shown: string, suffix: string): Lookalike | undefined {
  const labels = host
    .toLowerCase()
    .slice(0, -suffix.length - 1)
    .split(".");
  const ahead = labels.slice(0, -1);
  // A leading "www" or a label of its own says nothing; glued to others, "www" and "com" play a whole address.
  const parts = [...ahead, shown].filter((label) => label !== "www").flatMap((label) => label.split("-"));
  const spoofed = ahead.find((label, index) => BRANDS.has(label) && (ahead[index + 1] ?? "") === "com");
  if (spoofed !== undefined) return { brand: spoofed, how: "inside" };
  let brand: string | undefined;
  let bait = false;
  for (const part of parts) {
    if (BRANDS.has(part)) brand ??= part;
    else if (BAIT_WORDS.has(part) || part === "com" || part === "www") bait = true;
    else {
      const bones = skeleton(part);
      const drawn = part.length < SHORTEST_FOR_EDITS ? undefined : SKELETONS.get(bones);
      if (drawn !== undefined && !HONEST.has(part)) return { brand: drawn, how: "drawn" };
      const glued = gluedBrand(bones);
      if (glued === undefined) continue;
      brand ??= glued;
      bait = true;
    }
  }
  if (brand === undefined) return undefined;
  if (bait) return { brand, how: "inside" };
  // A company may run a github of its own; it has no netflix.
  return ahead.includes(brand) && DISTINCT_BRANDS.has(brand) && brand !== "github"
    ? { brand, how: "beside" }
    : undefined;
}

/** paypalsecure, verifynetflix, amazon2021: a distinct brand and a bait word, or figures, in one label. */
function gluedBrand(part: string): string | undefined {
  if (part.length < SHORTEST_FOR_EDITS || part.length > 40) return undefined;
  for (const brand of DISTINCT_BRANDS) {
    if (brand.length < 5) continue;
    const rest = part.startsWith(brand)
      ? part.slice(brand.length)
      : part.endsWith(brand)
        ? part.slice(0, -brand.length)
        : "";
    if (rest !== "" && (BAIT_WORDS.has(rest) || /^\d+$/.test(rest))) return brand;
  }
  return undefined;
}
