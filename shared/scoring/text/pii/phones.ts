import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { Run } from "./number-groups.ts";

export interface PhoneReading {
  readonly confidence: number;
  /** A line that a company pays for or charges by: nobody's own. */
  readonly hotline: boolean;
}

/** Free, shared-cost and premium lines by country calling code: national numbers that begin so belong to companies. */
const HOTLINES: Readonly<Record<string, RegExp>> = {
  "1": /^(?:800|833|844|855|866|877|888|900)/,
  "7": /^80[0459]/,
  "27": /^(?:80|86)/,
  "31": /^(?:800|88|90)/,
  "32": /^(?:800|70|90)/,
  "33": /^8/,
  "34": /^(?:80|90)/,
  "39": /^(?:80|84|89|199)/,
  "41": /^(?:800|84|90)/,
  "43": /^(?:800|810|820|900)/,
  "44": /^(?:800|808|3|84|87|9)/,
  "46": /^(?:20|77|900)/,
  "48": /^(?:80|70)/,
  "49": /^(?:800|18|13|900)/,
  "52": /^800/,
  "55": /^(?:800|300|400)/,
  "61": /^(?:1[389])/,
  "64": /^(?:800|508|900)/,
  "91": /^(?:1800|1860)/,
  "353": /^(?:1800|1850|18)/,
  "800": /^/,
};
/** The same, where no country is known: 1-800 and 0800 are written alike in many. */
const ANY_HOTLINE = /^(?:1[- .(]{0,2})?(?:800|833|844|855|866|877|888)[- .)]|^0(?:800|808|8[47]\d|3\d\d|180|900)/;

const ORDERED =
  /\b(?:order|request|confirmation|conf|flight|flt|ticket|ref|reference|booking|case|record|account|acct|tracking|reservation|invoice|bag|claim|file|miles|member|membership|frequent|id|isbn|serial|model|part|item|sku|imei|version|bestellung|commande|pedido|ordine)\b[^\d]{0,20}$/;
const CUE =
  /\b(?:call|calls|calling|phone|cell|mobile|mob|tel|telephone|text|txt|sms|ring|dial|whatsapp|whats app|number|contact|reach|fax|landline|handy|telefon|rufnummer|anrufen|téléphone|appel\w*|portable|teléfono|llam\w*|celular|móvil|telefono|cellulare|chiama\w*|telefone|ligue|bel|telefoon|numara|nomor|numero|número|numéro)\b[^\d]{0,20}$/;
const NANP = /^(?:1-)?3-3-4$/;
/** Signs of a date, a score, a range of years. */
const NO_PHONE = /^(?:1-1-[24]|1-2-[24]|2-1-[24]|2-2-[24]|4-[12]-[12]|4-4|2-2|4)$/;
const SHORTEST = 7;
const LONGEST = 15;

/** What stands right before the run that belongs to it: "+", "(", "+(" or nothing. */
function leadOf(text: string, from: number): string {
  let at = from;
  while (at > 0 && from - at < 2 && (text[at - 1] === "+" || text[at - 1] === "(" || text[at - 1] === "＋")) at--;
  return text.slice(at, from);
}

const JOINT = /^(?: ?-? ?|\.|\) ?-?| ?\(|\/|\) ?\()$/;

function viaLibrary(spelled: string, country: CountryCode | undefined): PhoneReading | undefined {
  const parsed = parsePhoneNumberFromString(spelled, country === undefined ? {} : { defaultCountry: country });
  if (parsed?.isValid() !== true) return undefined;
  const hotline = HOTLINES[parsed.countryCallingCode]?.test(parsed.nationalNumber) === true;
  return { confidence: 0.85, hotline };
}

export interface PhoneQuestion {
  readonly text: string;
  readonly run: Run;
  /** ISO 3166-1 of the item, if the platform gave it. */
  readonly country: string | undefined;
  /** False once the library has been asked often enough for one text: then shapes decide. */
  readonly mayAsk: boolean;
  /** The 40 units before the run, in lower case. */
  readonly before: () => string;
}

/** Where a phone number that the run belongs to begins, "+" and "(" included. */
export const phoneStart = (text: string, run: Run): number => run.from - leadOf(text, run.from).length;

const EXTENSION = /^ ?(?:x|ext\.?) ?\d{1,6}(?![\p{L}\p{N}])/iu;

/** Where it ends, extension included. */
export const phoneEnd = (text: string, run: Run): number =>
  run.to + (EXTENSION.exec(text.slice(run.to, run.to + 14))?.[0].length ?? 0);

/**
 * Whether a run of digits is a phone number: by libphonenumber where a "+", "00" or the item's country says whose plan it
 * follows; else by the shape of the North American plan, a trunk zero with careful grouping, or a cue before it.
 */
export function phoneOf({ text, run, country, mayAsk, before }: PhoneQuestion): PhoneReading | undefined {
  const { digits, shape, joints } = run;
  if (digits.length < SHORTEST || digits.length > LONGEST || run.tiedBefore) return undefined;
  if (run.tiedAfter && !/^ ?(?:x|ext)/i.test(text.slice(run.to, run.to + 4))) return undefined;
  if (!joints.every((joint) => JOINT.test(joint)) || /^(\d)\1*$/.test(digits)) return undefined;
  const lookUp = (spelled: string, plan: CountryCode | undefined): PhoneReading | undefined =>
    mayAsk ? viaLibrary(spelled, plan) : undefined;
  const lead = leadOf(text, run.from);
  const international = lead.includes("+") || lead.includes("＋");
  const said = before();
  const spoken = international ? said.slice(0, -lead.length) : said;
  const ordered = ORDERED.test(spoken);
  if (international) {
    const found = lookUp(`+${digits}`, undefined);
    if (found !== undefined) return found;
    return digits.length >= 9 && (joints.length > 0 || !mayAsk) && !ordered
      ? { confidence: 0.5, hotline: false }
      : undefined;
  }
  const cued = !ordered && CUE.test(spoken);
  const prefix = digits.startsWith("00") ? 2 : digits.startsWith("011") ? 3 : 0;
  if (prefix > 0 && digits.length >= 11) {
    const found = lookUp(`+${digits.slice(prefix)}`, undefined);
    if (found !== undefined) return found;
    if (joints.length > 1 && !ordered) return { confidence: 0.5, hotline: false };
  }
  const loose = run.groups === 1;
  const spelled = digits;
  if (country !== undefined && isSupportedCountry(country) && (!loose || cued || digits.startsWith("0"))) {
    if (!ordered && !NO_PHONE.test(shape)) {
      const found = lookUp(spelled, country);
      if (found !== undefined) return found;
    }
  }
  const hotline = ANY_HOTLINE.test(text.slice(run.from, run.to));
  const inBrackets = lead.includes("(") && joints[0]?.startsWith(")") === true;
  if (!ordered && NANP.test(shape) && (inBrackets || /^1?[2-9]\d\d[2-9]/.test(digits))) {
    return hotline ? { confidence: 0.8, hotline } : (lookUp(digits, "US") ?? { confidence: 0.6, hotline });
  }
  const trunk =
    digits.startsWith("0") && prefix === 0 && !loose && digits.length >= 9 && digits.length <= 12 && run.groups <= 5;
  if (trunk && !ordered && !joints.some((joint) => joint === "." || joint === "/") && !NO_PHONE.test(shape)) {
    return { confidence: cued ? 0.8 : 0.6, hotline };
  }
  if (cued && !NO_PHONE.test(shape)) return { confidence: 0.65, hotline };
  return undefined;
}
