import type { Entity } from "./entity.ts";
import {
  DIRECTIONS,
  NO_NAMES,
  NO_STREET,
  PLAIN_STREET_ENDS,
  STREET_ENDS,
  STREET_HEADS,
  STREET_LAST_WORDS,
  STREET_PARTICLES,
  STREET_TAILS,
  SURE_HEADS,
  US_STATES,
  WEAK_STREET_ENDS,
} from "./street-words.ts";

interface Word {
  readonly from: number;
  readonly to: number;
  readonly low: string;
  readonly number: boolean;
  readonly capital: boolean;
  /** Only spaces, a comma, a stop or one line end stand between it and the word before. */
  readonly joined: boolean;
  /** A comma or a line end stands between. */
  readonly comma: boolean;
}

const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}'’/-]){0,40}/gu;
const NUMBER = /^\d{1,5}[a-z]?(?:[-/]\d{1,4}[a-z]?)?$/;
const HOUSE = /^\d{1,4}[a-z]?(?:[-/]\d{1,4}[a-z]?)?$/;
const YEAR = /^(?:19|20)\d\d$/;
const CAPITAL = /^\p{Lu}/u;
const JOINED = /^(?:\.?,? {1,2}|\.?,?[ \t]?\r?\n|\.|'|, ?(?:n[.º°o]{1,2} ?)?|[ ,]{1,2}n[.º°]{1,2} ?)$/i;
const CUE =
  /(?:address|addr|live[sd]? (?:at|on|in)|living at|located (?:at|on)|deliver(?:ed|y)? to|ship(?:ped)? to|reside[sd]? at|home is|house is|adresse|wohnt?|wohne|habite|domicilio|direcci[oó]n|vive en|vivo en|indirizzo|abita|abito|adres|woont|endere[cç]o|mora|moro|mieszka\w*)[^\n]{0,25}$/i;
const POSTCODE =
  /^(?:\d{4,6}(?:-\d{3,4})?|\d{3} \d{2}|\d{4} ?[A-Z]{2}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-CEGHJ-NPR-TVXY]\d[A-Z] ?\d[A-Z]\d)(?![\p{L}\p{N}])/u;
