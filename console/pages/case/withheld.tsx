import type { CaseRecord } from "./case-record.ts";
import { PlatformLink } from "./platform-link.tsx";

type Why = NonNullable<CaseRecord["contentWithheld"]>;

const WORDS: Readonly<Record<Why, readonly [title: string, sentence: string]>> = {
  private: ["A private message", "Its words are not kept here. They can only be read where it was sent."],
  no_text: ["No words", "The item has no text of its own."],
  expired: ["The words are gone", "They were kept for as long as they may be, and are deleted now."],
  erased: ["The author was erased", "They asked to be forgotten; what was decided stays, without words."],
  role: ["Not for your role", "Your role sees what was found and decided, and never people's words."],
};

/** Why the words of an item are not there, and where they may be. */
export function Withheld({ record, why }: { readonly record: CaseRecord; readonly why: Why }) {
  const [title, sentence] = WORDS[why];
  const { links } = record;
  return (
    <div className="case-withheld">
      <strong>{title}</strong>
      <p>{sentence}</p>
      {links?.item && why !== "role" && <PlatformLink href={links.item}>Read it at the platform</PlatformLink>}
    </div>
  );
}
