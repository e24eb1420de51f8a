import type { Span } from "../../domain/label.ts";
import { isIban, passesLuhn } from "./check-digits.ts";
import type { Finding } from "./finding.ts";
import type { Claimed } from "./tokenise.ts";

export interface PiiReading {
  readonly findings: readonly Finding[];
  /** `pii_*` counts. */
  readonly features: Readonly<Record<string, number>>;
  /** Where a person could be reached: phones and e-mail addresses. Evidence for doxxing. */
  readonly contacts: readonly Span[];
}

const SOURCE = "text-pii";

// Every repetition below is bounded and begins at its own kind of character: a long run cannot be tried twice over.
const DIGIT_RUN = /(?<![\w.])\+?\(?\d(?:[ ().-]{0,2}\d){6,18}(?![\w])/g;
const IBAN_RUN = /(?<!\w)[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}(?!\w)/g;
const IP_RUN = /(?<![\w.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w.]?\d)/g;

const PHONE_CONTEXT = /\b(?:call|phone|cell|mobile|tel|text|ring|dial|whatsapp|number|contact)\b[^\d]{0,20}$/i;
/** 3-3-4 as in North America, or an international or trunk prefix with groups. */
const PHONE_SHAPE =
  /^(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}$|^(?:\+|00)\d|^0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}$/;
const AROUND = 40;

const onlyDigits = (text: string): string => text.replace(/\D/g, "");

function isCard(digits: string, raw: string): boolean {
  if (digits.length < 13 || digits.length > 19 || raw.startsWith("+")) return false;
  const first = digits[0] ?? "";
  const issuer =
    (first === "4" && (digits.length === 13 || digits.length === 16 || digits.length === 19)) ||
    (/^(?:5[1-5]|2[2-7])/.test(digits) && digits.length === 16) ||
    (/^3[47]/.test(digits) && digits.length === 15) ||
    (/^3(?:0|6|8)/.test(digits) && digits.length === 14) ||
    (/^6/.test(digits) && digits.length >= 16);
  return issuer && !/^(\d)\1*$/.test(digits) && passesLuhn(digits);
}

function isPhone(digits: string, raw: string, before: string): boolean {
  const spelled = raw.replace(/^[(](?=\d{4,})/, "");
  const enough = digits.length >= 10 && digits.length <= 15;
  if (enough && PHONE_SHAPE.test(spelled)) return true;
  return digits.length >= 7 && digits.length <= 15 && PHONE_CONTEXT.test(before);
}

function isAddress(raw: string): boolean {
  const octets = raw.split(".").map(Number);
  if (octets.some((octet) => octet > 255)) return false;
  const [first = 0, second = 0] = octets;
  // Private, loopback and unspecified networks point to nobody; small numbers throughout are a version.
  const nowhere = first === 0 || first === 10 || first === 127 || (first === 192 && second === 168) || first > 223;
  return !nowhere && octets.some((octet) => octet > 31);
}

const overlaps = (span: Span, others: readonly Span[]): boolean =>
  others.some(([start, end]) => span[0] < end && start < span[1]);

const HAS_DIGITS = /\d[^\n]{0,40}\d/;
/** The same list cannot be searched for ever: further finds are counted, not compared. */
const MOST_FOUND = 200;

/**
 * Personal data in the original text: e-mail addresses (from the link reader), phones, cards by Luhn, IBANs by mod 97,
 * IPv4 addresses. Conservative: a number that could be an order or a flight is left alone. Linear.
 * @param weighty false in private channels, where people hand out their own number: one step less severe.
 */
export function readPii(text: string, claimed: readonly Claimed[], weighty: boolean): PiiReading {
  const findings: Finding[] = [];
  const contacts: Span[] = [];
  const count = { email: 0, phone: 0, card: 0, iban: 0, ipv4: 0 };
  const taken: Span[] = claimed.slice(0, MOST_FOUND).map((claim) => claim.span);
  const add = (kind: keyof typeof count, severity: number, weight: number, span: Span): void => {
    count[kind]++;
    if (taken.length < MOST_FOUND) taken.push(span);
    if (kind === "email" || kind === "phone") contacts.push(span);
    const eased = weighty ? severity : severity - 1;
    findings.push({ label: "privacy.pii", severity: eased, weight, code: `pii.${kind}`, span, source: SOURCE });
  };
  for (const { span, key } of claimed) if (key === "_email") add("email", 2, 0.7, span);
  if (HAS_DIGITS.test(text)) {
    const matches = (pattern: RegExp): [string, Span][] => {
      const all: [string, Span][] = [];
      for (const match of text.matchAll(pattern)) {
        const span: Span = [match.index, match.index + match[0].length];
        if (!overlaps(span, taken)) all.push([match[0], span]);
      }
      return all;
    };
    for (const [raw, span] of matches(IBAN_RUN)) {
      if (isIban(raw.replaceAll(" ", "").toUpperCase())) add("iban", 4, 0.9, span);
    }
    for (const [raw, span] of matches(IP_RUN)) if (isAddress(raw)) add("ipv4", 2, 0.6, span);
    for (const [raw, span] of matches(DIGIT_RUN)) {
      const digits = onlyDigits(raw);
      if (isCard(digits, raw)) add("card", 4, 0.9, span);
      else if (isPhone(digits, raw, text.slice(Math.max(0, span[0] - AROUND), span[0]))) add("phone", 2, 0.6, span);
    }
  }
  const features = Object.fromEntries(Object.entries(count).map(([kind, value]) => [`pii_${kind}`, value]));
  return { findings, features, contacts };
}
