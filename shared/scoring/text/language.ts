import type { Finding } from "./finding.ts";
import type { LanguageModel } from "./language-ngrams.ts";
import type { Surface } from "./surface.ts";
import type { Token } from "./tokenise.ts";

export interface LanguageReading {
  /** BCP 47, only where something speaks for it: the platform's tag, English function words or the n-gram model. */
  readonly language?: string;
  /** False where the word lists and the trained model were not made for the text's language. */
  readonly supported: boolean;
  readonly findings: readonly Finding[];
}

interface TextToRead {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly surface: Surface;
  /** BCP 47 tag as the platform gave it. */
  readonly tag: string | undefined;
}

/** Fewer letters than these, and Latin-script texts are guessed wrong too often. */
const ENOUGH_LETTERS = 20;
const ENOUGH_NGRAMS = 5;
/** In a script other than Latin there is little to confuse with English. */
const ENOUGH_LETTERS_OF_SCRIPT = 3;
/**
 * Least lead (score an n-gram) over English before a text counts as another language. Set on training sets only: of 60,877 posts
 * of six English ones, most of them rude, .22% then count as another language (and many of those are); of 14,828 German,
 * French and Arabic ones 96%.
 */
const LEAD = 12;
const CLEAR_LEAD = 30;
/** Tokens and units that are looked at. */
const MOST_TOKENS = 160;
const MOST_UNITS = 600;

/** Function words of English that are none in other Latin-script languages, and contractions as the tokeniser reads them. */
const STRONG = new Set(
  (
    "the and you that this with have not are they what your but from just like about who get when how would there " +
    "their them been has more out were dont cant she his her my our because think know people why should could than " +
    "then these those being him does did doesnt didnt isnt wasnt wouldnt its thats aint yall gonna gotta wanna every " +
    "some any which into only good want need make made got had if"
  ).split(" "),
);
/** Words of English that other languages have too: they count only beside a strong one. */
const WEAK = new Set(
  "it of is to be for was will i am can in on me so we he no as at by do up an or go us all u ur a one".split(" "),
);

/** "loooool", "hahaha": laughter and shouting belong to no language. */
function isDrawnOut(key: string): boolean {
  let same = 1;
  let alternating = 2;
  for (let index = 1; index < key.length; index++) {
    same = key.charCodeAt(index) === key.charCodeAt(index - 1) ? same + 1 : 1;
    if (same === 3) return true;
    alternating = index > 1 && key.charCodeAt(index) === key.charCodeAt(index - 2) ? alternating + 1 : 2;
    if (alternating === 6) return true;
  }
  return false;
}

type Words = { readonly joined: string; readonly english: boolean; readonly slang: boolean };

/** Words, links, mentions and numbers left out, as the text has them, and whether English words dominate them. */
function readWordsOf(text: string, tokens: readonly Token[]): Words {
  let joined = "";
  let last = -1;
  let words = 0;
  let strong = 0;
  let weak = 0;
  let slang = 0;
  for (let index = 0; index < tokens.length && index < MOST_TOKENS; index++) {
    const { key, alt, start, end } = tokens[index] as Token;
    if (alt === "_mention" || alt === "_num" || key.charCodeAt(0) === 95) continue;
    words++;
    if (STRONG.has(key)) strong++;
    else if (WEAK.has(key)) weak++;
    else if (alt !== "") slang++;
    // "you're" is two tokens at one place.
    if (start === last || joined.length > MOST_UNITS || isDrawnOut(key)) continue;
    last = start;
    joined += `${text.slice(start, Math.min(end, start + MOST_UNITS))} `;
  }
  const english = strong * 10 >= words && (strong >= 2 || (strong === 1 && (strong + weak) * 10 >= words * 4));
  return { joined, english, slang: slang * 4 > words };
}

const finding = (code: string, weight: number, language?: string): Finding => ({
  label: "unsupported_language",
  severity: 0,
  weight,
  code,
  ...(language === undefined ? {} : { params: { language } }),
  source: "text-language",
});

const foreign = (language: string, code: string, weight: number): LanguageReading => ({
  language,
  supported: false,
  findings: [finding(code, weight, language)],
});

/**
 * Which language a post is in, and whether that is one that the analysers were made and tested for (`own`). English function
 * words settle most posts; the n-gram model is asked about the rest. Where it is unsure (few letters, several languages
 * mixed, little lead) the platform's tag stands, and without one the text is taken as `own` with no language stated.
 * Text that is written in look-alike letters of another script is read as what it looks like.
 */
export function readLanguage(
  { text, tokens, surface, tag }: TextToRead,
  own: string,
  languages: LanguageModel,
): LanguageReading {
  const named = tag?.split("-", 1)[0]?.toLowerCase();
  const tagged = tag === undefined || named === "und" || named === "mul" || named === "zxx" ? undefined : tag;
  const read = (language: string): LanguageReading => ({
    language: tagged !== undefined && named === language ? tagged : language,
    supported: true,
    findings: [],
  });
  const asTagged = (): LanguageReading => {
    if (tagged === undefined) return { supported: true, findings: [] };
    return named === own ? read(own) : foreign(tagged, "language.tagged", 1);
  };

  const otherScript = surface.letters >= ENOUGH_LETTERS_OF_SCRIPT && surface.otherScript * 2 > surface.letters;
  if (!otherScript && surface.letters < ENOUGH_LETTERS && tagged === undefined) return asTagged();
  const words = readWordsOf(text, tokens);
  if (words.english || (otherScript && words.slang)) return read(own);
  if (!otherScript && words.joined.length < ENOUGH_LETTERS) return asTagged();

  const namesOther = tagged !== undefined && named !== own;
  const guess = languages.guess(words.joined, namesOther ? (named ?? own) : own);
  const confident = guess.lead >= LEAD && (guess.ngrams >= ENOUGH_NGRAMS || (otherScript && !namesOther));
  if (guess.language === own) return !namesOther || confident ? read(own) : asTagged();
  // A tag that the model does not know (Indonesian, say) cannot be denied by it.
  const tagStands =
    namesOther && (!confident || guess.language === named || !languages.languages.includes(named ?? ""));
  if (tagStands) return asTagged();
  if (confident && (otherScript || !words.slang)) {
    return foreign(guess.language, "language.untested", guess.lead >= CLEAR_LEAD ? 0.98 : 0.85);
  }
  if (!otherScript) return asTagged();
  const folded = languages.guess(
    tokens
      .map(({ key }) => key)
      .slice(0, MOST_TOKENS)
      .join(" "),
    own,
  );
  return folded.language === own ? read(own) : { supported: false, findings: [finding("language.script", 0.9)] };
}
