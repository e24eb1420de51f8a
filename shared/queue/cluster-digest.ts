import { needsReview } from "../domain/case.ts";
import type { Post, Review } from "../domain/item.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { Keys } from "../keys/keys.ts";
import { foldedWords } from "../scoring/text/folded-words.ts";

/** Shorter texts ("you idiot") are the same by chance, and what they mean depends on where they stand. */
const LEAST_WORDS = 5;
const LEAST_LETTERS = 20;

/**
 * A flagged verdict with the digest by which items that say the same are found: of the folded words, keyed, and of what
 * was found and done, so that one decision can be right for all of them. Private and public items stay apart.
 */
export async function withCluster(keys: Pick<Keys, "digest">, item: Post | Review, made: Verdict): Promise<Verdict> {
  if (!needsReview(made) || made.cluster !== undefined) return made;
  const words = foldedWords(`${item.kind === "review" ? (item.title ?? "") : ""} ${item.text ?? ""}`);
  if (words.length < LEAST_WORDS && words.join("").length < LEAST_LETTERS) return made;
  const { ref, action, lane, policy, visibility, tenant } = made;
  const said = [ref.kind, visibility, action, lane, policy.rule, words.join(" ")].join("#");
  return { ...made, cluster: (await keys.digest(tenant, "cluster", said)).slice(0, 22) };
}