const UNIT =
  /^(?:apt|apartment|suite|ste|unit|flat|floor|fl|room|rm|bldg|lot|no|nr|top|box|bus|piso|apto|#)\.? ?#?[a-z]?\d{0,5}[a-z]?(?![\p{L}\p{N}])/iu;
const GAP = /^[ ,.\t\r\n]{1,4}/;
const PLACE = /^\p{Lu}[\p{L}'’.-]{1,24}/u;

/** How far beyond the street its town is looked for, in UTF-16 units and words. */
const MOST_TAIL = 120;
const MOST_TOWN_WORDS = 5;
const MOST_NAME_WORDS = 4;

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let last = 0;
  for (const { 0: raw, index } of text.matchAll(WORD)) {
    const between = index - last <= 8 ? text.slice(last, index) : "";
    const low = raw.toLowerCase();
    words.push({
      from: index,
      to: index + raw.length,
      low,
      number: NUMBER.test(low),
      capital: CAPITAL.test(raw),
      joined: words.length > 0 && JOINED.test(between),
      comma: /[,\n]/.test(between),
    });
    last = index + raw.length;
  }
  return words;
}

/** Unit, town, state and postcode after a street; taken only as far as a unit, a state or a postcode confirms them. */
function tailOf(text: string, to: number): number {
  const tail = text.slice(to, to + MOST_TAIL);
  let at = 0;
  let confirmed = 0;
  let state = false;
  for (let word = 0; word < MOST_TOWN_WORDS + 3; word++) {
    const gap = GAP.exec(tail.slice(at))?.[0];
    if (gap === undefined) break;
    const rest = tail.slice(at + gap.length);
    const sure = (POSTCODE.exec(rest) ?? UNIT.exec(rest))?.[0];
    if (sure !== undefined && /\d/.test(sure)) {
      at += gap.length + sure.length;
      confirmed = at;
      // "10115 Berlin": here the town comes after.
      const town = state ? undefined : /^ \p{Lu}\p{Ll}[\p{L}'’-]{1,24}/u.exec(tail.slice(at))?.[0];
      if (town !== undefined && /^\d/.test(sure)) confirmed = at + town.length;
      continue;
    }
    const place = PLACE.exec(rest)?.[0];
    if (place === undefined) break;
    at += gap.length + place.length;
    if (US_STATES.has(place)) {
      confirmed = at;
      state = true;
    }
  }
  return to + confirmed;
}

/** Where a shop or a hotel stands is nobody's private address. */
const BUSINESS =
  /\b(?:our|the|your|their|new) (?:\w{1,20} )?(?:shop|store|office|offices|restaurant|cafe|café|hotel|branch|showroom|studio|salon|clinic|school|church|museum|bar|pub|venue|warehouse|headquarters|hq|gym|gallery|station|airport)\b|\bvisit us\b|\bcome (?:and |by and )?visit\b|\bopening hours\b|\bopen (?:daily|until|from|mon)|\b(?:hotel|suites|resort|airport|inc|ltd|llc|gmbh)\b/i;
/** Under what is worth reporting, and still a find for whoever redacts. */
const PUBLIC = 0.25;
const isBusiness = (text: string, from: number, to: number): boolean =>
  BUSINESS.test(text.slice(Math.max(0, from - 60), Math.min(text.length, to + 40)));

interface Core {
  readonly from: number;
  readonly to: number;
  readonly strong: boolean;
}

/** "12 Elm Street", "350 W 5th Ave": number, name, and a word that ends street names. */
function englishAt(words: readonly Word[], at: number): Core | undefined {
  const number = words[at];
  if (number === undefined || !number.number) return undefined;
  let capitals = true;
  for (let step = 1; step <= MOST_NAME_WORDS + 1; step++) {
    const word = words[at + step];
    if (word === undefined || !word.joined || (step > 1 && word.comma)) return undefined;
    const named = step > 1 && !(step === 2 && DIRECTIONS.has(words[at + 1]?.low ?? "") && word.number);
    const after = words[at + step + 1];
    // "Park Avenue": the last word that can end the name ends it.
    const more =
      after?.joined === true && !after.comma && (STREET_ENDS.has(after.low) || WEAK_STREET_ENDS.has(after.low));
    if (named && !more) {
      const strong = STREET_ENDS.has(word.low);
      const written = word.capital ? capitals : step <= 3 && PLAIN_STREET_ENDS.has(word.low);
      if (strong && written) return { from: number.from, to: word.to, strong };
      if (WEAK_STREET_ENDS.has(word.low) && word.capital && capitals) {
        return { from: number.from, to: word.to, strong: false };
      }
    }
    if (NO_NAMES.has(word.low)) return undefined;
    if (!word.capital && !/^\d{1,3}(?:st|nd|rd|th)$/.test(word.low)) capitals = false;
  }
  return undefined;
}

const isTail = (low: string): boolean =>
  !NO_STREET.has(low) && STREET_TAILS.some((tail) => low.length >= tail.length + 3 && low.endsWith(tail));

/** "Hauptstraße 12", "Am Alten Weg 5", "12 Koskikatu". */
function germanicAt(words: readonly Word[], at: number): Core | undefined {
  const word = words[at];
  if (word === undefined) return undefined;
  const whole = word.capital && isTail(word.low);
  const ended = STREET_LAST_WORDS.has(word.low);
  const before = words[at - 1];
  if (!whole && !(ended && word.joined && before?.capital === true)) return undefined;
  const after = words[at + 1];
  const from = whole || before === undefined ? word.from : before.from;
  if (after?.joined === true && after.number && !YEAR.test(after.low)) return { from, to: after.to, strong: true };
  if (whole && word.joined && before?.number === true && !word.comma)
    return { from: before.from, to: word.to, strong: true };
  return undefined;
}

/** "12 rue de la Paix", "Calle de Alcalá, 45", "Via Roma 3", "ul. Długa 5". */
function romanceAt(words: readonly Word[], at: number): Core | undefined {
  const head = words[at];
  if (head === undefined || !STREET_HEADS.has(head.low)) return undefined;
  let last = head;
  let named = false;
  let particles = false;
  let after: Word | undefined;
  for (let step = 1; step <= MOST_NAME_WORDS + 2; step++) {
    const word = words[at + step];
    if (word === undefined || !word.joined) break;
    if (word.number && named) {
      if (HOUSE.test(word.low) && !YEAR.test(word.low)) after = word;
      break;
    }
    if (word.comma && named) break;
    const elided = /^[dl]['’]./.test(word.low);
    if (STREET_PARTICLES.has(word.low) && !word.capital) particles = true;
    else if (word.capital || elided || (word.number && step === 1)) {
      named = true;
      particles ||= elided;
      last = word;
    } else break;
  }
  if (!named) return undefined;
  const before = words[at - 1];
  const house = before !== undefined && /^(?:bis|ter|quater)$/.test(before.low) ? words[at - 2] : before;
  // English has its avenues and places, too: there the name stands before the word.
  if (house?.number === true && head.joined && !last.number && (particles || SURE_HEADS.has(head.low))) {
    return { from: house.from, to: last.to, strong: true };
  }
  if (after === undefined || !(head.capital || particles || SURE_HEADS.has(head.low))) return undefined;
  return { from: head.from, to: after.to, strong: particles || SURE_HEADS.has(head.low) || words[at + 2] === after };
}

/** "Sörbylund 8, 260 42 Mölle": a name, a number, and on the next line or after a comma a postcode and a town. */
const WITH_POSTCODE =
  /\p{Lu}[\p{L}.'’-]{2,30} \d{1,4}[a-zA-Z]?(?:,|,? ?\r?\n) ?(?:[A-Z]{1,2}-)?(?!(?:19|20)\d\d )(?:\d{4,5}|\d{3} \d\d|\d\d-\d{3}|\d{4} ?[A-Z]{2}) \p{Lu}\p{Ll}[\p{L}'’-]{1,30}/gu;
/** Right after "my address is", "lives at": any name with a number. */
const AFTER_CUE =
  /(?<![\p{L}\p{N}])(?:address(?: is|:| of [^\n.]{1,30} is)|live[sd]? at|living at|resides? at|adresse(?: ist| est|:)|direcci[oó]n(?: es|:)|indirizzo(?: è|:)|adres(?: is|:)|endere[cç]o(?: é|:)) {1,2}((?:\p{Lu}[\p{L}.'’-]{1,30} ){1,3}\d{1,5}[a-zA-Z]?|\d{1,5}[a-zA-Z]? \p{Lu}[\p{L}.'’-]{2,30}(?: \p{Lu}[\p{L}.'’-]{1,30}){0,3})(?![\p{L}\p{N}])/gu;
const NO_HOME = /^(?:gate|terminal|flight|room|counter|row|seat|line|ext|extension)/i;

const BOX =
  /(?<![\p{L}\p{N}])(?:p\. ?o\. ?|po |post office )box #?\d{1,6}|(?<![\p{L}\p{N}])(?:postfach|apartado|caixa postal) \d{1,6}/giu;
/** "Springfield, IL 62704". */
const TOWN = /\p{Lu}[\p{L}'.-]{2,24}, ?([A-Z]{2}) \d{5}(?:-\d{4})?(?![\p{L}\p{N}-])/gu;
/** United Kingdom, with a space, as it is written by hand. */
const UK_POSTCODE =
  /(?<![\p{L}\p{N}])(?:GIR 0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2})(?![\p{L}\p{N}])/gu;

/**
 * Street addresses as English, German, Dutch, Nordic, French, Spanish, Italian, Portuguese, Polish and Russian write
 * them, P.O. boxes, American towns with their ZIP code and British postcodes. A street needs its house number; words
 * that end other things than streets need a capital and a town, a unit or a cue beside them. Linear.
 */
export function findAddresses(text: string): Entity[] {
  const found: Entity[] = [];
  const add = (from: number, to: number, confidence: number): void => {
    found.push({ kind: "address", span: [from, to], confidence });
  };
  const words = wordsOf(text);
  let covered = 0;
  for (let at = 0; at < words.length; at++) {
    if ((words[at]?.from ?? 0) < covered) continue;
    const core = englishAt(words, at) ?? germanicAt(words, at) ?? romanceAt(words, at);
    if (core === undefined || core.from < covered || /[#$£€]/.test(text.charAt(core.from - 1))) continue;
    const to = tailOf(text, core.to);
    const cued = to > core.to || CUE.test(text.slice(Math.max(0, core.from - 60), core.from));
    if (!core.strong && !cued) continue;
    add(core.from, to, isBusiness(text, core.from, to) ? PUBLIC : core.strong ? (cued ? 0.85 : 0.7) : 0.65);
    covered = to;
  }
  for (const { 0: raw, index } of text.matchAll(WITH_POSTCODE)) add(index, index + raw.length, 0.65);
  for (const { 0: raw, 1: place = "", index } of text.matchAll(AFTER_CUE)) {
    const from = index + raw.length - place.length;
    if (!NO_HOME.test(place)) add(from, tailOf(text, index + raw.length), 0.6);
  }
  for (const { 0: raw, index } of text.matchAll(BOX)) add(index, tailOf(text, index + raw.length), 0.75);
  for (const { 0: raw, 1: state = "", index } of text.matchAll(TOWN)) {
    if (US_STATES.has(state)) add(index, index + raw.length, 0.6);
  }
  for (const { 0: raw, index } of text.matchAll(UK_POSTCODE)) add(index, index + raw.length, 0.5);
  return found;
}
