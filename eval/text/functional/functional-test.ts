import type { LabelName } from "../../../shared/domain/label.ts";

/** One thing that a text engine has to get right, with short posts that ask for it. All are of our own writing. */
export interface FunctionalTest {
  readonly name: string;
  /** What is asked, in a clause. */
  readonly asks: string;
  /**
   * What has to come of each post: with a label, that the verdict carries it or that it does not;
   * without one, that the default policy acts on the post (flags, holds) or leaves it alone.
   */
  readonly expects: { readonly label?: LabelName; readonly found: boolean };
  /** Posts of a channel for minors are judged as such. */
  readonly audience?: "minors";
  readonly cases: readonly string[];
}

/** Every way of filling `{slot}`s: `every("a {x} day", { x: ["good", "bad"] })` gives two texts. */
export function every(template: string, slots: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(slots).reduce(
    (texts, [slot, words]) => texts.flatMap((text) => words.map((word) => text.replaceAll(`{${slot}}`, word))),
    [template],
  );
}
