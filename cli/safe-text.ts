/** Controls, format characters, lone surrogates, line separators, and all that a screen shows as nothing. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** Joiners are part of how emoji and some scripts are written; elsewhere they hide. */
const JOINED_BEFORE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{M}\p{Script=Arabic}]$/u;
const JOINED_AFTER = /^[\p{Extended_Pictographic}\p{L}]/u;

const escaped = (character: string): string =>
  `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;

function belongs(character: string, before: string, after: string): boolean {
  if (character === "\ufe0e" || character === "\ufe0f") return /[\p{Emoji}]$/u.test(before);
  if (character !== "\u200d" && character !== "\u200c") return false;
  return JOINED_BEFORE.test(before) && JOINED_AFTER.test(after);
}

/**
 * What people wrote, made safe to print on a terminal: every character that moves the cursor, turns the direction of
 * text or shows as nothing is printed as `<U+202E>`. With `lines`, line feeds and tabs stay.
 */
export function safeText(text: string, { lines = false }: { readonly lines?: boolean } = {}): string {
  return text.replaceAll(HIDDEN, (character, offset: number) => {
    if (lines && (character === "\n" || character === "\t")) return character;
    const before = text.slice(Math.max(0, offset - 4), offset);
    const after = text.slice(offset + character.length, offset + character.length + 2);
    return belongs(character, before, after) ? character : escaped(character);
  });
}
