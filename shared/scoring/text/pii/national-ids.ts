import { passesLuhn, passesMod1110, passesVerhoeff, weightedSum } from "./check-digits.ts";
import type { Run } from "./number-groups.ts";

/** A scheme of national identity or tax numbers made of digits alone. */
interface NumberScheme {
  readonly scheme: string;
  readonly length: number;
  /** How its digits are grouped when a person writes them with care, as "3-2-4"; that shape needs no cue where `bare`. */
  readonly shape: string;
  readonly joint?: RegExp;
  /** Confidence in its careful shape without a cue; 0 where the scheme is too weak to stand alone. */
  readonly alone: number;
  readonly cue: RegExp;
  readonly valid: (digits: string) => boolean;
}

const isDate = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= 31 && year >= 0;
const two = (digits: string, at: number): number => Number(digits.slice(at, at + 2));
const mod11 = (digits: string, weights: readonly number[]): number => weightedSum(digits, weights) % 11;
const varied = (digits: string): boolean => !/^(\d)\1*$/.test(digits);

function isCpf(digits: string): boolean {
  const check = (length: number): number => {
    const rest =
      (weightedSum(
        digits,
        Array.from({ length }, (_, index) => length + 1 - index),
      ) *
        10) %
      11;
    return rest % 10;
  };
  return varied(digits) && check(9) === Number(digits[9]) && check(10) === Number(digits[10]);
}

function isSsn(digits: string): boolean {
  const area = Number(digits.slice(0, 3));
  return area > 0 && area !== 666 && area < 900 && digits.slice(3, 5) !== "00" && digits.slice(5) !== "0000";
}

function isPesel(digits: string): boolean {
  const month = two(digits, 2) % 20;
  const sum = weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
  return isDate(0, month, two(digits, 4)) && (10 - (sum % 10)) % 10 === Number(digits[10]);
}

function isSteuerId(digits: string): boolean {
  const counts = new Map<string, number>();
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeats = [...counts.values()].filter((count) => count > 1);
  return digits[0] !== "0" && repeats.length === 1 && (repeats[0] ?? 0) <= 3 && passesMod1110(digits);
}

function isNir(digits: string): boolean {
  const month = two(digits, 3);
  const plausible = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
  const key = 97 - (Number(digits.slice(0, 13)) % 97);
  return /^[12]/.test(digits) && plausible && key === two(digits, 13);
}

function isFodselsnummer(digits: string): boolean {
  const first = (11 - mod11(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2])) % 11;
  const second = (11 - mod11(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2])) % 11;
  const day = two(digits, 0) % 40;
  return isDate(0, two(digits, 2), day) && first === Number(digits[9]) && second === Number(digits[10]);
}

function isBelgian(digits: string): boolean {
  const body = Number(digits.slice(0, 9));
  const key = two(digits, 9);
  return (
    isDate(0, two(digits, 2) % 20, two(digits, 4)) && (97 - (body % 97) === key || 97 - ((2e9 + body) % 97) === key)
  );
}

