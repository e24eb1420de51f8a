// Direction overrides, isolates, controls, zero-width and tag characters: what changes how other words are read.
const HIDING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]+/gu;
// Marks piled on one letter cover the lines around it; no script needs more than four.
const PILED = /(\p{M}{4})\p{M}+/gu;
// What programs make links of: a scheme, an @, and a dot (of any script) before what may be the end of a name.
const LIKE_A_LINK = /:(?=[/\\]{2})|(?<=[^\s[])@(?=[^\s\]])|(?<=[^\s[])[.\u3002\uff0e\uff61](?=[\p{L}\p{M}]{2}|xn--)/gu;

/** A name or an id as it may stand among our words: on one line, nothing hidden in it, cut after `most` characters. */
export function plainWords(text: string, most = 80): string {
  const shown = text.replace(HIDING, "\ufffd").replace(PILED, "$1").replace(/\s+/g, " ").trim();
  const letters = [...shown];
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : shown;
}

/**
 * The same where a program would make a link of it that leads to wherever its author wanted: `https[:]//evil[.]example`.
 * Done twice it is done once.
 */
export const unlinkedWords = (text: string, most = 80): string => plainWords(text, most).replace(LIKE_A_LINK, "[$&]");
