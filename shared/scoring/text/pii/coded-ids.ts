import { ibanLength, isIban } from "./check-digits.ts";
import type { Entity } from "./entity.ts";

/** A scheme whose numbers hold letters. `alone` as in national-ids.ts. */
interface CodeScheme {
  readonly scheme: string;
  readonly length: number;
  readonly pattern: RegExp;
  readonly alone: number;
  /** How it is written with care, where it holds spaces; else it stands in one piece. */
  readonly written?: RegExp;
  readonly cue: RegExp;
  readonly valid: (code: string) => boolean;
}

const DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
const HETU_LETTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";
const CODICE_ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const CODICE = /^[A-Z]{6}[0-9L-NP-V]{2}[A-EHLMPR-T][0-9L-NP-V]{2}[A-Z][0-9L-NP-V]{3}[A-Z]$/;

function isCodiceFiscale(code: string): boolean {
  let sum = 0;
  for (let index = 0; index < 15; index++) {
    const unit = code.charCodeAt(index);
    const value = unit < 58 ? unit - 48 : unit - 65;
    sum += index % 2 === 0 ? (CODICE_ODD[value] ?? 0) : value;
  }
  return String.fromCharCode(65 + (sum % 26)) === code[15];
}

const isDni = (code: string): boolean => {
  const number = Number(code.slice(0, -1).replace(/^[XYZ]/, (letter) => String("XYZ".indexOf(letter))));
  return DNI_LETTERS[number % 23] === code.at(-1);
};

const CURP_SIGNS = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";
const isCurp = (code: string): boolean => {
  let sum = 0;
  for (let index = 0; index < 17; index++) sum += CURP_SIGNS.indexOf(code[index] ?? "") * (18 - index);
  return String((10 - (sum % 10)) % 10) === code[17];
};

const CODES: readonly CodeScheme[] = [
  {
    scheme: "UK NINO",
    length: 9,
    pattern: /^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/,
    written: /^[A-Z]{2}\d{6}[A-D]$|^[A-Z]{2} \d\d \d\d \d\d [A-D]$/i,
    alone: 0.75,
    cue: /national insurance|\bnino?\b/,
    valid: () => true,
  },
  {
    scheme: "ES DNI/NIE",
    length: 9,
    pattern: /^(?:\d{8}|[XYZ]\d{7})[A-Z]$/,
    written: /^(?:\d{8}|[XYZ]-?\d{7})-?[A-Z]$/i,
    alone: 0.5,
    cue: /\bdni\b|\bnie\b|\bnif\b/,
    valid: isDni,
  },
  { scheme: "IT codice fiscale", length: 16, pattern: CODICE, alone: 0.95, cue: /codice/, valid: isCodiceFiscale },
  {
    scheme: "IN PAN",
    length: 10,
    pattern: /^[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]$/,
    alone: 0.5,
    cue: /\bpan\b/,
    valid: () => true,
  },
  {
    scheme: "MX CURP",
    length: 18,
    pattern: /^[A-Z]{4}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d$/,
    alone: 0.9,
    cue: /curp/,
    valid: isCurp,
  },
  {
    scheme: "FI henkilötunnus",
    length: 11,
    // The signs of the century besides "-", "+" and "A" are given out since 2023.
    pattern: /^\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]$/,
    alone: 0.85,
    cue: /henkil|hetu/,
    valid: (code) => HETU_LETTERS[Number(code.slice(0, 6) + code.slice(7, 10)) % 31] === code[10],
  },
  {
    scheme: "CL RUT",
    length: 9,
    pattern: /^\d{8}[0-9K]$/,
    alone: 0,
    cue: /\brut\b/,
    valid: (code) => {
      let sum = 0;
      for (let index = 0; index < 8; index++) sum += Number(code[7 - index]) * (2 + (index % 6));
      return "0K987654321"[sum % 11] === code[8];
    },
  },
];

const isSign = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isTie = (code: number): boolean => isSign(code) || code === 95 || code === 64 || code === 35 || code >= 0xc0;

const LONGEST_CODE = 34;
const SHORTEST_CODE = 9;

/** Signs of a code from `from`, spaces, hyphens and stops between its parts left out, and where it ends. */
function compactFrom(text: string, from: number, most: number): { readonly code: string; readonly to: number } {
  let code = "";
  let at = from;
  let to = from;
  for (; at < text.length && code.length < most; at++) {
    const unit = text.charCodeAt(at);
    if (isSign(unit)) {
      code += text[at];
      to = at + 1;
    } else if (!(unit === 32 || unit === 0xa0 || unit === 45 || unit === 46) || at !== to) break;
  }
  return { code: code.toUpperCase(), to };
}

const standsAlone = (text: string, to: number): boolean => to >= text.length || !isTie(text.charCodeAt(to));

function ibanAt(text: string, from: number): Entity | undefined {
  const length = ibanLength(text.slice(from, from + 2).toUpperCase());
  if (length === undefined || !isDigit(text.charCodeAt(from + 2))) return undefined;
  const { code, to } = compactFrom(text, from, length);
  return isIban(code) && standsAlone(text, to) ? { kind: "iban", span: [from, to], confidence: 0.95 } : undefined;
}

function codeAt(text: string, from: number, around: () => string): Entity | undefined {
  for (const { scheme, length, pattern, written: careful, alone, cue, valid } of CODES) {
    // The Finnish sign between date and number is part of it.
    const hetu = scheme.startsWith("FI");
    const { code, to } = hetu
      ? { code: text.slice(from, from + length).toUpperCase(), to: from + length }
      : compactFrom(text, from, length);
    if (to - from > length + 4 || !pattern.test(code) || !valid(code) || !standsAlone(text, to)) continue;
    // Lower case without a cue is prose or a handle far more often.
    const written = text.slice(from, to);
    const plain = careful === undefined ? written.length === length : careful.test(written);
    const confidence = cue.test(around()) ? 0.9 : plain && written === written.toUpperCase() ? alone : 0;
    if (confidence > 0) return { kind: "national_id", span: [from, to], confidence, scheme };
  }
  return undefined;
}

/**
 * IBANs, and identity numbers that hold letters. One pass; bounded work at each word that holds a digit.
 * @param around the text beside a place, in lower case.
 */
export function findCodes(text: string, around: (from: number, to: number) => string): Entity[] {
  const found: Entity[] = [];
  for (let index = 0; index < text.length; index++) {
    if (!isSign(text.charCodeAt(index))) continue;
    const from = index;
    if (from > 0 && isTie(text.charCodeAt(from - 1))) {
      while (index < text.length && isSign(text.charCodeAt(index))) index++;
      continue;
    }
    // Every scheme has a digit among its first seven signs.
    let digit = false;
    while (index < text.length && isSign(text.charCodeAt(index))) {
      digit ||= index - from < 8 && isDigit(text.charCodeAt(index));
      index++;
    }
    if (!digit && !(index - from === 2 && isDigit(text.charCodeAt(index + 1)))) continue;
    if (text.length - from < SHORTEST_CODE || index - from > LONGEST_CODE) continue;
    const one = ibanAt(text, from) ?? codeAt(text, from, () => around(from, index));
    if (one === undefined) continue;
    found.push(one);
    index = one.span[1];
  }
  return found;
}
