/** Counts of a text's surface, in one pass over its UTF-16 units. */
export interface Surface {
  readonly characters: number;
  readonly letters: number;
  readonly capitals: number;
  readonly digits: number;
  readonly exclamations: number;
  /** Letters outside the Latin script and its extensions. */
  readonly otherScript: number;
  readonly emoji: number;
}

const PICTOGRAPH = /\p{Extended_Pictographic}/gu;
const OTHER_LETTER = /(?!\p{Script=Latin})\p{L}/gu;
const LATIN_BEYOND = /(?=\p{Script=Latin})\p{L}/gu;

const countOf = (text: string, pattern: RegExp): number => {
  let count = 0;
  pattern.lastIndex = 0;
  while (pattern.test(text)) count++;
  return count;
};

export function surfaceOf(text: string): Surface {
  let capitals = 0;
  let small = 0;
  let digits = 0;
  let exclamations = 0;
  let beyond = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 97 && code <= 122) small++;
    else if (code >= 65 && code <= 90) capitals++;
    else if (code >= 48 && code <= 57) digits++;
    else if (code === 33) exclamations++;
    else if (code > 127) beyond++;
  }
  const other = beyond === 0 ? 0 : countOf(text, OTHER_LETTER);
  const accented = beyond === 0 ? 0 : countOf(text, LATIN_BEYOND) - small - capitals;
  return {
    characters: text.length,
    letters: small + capitals + accented + other,
    capitals,
    digits,
    exclamations,
    otherScript: other,
    emoji: beyond === 0 ? 0 : countOf(text, PICTOGRAPH),
  };
}
