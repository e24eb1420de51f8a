import type { Span } from "../../../domain/label.ts";
import type { Claimed } from "../tokenise.ts";
import { cardConfidence } from "./cards.ts";
import { findCodes } from "./coded-ids.ts";
import { findCuedData } from "./cued-data.ts";
import type { Entity } from "./entity.ts";
import { nationalIdOf } from "./national-ids.ts";
import { findNetworkAddresses } from "./network-addresses.ts";
import { type Group, type Run, readGroups, runOf } from "./number-groups.ts";
import { phoneEnd, phoneOf, phoneStart } from "./phones.ts";
import { findAddresses } from "./street-address.ts";

export interface Found {
  /** In order of place, none overlapping. */
  readonly entities: readonly Entity[];
  /** Lines of companies, which are nobody's own: 0800 and the like. */
  readonly hotlines: readonly Span[];
}

/** How far around a number its cue may stand, in UTF-16 units. */
const AROUND = 40;
const MOST_GROUPS = 7;
/** Most questions to the phone library for one text: 20 microseconds each. */
const MOST_ASKED = 500;
const CARD_CUE = /card|visa|maestro|amex|credit|debit|\bcc\b|carte|karte|tarjeta|cartão|carta|karta/;

const CONFIDENCE_EMAIL = 0.9;
const NOTHING: Found = { entities: [], hotlines: [] };

const overlaps = (a: Span, b: Span): boolean => a[0] < b[1] && b[0] < a[1];

/** Keeps spans in order of place, none overlapping; the earlier list wins. */
class Taken {
  private readonly spans: Span[] = [];

  /** Index of the first span that ends after `from`. */
  private at(from: number): number {
    let low = 0;
    let high = this.spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.spans[middle]?.[1] ?? 0) <= from) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  free(span: Span): boolean {
    const next = this.spans[this.at(span[0])];
    return next === undefined || !overlaps(next, span);
  }

  /** Takes spans that are in order of place. */
  take(more: readonly Span[]): void {
    if (more.length === 0) return;
    this.spans.push(...more);
    this.spans.sort((a, b) => a[0] - b[0]);
  }
}

const lowered = (text: string, from: number, to: number): string =>
  text.slice(Math.max(0, from - AROUND), Math.min(text.length, to + AROUND / 2)).toLowerCase();

interface Numbers {
  readonly entities: Entity[];
  readonly hotlines: Span[];
}

/** Cards, national ids and phones among runs of up to seven groups of digits, the longest run first. */
function readNumbers(
  text: string,
  groups: readonly Group[],
  free: (span: Span) => boolean,
  country: string | undefined,
): Numbers {
  const entities: Entity[] = [];
  const hotlines: Span[] = [];
  let asked = 0;
  const readRun = (run: Run): boolean => {
    const span: Span = [run.from, run.to];
    const around = (): string => lowered(text, run.from, run.to);
    const card = cardConfidence(run, CARD_CUE.test(run.digits.length > 11 ? around() : ""));
    if (card > 0) {
      entities.push({ kind: "card", span, confidence: card });
      return true;
    }
    const id = nationalIdOf(run, around);
    if (id !== undefined) {
      entities.push({ kind: "national_id", span, ...id });
      return true;
    }
    const before = (): string => text.slice(Math.max(0, run.from - AROUND), run.from).toLowerCase();
    const phone = phoneOf({ text, run, country, mayAsk: asked++ < MOST_ASKED, before });
    if (phone === undefined) return false;
    const whole: Span = [phoneStart(text, run), phoneEnd(text, run)];
    if (phone.hotline) hotlines.push(whole);
    else entities.push({ kind: "phone", span: whole, confidence: phone.confidence });
    return true;
  };
  for (let at = 0; at < groups.length; ) {
    let used = 0;
    let most = 1;
    let digits = groups[at]?.digits.length ?? 0;
    while (most < MOST_GROUPS && groups[at + most - 1]?.joint !== "" && digits < 19) {
      digits += groups[at + most]?.digits.length ?? 0;
      most++;
    }
    for (let count = most; count > 0 && used === 0; count--) {
      const run = runOf(groups, at, count);
      if (run === undefined || run.digits.length < 7 || run.digits.length > 19) continue;
      if (free([run.from, run.to]) && readRun(run)) used = count;
    }
    at += Math.max(1, used);
  }
  return { entities, hotlines };
}

const SHORTEST_NUMBER = 2;
const hasDigits = (groups: readonly Group[]): boolean => groups.some(({ digits }) => digits.length >= SHORTEST_NUMBER);

/**
 * Personal data in the original text. Conservative: a number that could be an order, a flight or a price is left alone.
 * Linear; takes any string.
 * @param claimed links and e-mail addresses, in order of place; nothing is looked for inside links.
 * @param country of the item, ISO 3166-1: whose plan a phone number without "+" follows.
 */
export function findEntities(text: string, claimed: readonly Claimed[], country?: string): Found {
  const emails = claimed
    .filter(({ key }) => key === "_email")
    .map(({ span }): Entity => ({ kind: "email", span, confidence: CONFIDENCE_EMAIL }));
  const groups = readGroups(text);
  if (groups.length === 0) return emails.length === 0 ? NOTHING : { entities: emails, hotlines: [] };
  const taken = new Taken();
  taken.take(claimed.map(({ span }) => span));
  const entities = [...emails];
  const add = (more: readonly Entity[]): void => {
    const kept: Entity[] = [];
    let end = 0;
    for (const one of more.toSorted((a, b) => a.span[0] - b.span[0])) {
      if (one.span[0] < end || !taken.free(one.span)) continue;
      kept.push(one);
      end = one.span[1];
    }
    taken.take(kept.map(({ span }) => span));
    entities.push(...kept);
  };
  let hotlines: readonly Span[] = [];
  if (hasDigits(groups)) {
    add(findCodes(text, (from, to) => lowered(text, from, to)));
    add(findCuedData(text));
    add(findNetworkAddresses(text));
    const numbers = readNumbers(text, groups, (span) => taken.free(span), country);
    hotlines = numbers.hotlines;
    taken.take(hotlines);
    add(numbers.entities);
  }
  add(findAddresses(text));
  return { entities: entities.sort((a, b) => a.span[0] - b.span[0]), hotlines };
}
