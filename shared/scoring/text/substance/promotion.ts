import type { Finding } from "../finding.ts";
import type { Token } from "../tokenise.ts";
import {
  ASKS,
  CODE_WORDS,
  COMPANY_VERBS,
  COMPLAINTS,
  EARNINGS,
  FOLLOWERS,
  OFFERS,
  OWN,
  OWN_THINGS,
  PLACES,
  REACHES,
  STRONG_ASKS,
  TRADES,
  WE,
} from "./promotion-words.ts";

export interface Promotion {
  readonly findings: readonly Finding[];
  /** Chance that the text mainly promotes a link, channel, company, product or service, 0 to 1. */
  readonly promotion: number;
}

/** What a text holds beside its words. */
export interface Reach {
  readonly links: number;
  /** Links to pages that raise funds or followers, or with a referral in them. */
  readonly promoting: number;
  readonly emails: number;
  readonly phones: number;
  readonly hotlines: number;
}

const SOURCE = "text-promotion";
const REPORTED_FROM = 0.5;
const SEVERITY = 2;
/** Words looked at: a promotion says so early, or at length. */
const MOST_WORDS = 400;
const NEAR = 4;
/** Points under which nothing is said: a verdict's features are stored. */
const LEAST = 0.5;
/** What each word of trouble takes away, of two: who asks for help with a channel of their own does not promote it. */
const COMPLAINT = 1.2;
/** Who writes to someone by name rarely promotes. */
const ADDRESSED = 0.7;

/** Log odds before anything is known, and what each group of signs adds at most; set by hand on YouTube videos 1 to 4. */
const BEFORE = -3.4;
const CAPS = { own: 3.6, ask: 4.2, offer: 3, service: 2.2, earning: 2.8, reach: 2.8 } as const;
type Group = keyof typeof CAPS;
const CODES: Readonly<Record<Group, string>> = {
  own: "promo.own_channel",
  ask: "promo.ask",
  offer: "promo.offer",
  service: "promo.service",
  earning: "promo.earning",
  reach: "promo.reach",
};

const PERCENT_OFF = /\d\s?% (?:off|discount|rabatt|de descuento|de desconto|de réduction|di sconto|korting)/i;
const PRICE = /[$€£]\s?\d|\d\s?(?:[$€£]|usd|eur|dollars|bucks)\b/i;
/** "Made $5,000 in a week", "earning €300 a day": what the speaker takes in by the time it takes. */
const PACE =
  /\b(?:ma[dk]e|makes|making|earn|earns|earned|earning) (?:(?:up to|over|about|around|almost) )?[$€£]\s?\d[\d.,]{0,9}k? ?(?:\/|in|an?|per|every|each) ?(?:an?|one|my first|the first)? ?(?:hour|day|week|weekend|month)\b/i;
/** A code to be typed at the till: capitals, with figures or right after the word. */
const COUPON = /^(?=[A-Z0-9]{4,15}$)(?=.*[A-Z])[A-Z0-9]+$/;

/** Points by group, each no more than its cap, so that a long sermon of one kind is not certainty. */
class Points {
  readonly sums: Record<Group, number> = { own: 0, ask: 0, offer: 0, service: 0, earning: 0, reach: 0 };
  add(group: Group, points: number): void {
    this.sums[group] = Math.min(CAPS[group], this.sums[group] + points);
  }
}

interface Words {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Is one of the next or last four words one of these? */
  readonly near: (at: number, words: ReadonlySet<string>, from: number, to: number) => boolean;
}

function readWord({ text, tokens, near }: Words, at: number, points: Points): void {
  const token = tokens[at];
  if (token === undefined) return;
  const { key } = token;
  if (OWN.has(key) && near(at, OWN_THINGS, 1, 3)) {
    points.add("own", near(at, ASKS, -NEAR, -1) ? 3.4 : 0.8);
  }
  const next = tokens[at + 1]?.key ?? "";
  if (STRONG_ASKS.has(key)) {
    // "I subscribe to a paper" asks for nothing.
    const told = near(at, TELLING, -2, -1);
    points.add("ask", told ? 0.6 : near(at, OWN_OR_ME, 1, 3) || tokens.length <= 3 ? 3.8 : 2.4);
  } else if (FOLLOWERS.has(key) && near(at, GET, -6, -1)) points.add("ask", near(at, ME_OR_I, -6, -1) ? 3.6 : 2);
  else if (ASKS.has(key)) {
    if (key === "check" && (next === "out" || tokens[at + 2]?.key === "out")) {
      // "Check out this video on YouTube": what share buttons write.
      points.add("ask", near(at, HERE, 1, 4) ? (near(at, OWN_THINGS, 2, 5) ? 3.6 : 2.6) : 1.8);
    } else if ((key === "click" || key === "tap") && near(at, HERE, 1, 3)) points.add("ask", 2);
    else if (key === "follow" && near(at, ME, 1, 2)) points.add("ask", near(at, PROFILES, 2, 4) ? 3.6 : 2);
    else if (near(at, ME, 1, 2)) points.add("ask", 1.2);
    else if (near(at, HERE, 1, 2)) points.add("ask", 0.8);
    if (near(at, PLEASE, -2, 3)) points.add("ask", 0.4);
  }
  if (OFFERS.has(key)) points.add("offer", 1.1);
  if (CODE_WORDS.has(key)) {
    const code = tokens[at + 1];
    const spelled = code === undefined ? "" : text.slice(code.start, code.end);
    if (COUPON.test(spelled) && (near(at, USE, -3, -1) || near(at, OWN, -3, -1))) points.add("offer", 2.6);
  }
  if (key === "free" && near(at, FREE_THINGS, 1, 2)) points.add("offer", 1.2);
  if ((key === "buy" || key === "order" || key === "shop") && near(at, NOW, 1, 2)) points.add("offer", 1.5);
  if (TRADES.has(key)) points.add("service", 1.2);
  if (COMPANY_VERBS.has(key) && near(at, WE, -2, -1)) points.add("service", 2);
  if (EARNINGS.has(key) && near(at, EASY, -5, 5)) points.add("earning", 1.3);
  if (REACHES.has(key) && near(at, US, 1, 1)) points.add("reach", 1.4);
  if (PLACES.has(key) && near(at, REACHES, -3, 2)) points.add("reach", 1.2);
}

