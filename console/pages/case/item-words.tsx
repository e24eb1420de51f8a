import { useMemo } from "react";
import type { Marked } from "../../parts/marked-text.ts";
import { SafeText } from "../../parts/safe-text.tsx";
import { chunksOf } from "./text-chunks.ts";

/** From so many letters on a text scrolls by itself, so that the reasons stay in reach. */
const LONG = 1_500;

interface ItemWordsProps {
  readonly text: string;
  readonly marks: readonly Marked[];
  readonly activeMark: string | undefined;
  onMark(id: string | undefined): void;
}

/** The words of an item with its evidence, however long they are. */
export function ItemWords({ text, marks, ...pointing }: ItemWordsProps) {
  const chunks = useMemo(() => chunksOf(text, marks), [text, marks]);
  const words = chunks.map((chunk, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: chunks have no identity but their place
    <SafeText key={index} {...chunk} {...pointing} />
  ));
  if (text.length < LONG) return words;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className="case-long-words" tabIndex={0} aria-label="The words">
      {words}
    </section>
  );
}