function isTurkish(digits: string): boolean {
  const odd = weightedSum(digits, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weightedSum(digits, [0, 1, 0, 1, 0, 1, 0, 1]);
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  const sum = weightedSum(digits, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  return digits[0] !== "0" && tenth === Number(digits[9]) && sum % 10 === Number(digits[10]);
}

function isChinese(digits: string): boolean {
  const sum = weightedSum(digits, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
  const year = Number(digits.slice(6, 10));
  return (
    year > 1900 &&
    year < 2100 &&
    isDate(0, two(digits, 10), two(digits, 12)) &&
    (12 - (sum % 11)) % 11 === Number(digits[17])
  );
}

const SCHEMES: readonly NumberScheme[] = [
  { scheme: "US SSN", length: 9, shape: "3-2-4", alone: 0.7, cue: /\bssn\b|social.?sec/, valid: isSsn },
  { scheme: "BR CPF", length: 11, shape: "3-3-3-2", joint: /^\.\.-$/, alone: 0.9, cue: /\bcpf\b/, valid: isCpf },
  {
    scheme: "FR NIR",
    length: 15,
    shape: "1-2-2-2-3-3-2",
    alone: 0.9,
    cue: /s[eé]curit[eé] sociale|\bnir\b|s[eé]cu\b/,
    valid: isNir,
  },
  {
    scheme: "DE Steuer-ID",
    length: 11,
    shape: "2-3-3-3",
    alone: 0,
    cue: /steuer|\bidnr\b|\btin\b|tax/,
    valid: isSteuerId,
  },
  {
    scheme: "NL BSN",
    length: 9,
    shape: "4-2-3",
    alone: 0,
    cue: /\bbsn\b|burgerservice|sofi/,
    valid: (digits) => varied(digits) && mod11(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) === 0,
  },
  {
    scheme: "IN Aadhaar",
    length: 12,
    shape: "4-4-4",
    alone: 0,
    cue: /a+dh?a+r|\buid(?:ai)?\b|आधार/,
    valid: (digits) => /^[2-9]/.test(digits) && passesVerhoeff(digits),
  },
  { scheme: "PL PESEL", length: 11, shape: "11", alone: 0, cue: /pesel/, valid: isPesel },
  {
    scheme: "SE personnummer",
    length: 10,
    shape: "6-4",
    joint: /^-$/,
    alone: 0.6,
    cue: /personn/,
    valid: (digits) => isDate(0, two(digits, 2), two(digits, 4) % 60) && passesLuhn(digits),
  },
  {
    scheme: "DK CPR",
    length: 10,
    shape: "6-4",
    joint: /^-$/,
    alone: 0,
    cue: /\bcpr\b/,
    valid: (digits) => isDate(0, two(digits, 2), two(digits, 0)),
  },
  {
    scheme: "NO fødselsnummer",
    length: 11,
    shape: "6-5",
    alone: 0.8,
    cue: /f[øo]dsels|personnr/,
    valid: isFodselsnummer,
  },
  {
    scheme: "BE national number",
    length: 11,
    shape: "2-2-2-3-2",
    alone: 0.8,
    cue: /rijksregister|registre national/,
    valid: isBelgian,
  },
  {
    scheme: "CH AHV",
    length: 13,
    shape: "3-4-4-2",
    alone: 0.9,
    cue: /\bahv\b|\bavs\b/,
    valid: (digits) =>
      digits.startsWith("756") &&
      (10 - (weightedSum(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10 === Number(digits[12]),
  },
  {
    scheme: "PT NIF",
    length: 9,
    shape: "3-3-3",
    alone: 0,
    cue: /\bnif\b|contribuinte/,
    valid: (digits) => {
      const rest = mod11(digits, [9, 8, 7, 6, 5, 4, 3, 2]);
      return (rest < 2 ? 0 : 11 - rest) === Number(digits[8]);
    },
  },
  {
    scheme: "CA SIN",
    length: 9,
    shape: "3-3-3",
    alone: 0,
    cue: /\bsin\b(?! city)|social insurance|\bnas\b/,
    valid: (digits) => !/^[08]/.test(digits) && passesLuhn(digits),
  },
  {
    scheme: "AU TFN",
    length: 9,
    shape: "3-3-3",
    alone: 0,
    cue: /\btfn\b|tax file/,
    valid: (digits) => varied(digits) && mod11(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) === 0,
  },
  {
    scheme: "UK NHS number",
    length: 10,
    shape: "3-3-4",
    alone: 0,
    cue: /\bnhs\b/,
    valid: (digits) => varied(digits) && mod11(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) === 0,
  },
  { scheme: "TR kimlik", length: 11, shape: "11", alone: 0, cue: /kimlik|\btc(?:kn)?\b/, valid: isTurkish },
  { scheme: "CN resident id", length: 18, shape: "18", alone: 0.9, cue: /身份证|身分證/, valid: isChinese },
  {
    scheme: "KR resident number",
    length: 13,
    shape: "6-7",
    joint: /^-$/,
    alone: 0.8,
    cue: /주민/,
    valid: (digits) =>
      isDate(0, two(digits, 2), two(digits, 4)) &&
      (11 - mod11(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5])) % 10 === Number(digits[12]),
  },
  {
    scheme: "ZA id",
    length: 13,
    shape: "13",
    alone: 0,
    cue: /\bid (?:no|num|number)\b|identity/,
    valid: (digits) => isDate(0, two(digits, 2), two(digits, 4)) && passesLuhn(digits),
  },
  {
    scheme: "US ITIN",
    length: 9,
    shape: "3-2-4",
    alone: 0.6,
    cue: /\bitin\b/,
    valid: (digits) => digits[0] === "9" && /[5-9]/.test(digits[3] ?? ""),
  },
];

const BY_LENGTH: ReadonlyMap<number, readonly NumberScheme[]> = Map.groupBy(SCHEMES, ({ length }) => length);

export interface NationalId {
  readonly scheme: string;
  readonly confidence: number;
}

const CUED = 0.9;

/**
 * The national scheme that a run of digits fits, with its check digits: in careful grouping for schemes strong enough,
 * else only near its cue.
 * @param around the text beside it, in lower case.
 */
export function nationalIdOf(run: Run, around: () => string): NationalId | undefined {
  if (run.tiedBefore || run.tiedAfter) return undefined;
  for (const { scheme, shape, joint, alone, cue, valid } of BY_LENGTH.get(run.digits.length) ?? []) {
    const careful = run.shape === shape && (joint === undefined || joint.test(run.joints.join("")));
    const dashed = careful && run.joints.every((one) => one === "-" || one === "." || one === " ");
    if (!valid(run.digits)) continue;
    if (cue.test(around())) return { scheme, confidence: CUED };
    if (dashed && alone > 0 && (scheme !== "US SSN" || run.joints.every((one) => one === "-"))) {
      return { scheme, confidence: alone };
    }
  }
  return undefined;
}