const setOf = (list: string): ReadonlySet<string> => new Set(list.split(" "));
const ME = setOf("me us my our");
const US = setOf("us our");
const OWN_OR_ME = setOf("me us my our mi mon meu meine");
const TELLING = setOf("i we they he she who people not dont wont cant would never didnt");
const GET = setOf("get reach need want help gain hit");
const ME_OR_I = setOf("me i my us we our");
const HERE = setOf("here link links this below _link bio description profile aqui hier ici qui aquí");
const PROFILES = setOf(
  "twitter instagram insta ig facebook fb tiktok snapchat snap soundcloud twitch youtube _mention back here _link",
);
const PLEASE = setOf("please plz pls plzz pleas guys everyone everybody bitte");
const USE = setOf("use with enter apply using my our usa nutze utilisez usem");
const NOW = setOf("now today here online from yours _link");
const FREE_THINGS = setOf(
  "shipping delivery gift gifts trial consultation quote quotes download sample samples followers ebook iphone ipad robux skins coins gems vbucks giveaway",
);
const EASY = setOf(
  "home online easy easily free daily day week weekly month monthly hour per hours work working extra making make earn earning passive fast quick join signup survey surveys watching internet",
);

/**
 * Does a text mainly promote? Points for drawing attention to one's own, asking for clicks, offering goods, naming the
 * trades of comment spam, promising earnings, and saying where to turn; the sum as log odds. Linear.
 */
export function readPromotion(text: string, tokens: readonly Token[], reach: Reach): Promotion {
  const points = new Points();
  const most = Math.min(tokens.length, MOST_WORDS);
  const near: Words["near"] = (at, words, from, to) => {
    const end = Math.min(tokens.length - 1, at + to);
    for (let index = Math.max(0, at + from); index <= end; index++) {
      if (index !== at && words.has(tokens[index]?.key ?? "")) return true;
    }
    return false;
  };
  const words: Words = { text, tokens, near };
  let complaints = 0;
  for (let at = 0; at < most; at++) {
    readWord(words, at, points);
    if (COMPLAINTS.has(tokens[at]?.key ?? "")) complaints++;
  }
  if (text.includes("%") && PERCENT_OFF.test(text)) points.add("offer", 1.8);
  if (PACE.test(text)) points.add("earning", 1.2);
  const { sums } = points;
  if (sums.offer + sums.service + sums.earning > 0 && PRICE.test(text)) points.add("offer", 0.8);
  // A link or a number alone tells nothing; the shorter the text around it, the more it is what the text is for.
  if (reach.links > 0) points.add("reach", tokens.length <= 8 ? 1.9 : 1.2);
  if (reach.links > 1) points.add("reach", 0.6);
  if (reach.promoting > 0) points.add("reach", 1.4);
  if (reach.emails > 0) points.add("reach", 0.8);
  if (reach.phones + reach.hotlines > 0) points.add("reach", 0.8);
  const complaint = Math.min(2, complaints) * COMPLAINT + (tokens[0]?.alt === "_mention" ? ADDRESSED : 0);
  const total = Object.values(sums).reduce((all, one) => all + one, 0);
  const promotion = total < LEAST ? 0 : 1 / (1 + Math.exp(-(BEFORE + total - complaint)));
  const findings: Finding[] = [];
  if (promotion >= REPORTED_FROM) {
    for (const [group, sum] of Object.entries(sums) as [Group, number][]) {
      if (sum === 0) continue;
      // Shares that together give the chance: 1 − Π(1 − weight).
      const weight = 1 - (1 - promotion) ** (sum / total);
      findings.push({ label: "spam", severity: SEVERITY, weight, code: CODES[group], source: SOURCE });
    }
  }
  return { findings, promotion: Math.round(promotion * 100) / 100 };
}
