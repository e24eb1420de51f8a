import type { Span } from "../../../domain/label.ts";
import type { Finding } from "../finding.ts";
import type { Token } from "../tokenise.ts";
import type { Signal } from "./signals.ts";

/** Private details that were found in a text, whosever they are. */
export interface Details {
  /** Phones and e-mail addresses. */
  readonly contacts: readonly Span[];
  /** Street addresses. */
  readonly addresses: readonly Span[];
}

/** Furthest that the detail may stand from the words that say whose it is, in UTF-16 units. */
const NEAR = 120;
const MOST_FOUND = 8;
/** Tokens after "her plate is" among which the plate is looked for. */
const PLATE_WITHIN = 5;

const near = (a: Span, b: Span): boolean => a[0] - b[1] <= NEAR && b[0] - a[1] <= NEAR;
const overlap = (a: Span, b: Span): boolean => a[0] < b[1] && b[0] < a[1];
const around = (a: Span, b: Span): Span => [Math.min(a[0], b[0]), Math.max(a[1], b[1])];

const LETTER = /[a-z]/;
const DIGIT = /\d/;

/** A short token of letters and digits after the words that announce a number plate. */
function plateAfter(tokens: readonly Token[], span: Span): Span | undefined {
  const first = tokens.findIndex(({ start }) => start >= span[1]);
  if (first < 0) return undefined;
  for (const { key, start, end } of tokens.slice(first, first + PLATE_WITHIN)) {
    if (key.length >= 3 && key.length <= 8 && LETTER.test(key) && DIGIT.test(key)) return [start, end];
  }
  return undefined;
}

/**
 * Someone else's private detail beside words that say whose it is: a street address (severity 6), a phone or e-mail address or
 * a number plate (5); a workplace or school only where others are sent there (4). Words that send others raise the rest by one.
 * The writer's own and family's details, and those of companies, are none unless others are sent after a person.
 */
export function findDoxxing(signals: readonly Signal[], tokens: readonly Token[], details: Details): Finding[] {
  const spansOf = (code: string): Span[] => signals.filter((signal) => signal.code === code).map(({ span }) => span);
  const mobilise = [...spansOf("dox.mobilise"), ...spansOf("context.rally")];
  const own = spansOf("context.own");
  const business = spansOf("context.business");
  const findings: Finding[] = [];
  const add = (code: string, severity: number, weight: number, span: Span): void => {
    const sender = mobilise.find((other) => near(other, span));
    const mine = own.some((other) => overlap(other, span)) || business.some((other) => near(other, span));
    if ((mine && sender === undefined) || findings.length >= MOST_FOUND) return;
    const raised = severity + (sender === undefined ? 0 : 1);
    findings.push({ label: "privacy.doxxing", severity: raised, weight, code, span, source: "text-rules" });
    if (sender !== undefined) {
      findings.push({
        label: "privacy.doxxing",
        severity: raised,
        weight: 0.4,
        code: "dox.mobilise",
        span: sender,
        source: "text-rules",
      });
    }
  };
  for (const { code, span } of signals) {
    const street = details.addresses.find((other) => near(other, span));
    const contact = details.contacts.find((other) => near(other, span));
    if (code === "context.whereabouts" && street !== undefined) add("dox.address", 6, 0.75, around(span, street));
    else if (code === "context.contact_of" || code === "context.whereabouts") {
      if (contact !== undefined) add("dox.contact", 5, 0.75, around(span, contact));
      else if (code === "context.contact_of" && street !== undefined) add("dox.address", 6, 0.75, around(span, street));
    } else if (code === "context.plate_of") {
      const plate = plateAfter(tokens, span);
      if (plate !== undefined) add("dox.plate", 5, 0.7, around(span, plate));
    } else if (code === "context.works_at") {
      if (mobilise.some((other) => near(other, span) && !overlap(other, span))) add("dox.place", 3, 0.6, span);
    } else if (code === "dox.mobilise") {
      if (street !== undefined) add("dox.address", 6, 0.75, around(span, street));
      else if (contact !== undefined) add("dox.contact", 5, 0.75, around(span, contact));
    }
  }
  return findings;
}
