/** Which column holds what; `label` and `text` may be absent. */
export interface Columns {
  readonly user: string;
  readonly target: string;
  readonly rating: string;
  readonly date: string;
  readonly label: string | undefined;
  readonly text: string | undefined;
}

/** Names that files in the wild use, the clearest first: YelpChi's `label` is 1 and −1, its `fake` 0 and 1. */
const KNOWN: Readonly<Record<keyof Columns, readonly string[]>> = {
  user: ["user", "user_id", "userId", "author", "author_id", "reviewer", "reviewer_id", "reviewerID", "source"],
  target: ["target", "target_id", "prod_id", "product", "product_id", "business_id", "asin", "item", "item_id"],
  rating: ["rating", "stars", "overall", "score"],
  date: ["date", "time", "timestamp", "created_at", "createdAt", "unixReviewTime", "reviewTime"],
  label: ["fake", "is_fake", "label"],
  text: ["text", "review", "review_text", "reviewText", "content"],
};

/** What is wrong with a file, or with how it was asked for, in words that repeat nothing of it. */
export class FileRefused extends Error {}

/**
 * The columns of a heading, by name or by what they are usually called.
 * @throws FileRefused where one that is needed is not there.
 */
export function findColumns(heading: readonly string[], asked: Partial<Columns>): Columns {
  const find = (what: keyof Columns): string | undefined => {
    const name = asked[what];
    if (name === undefined) return KNOWN[what].find((one) => heading.includes(one));
    if (!heading.includes(name)) throw new FileRefused(`--${what} ${name}: the heading has no such column`);
    return name;
  };
  const need = (what: keyof Columns): string => {
    const name = find(what);
    if (name === undefined)
      throw new FileRefused(
        `no column for ${what}: name it with --${what} COL (looked for ${KNOWN[what].join(", ")} among ${heading.length} columns)`,
      );
    return name;
  };
  return {
    user: need("user"),
    target: need("target"),
    rating: need("rating"),
    date: need("date"),
    label: find("label"),
    text: find("text"),
  };
}
