import type * as z from "zod";
import type { author, channel, mediaReference, post } from "../../shared/domain/item.ts";

/** A post as a platform would send it to `POST /v1/items`. */
export type PostInput = z.input<typeof post>;

type AuthorFacts = Omit<z.input<typeof author>, "id" | "createdAt"> & {
  /** Age of the account in days. */
  readonly days?: number;
};

/** One post of a story. What it leaves out, the story or the sample fills in. */
export interface Line {
  readonly by: string;
  readonly text?: string;
  /** Where the story hops to another place for one post. */
  readonly channel?: Partial<z.input<typeof channel>>;
  readonly media?: readonly Omit<z.input<typeof mediaReference>, "id">[];
  readonly language?: string;
  readonly brandIds?: readonly string[];
  /** A name by which a later line can say that it edits this one. */
  readonly named?: string;
  /** The name of the line that this one edits: same id, next revision. */
  readonly edits?: string;
  /** Seconds after the line before; the story's pace if left out. */
  readonly after?: number;
}

/** Posts that belong together, in the order in which they were written. */
export interface Story {
  readonly name: string;
  readonly channel: z.input<typeof channel>;
  /** Seconds from the begin of the sample to the first post. */
  readonly begins: number;
  /** Seconds between two posts. */
  readonly pace: number;
  /** The lines answer one another. */
  readonly threaded?: boolean;
  readonly brandIds?: readonly string[];
  readonly language?: string;
  /** Facts of authors that the story needs; others get ordinary ones. */
  readonly cast?: Readonly<Record<string, AuthorFacts>>;
  readonly lines: readonly Line[];
}

export const says = (by: string, text: string, more: Omit<Line, "by" | "text"> = {}): Line => ({ by, text, ...more });
