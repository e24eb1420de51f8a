import type { AnswerOf } from "../../api/route-types.ts";

export type CaseSummary = AnswerOf<"list-cases">["cases"][number];

export const LANE_WORDS: Readonly<Record<CaseSummary["lane"], string>> = {
  severe_safety: "Severe safety",
  high: "High",
  medium: "Medium",
  low: "Low",
};

/** What the policy did. */
export const ACTION_WORDS: Readonly<Record<CaseSummary["action"], string>> = {
  flag: "Flagged",
  hold: "Held",
  block: "Blocked",
  allow: "Allowed",
};

const KIND_WORDS: Readonly<Record<string, string>> = { post: "post", review: "review", audience: "following" };
const SURFACE_WORDS: Readonly<Record<string, string>> = { live_chat: "live chat" };

/** "private message", "comment", "review": what sort of thing an item is. */
export function placeOf({ ref, surface, visibility }: Pick<CaseSummary, "ref" | "surface" | "visibility">): string {
  const plain = ref.kind === "post" ? (SURFACE_WORDS[surface] ?? surface) : (KIND_WORDS[ref.kind] ?? ref.kind);
  return visibility === "private" ? `private ${plain}` : plain;
}

const MOST_TITLES = 2;

/** Why somebody should look, in words: the titles of the strongest labels. */
export function reasonOf(labels: readonly { readonly title: string }[]): string {
  if (labels.length === 0) return "no label: a rule of the policy";
  const shown = labels.slice(0, MOST_TITLES).map(({ title }) => title);
  const more = labels.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

const LANGUAGES =
  typeof Intl.DisplayNames === "function" ? new Intl.DisplayNames(["en"], { type: "language" }) : undefined;

/** "German" of `de`; the tag itself where nothing is known of it. */
export function languageWord(tag: string): string {
  try {
    return LANGUAGES?.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** One case in a sentence, as it is read out. */
export const inOneLine = (one: CaseSummary): string =>
  `${LANE_WORDS[one.lane]}: ${ACTION_WORDS[one.action].toLowerCase()} ${placeOf(one)}, ${reasonOf(one.labels)}`;
