import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { table } from "../../../cli/views/table.ts";
import { readLinks } from "../../../shared/scoring/text/links/read-links.ts";
import type { EntityKind } from "../../../shared/scoring/text/pii/entity.ts";
import { findEntities } from "../../../shared/scoring/text/pii/find-entities.ts";
import { type Section, sample } from "../context.ts";
import { shareOf } from "./numbers.ts";

const sentences = z.array(
  z.object({
    full_text: z.string(),
    spans: z.array(z.object({ entity_type: z.string(), start_position: z.number(), end_position: z.number() })),
  }),
);

/** Our kind for what the set names so. */
const OURS: Readonly<Record<string, EntityKind>> = {
  EMAIL_ADDRESS: "email",
  PHONE_NUMBER: "phone",
  CREDIT_CARD: "card",
  IBAN_CODE: "iban",
  IP_ADDRESS: "ip",
  US_SSN: "national_id",
  US_DRIVER_LICENSE: "licence",
  STREET_ADDRESS: "address",
  ADDRESS: "address",
};
/** The set has dates of all sorts, so those of birth can be checked where found and not asked for. */
const DATES = "DATE_TIME";
/** Where one of these is found as part of an address, that is neither right nor wrong. */
const PARTS_OF_ADDRESSES = new Set(["LOCATION", "ZIP_CODE", "GPE"]);

interface Place {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}
interface Tally {
  hits: number;
  asked: number;
  right: number;
  found: number;
}

const meet = (a: Place, b: Place): boolean => a.start < b.end && b.start < a.end;

/** Personal data in synthetic sentences: is each kind found where it is, and is it there where it is found? */
export const piiSection: Section = ({ data, most, seed, progress }) => {
  progress.print(
    "\nPERSONAL DATA (presidio_pii_synth: templates and a faker, so this tests formats only; a span counts that meets one)",
  );
  const tallies = new Map<EntityKind, Tally>();
  const tallyOf = (kind: EntityKind): Tally => {
    const tally = tallies.get(kind) ?? { hits: 0, asked: 0, right: 0, found: 0 };
    tallies.set(kind, tally);
    return tally;
  };
  let rows = 0;
  for (const file of ["synth_dataset_v2.json", "generated_large.json"]) {
    const text = readFileSync(join(data, "presidio_pii_synth", file), "utf8");
    const all = sample(sentences.parse(JSON.parse(text)), most, seed);
    rows += all.length;
    for (const [row, sentence] of all.entries()) {
      if (row % 64 === 0) progress.show("personal data", row / all.length);
      const truth = sentence.spans.map(
        ({ entity_type: name, start_position: start, end_position: end }): Place => ({ name, start, end }),
      );
      const { entities } = findEntities(sentence.full_text, readLinks(sentence.full_text).claimed);
      const ours = entities.map(({ kind, span: [start, end] }) => ({ kind, name: kind, start, end }));
      for (const place of truth) {
        const kind = OURS[place.name];
        if (kind === undefined) continue;
        const tally = tallyOf(kind);
        tally.asked++;
        if (ours.some((one) => one.kind === kind && meet(one, place))) tally.hits++;
      }
      for (const one of ours) {
        const met = truth.filter((place) => meet(one, place));
        const right = met.some(({ name }) => OURS[name] === one.kind || (one.kind === "birth_date" && name === DATES));
        if (!right && one.kind === "address" && met.some(({ name }) => PARTS_OF_ADDRESSES.has(name))) continue;
        const tally = tallyOf(one.kind);
        tally.found++;
        if (right) tally.right++;
      }
    }
  }
  const lines = [...tallies]
    .sort(([, a], [, b]) => b.asked - a.asked)
    .map(([kind, { hits, asked, right, found }]) => [kind, shareOf(hits, asked), shareOf(right, found)]);
  progress.print(`  ${rows} sentences`);
  for (const line of table(["kind", "recall", "precision"], lines)) progress.print(`    ${line}`);
  return [];
};
