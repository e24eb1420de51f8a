import { plainWords } from "./plain-words.ts";

const names = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

/** `English` of `en`. What is no language's tag stays as it is. */
export function languageWords(tag: string): string {
  try {
    return names.of(tag) ?? plainWords(tag, 35);
  } catch {
    return plainWords(tag, 35);
  }
}
