import type { Entity } from "./entity.ts";

const BIRTH_CUE =
  /(?<![\p{L}\p{N}])(?:d\.?o\.?b\.?|date of birth|birth ?date|birthday|born(?: on)?|b-day|geboren(?: am)?|geburtsdatum|geb\.|née? le|date de naissance|nacid[oa] el|nac[ií] el|fecha de nacimiento|nat[oa] il|data di nascita|nascid[oa] em|data de nascimento|geboortedatum|urodzon[ya]|född)(?:[ :=]{1,3}(?:is|was|on|the|le|el|il|am|em){0,1} {0,2})/giu;
const DATE =
  /^(?:(?:0?[1-9]|[12]\d|3[01])[./ -](?:0?[1-9]|1[0-2])[./ -](?:19|20)?\d\d|(?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12]\d|3[01])[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-](?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|\.|er|º)? (?:of |de |d')?\p{L}{3,10}\.?,? (?:de |del )?(?:19|20)\d\d|\p{L}{3,10}\.? (?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,? (?:19|20)\d\d)(?![\p{L}\p{N}])/u;

const PASSPORT_CUE =
  /(?<![\p{L}\p{N}])(?:passport|reisepass|passeport|pasaporte|passaporto|passaporte|paspoort|paszport)(?: (?:no|nr|num|number|nummer|numéro|número|numero))?\.?(?:[ :=#]{1,3}(?:is|ist|est|es){0,1} {0,2})/giu;
const LICENCE_CUE =
  /(?<![\p{L}\p{N}])(?:driv(?:er'?s?|er’s|ing) licen[cs]e|licen[cs]e (?:no|number)|führerschein|permis de conduire|carnet de conducir|patente di guida|carta de condução|rijbewijs)(?: (?:no|nr|num|number|nummer|numéro|número|numero))?\.?(?:[ :=#]{1,3}(?:is|ist|est|es){0,1} {0,2})/giu;
const PASSPORT = /^[A-Z0-9]{6,10}(?![\p{L}\p{N}])/iu;
const LICENCE = /^[A-Z0-9][A-Z0-9-]{5,19}(?![\p{L}\p{N}])/iu;
const FEWEST_DIGITS = 4;
const enoughDigits = (raw: string): boolean => raw.replaceAll(/\D/g, "").length >= FEWEST_DIGITS;

const LOOK_AHEAD = 40;

/** Dates of birth, and numbers of passports and driving licences: only right after the words that name them. Linear. */
export function findCuedData(text: string): Entity[] {
  const found: Entity[] = [];
  const read = (cue: RegExp, value: RegExp, kind: Entity["kind"], confidence: number): void => {
    for (const { 0: said, index } of text.matchAll(cue)) {
      const from = index + said.length;
      const raw = value.exec(text.slice(from, from + LOOK_AHEAD))?.[0];
      if (raw === undefined || !enoughDigits(raw)) continue;
      found.push({ kind, span: [from, from + raw.length], confidence });
    }
  };
  read(BIRTH_CUE, DATE, "birth_date", 0.8);
  read(PASSPORT_CUE, PASSPORT, "passport", 0.8);
  read(LICENCE_CUE, LICENCE, "licence", 0.7);
  return found;
}
