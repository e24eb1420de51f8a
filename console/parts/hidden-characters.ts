// What must be seen because it hides: controls, direction overrides, invisible letters, halves of pairs. Not hidden: line
// breaks and tabs, the flags of England, Scotland and Wales (a black flag with letters that hide, matched first and left
// alone), Arabic signs that count as formatting, and joiners between letters of scripts and emoji that need them; beside
// ASCII a joiner only serves to break a word up. Marks piled on one letter are cut: no script needs more than six.
const HIDDEN =
  /\u{1f3f4}[\u{e0020}-\u{e007e}]{1,6}\u{e007f}|(?!\r?\n|\t)\p{Cc}|(?![\u200c-\u200d\u0600-\u0605\u06dd\u070f\u08e2])\p{Cf}|\p{Cs}|[\u2028\u2029\u115f\u1160\u3164\uffa0]|(?<=[ -~])[\u200c-\u200d]|[\u200c-\u200d](?=[ -~])|(?<=\p{M}{6})\p{M}+/gu;
const FLAG = /^\u{1f3f4}/u;
const MARK = /^\p{M}/u;

const NAMES: Readonly<Record<number, string>> = {
  173: "SHY",
  1564: "ALM",
  8203: "ZWSP",
  8204: "ZWNJ",
  8205: "ZWJ",
  8206: "LRM",
  8207: "RLM",
  8234: "LRE",
  8235: "RLE",
  8236: "PDF",
  8237: "LRO",
  8238: "RLO",
  8294: "LRI",
  8295: "RLI",
  8296: "FSI",
  8297: "PDI",
  65279: "BOM",
};

/** A stretch of text as it is, or a sign that stands for what cannot be seen. */
export interface Visible {
  readonly text: string;
  /** What the sign stands for; left out for text that is as it was. */
  readonly sign?: string;
}

const pointOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** ␀ for NUL, ⟨RLO⟩ for a direction override, ⟨U+D83D⟩ for half an emoji. */
function signOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "␡";
  return `⟨${NAMES[code] ?? pointOf(character)}⟩`;
}

/**
 * Cuts a text at the characters that hide and puts a sign in the place of each; the same one several times in a row is
 * one sign with its number: ⟨ZWSP×400⟩.
 */
export function visibleText(text: string): readonly Visible[] {
  const parts: Visible[] = [];
  let from = 0;
  let run: { readonly character: string; count: number } | undefined;
  const endRun = (): void => {
    if (!run) return;
    const sign = signOf(run.character);
    parts.push({
      text: run.count === 1 ? sign : `⟨${sign.replace(/[⟨⟩]/g, "")}×${run.count}⟩`,
      sign: `invisible character ${pointOf(run.character)}`,
    });
    run = undefined;
  };
  for (const { 0: found, index } of text.matchAll(HIDDEN)) {
    if (FLAG.test(found)) continue;
    if (index > from || run?.character !== found) endRun();
    if (index > from) parts.push({ text: text.slice(from, index) });
    from = index + found.length;
    if (MARK.test(found)) parts.push({ text: `⟨+${[...found].length} marks⟩`, sign: "marks piled on one letter" });
    else if (run) run.count += 1;
    else run = { character: found, count: 1 };
  }
  endRun();
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}
