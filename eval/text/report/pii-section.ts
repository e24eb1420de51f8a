import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { table } from "../../../cli/views/table.ts";
import { type Section, sample } from "../context.ts";
import { shareOf } from "./numbers.ts";

const sentences = z.array(
  z.object({
    full_text: z.string(),
    spans: z.array(z.object({ entity_type: z.string(), start_position: z.number(), end_position: z.number() })),
  }),
);
type Place = { readonly kind: string; readonly start: number; readonly end: number };

/** What we look for, by the set's name of it. */
const LOOKED_FOR = new Set([
  "EMAIL_ADDRESS",
  "PHONE_NUMBER",
  "CREDIT_CARD",
  "IBAN_CODE",
  "IP_ADDRESS",
  "US_SSN",
  "STREET_ADDRESS",
  "ADDRESS",
]);
/** Parts of an address: finding them is no false alarm, and not asked for. */
const PART_OF_OTHERS = new Set(["LOCATION", "ZIP_CODE", "GPE", "DOMAIN_NAME", "US_DRIVER_LICENSE"]);

const meet = (a: Place, b: Place): boolean => a.start < b.end && b.start < a.end;

/** Personal data in synthetic sentences: is a span found where one is, whatever it is called? */
export const piiSection: Section = ({ data, engine, most, seed, progress }) => {
  progress.print("\nPERSONAL DATA (presidio_pii_synth: templates and a faker, so this tests formats only)");
  const found = new Map<string, { hit: number; all: number }>();
  let spans = 0;
  let right = 0;
  let partly = 0;
  let rows = 0;
  for (const file of ["synth_dataset_v2.json", "generated_large.json"]) {
    const all = sample(
      sentences.parse(JSON.parse(readFileSync(join(data, "presidio_pii_synth", file), "utf8"))),
      most,
      seed,
    );
    rows += all.length;
    for (const [row, { full_text: text, spans: truth }] of all.entries()) {
      if (row % 64 === 0) progress.show("personal data", row / all.length);
      const places = truth.map(
        ({ entity_type: kind, start_position: start, end_position: end }): Place => ({ kind, start, end }),
      );
      const ours = engine
        .judge(text)
        .spans.filter(({ label }) => label.startsWith("privacy."))
        .map(({ label, span: [start, end] }): Place => ({ kind: label, start, end }));
      for (const place of places.filter(({ kind }) => LOOKED_FOR.has(kind))) {
        const count = found.get(place.kind) ?? { hit: 0, all: 0 };
        found.set(place.kind, {
          hit: count.hit + (ours.some((one) => meet(one, place)) ? 1 : 0),
          all: count.all + 1,
        });
      }
      for (const one of ours) {
        spans++;
        if (places.some((place) => LOOKED_FOR.has(place.kind) && meet(one, place))) right++;
        else if (places.some((place) => PART_OF_OTHERS.has(place.kind) && meet(one, place))) partly++;
      }
    }
  }
  const lines = [...found]
    .sort(([, a], [, b]) => b.all - a.all)
    .map(([kind, { hit, all }]) => [kind, shareOf(hit, all)]);
  for (const line of table(["entity", "found (recall)"], lines)) progress.print(`    ${line}`);
  progress.print(
    `    precision: ${shareOf(right, spans - partly)} of our spans in ${rows} sentences meet one of these entities`,
  );
  progress.print(
    `    (${partly} more meet a place, a post code, a domain or a driving licence: neither right nor wrong)`,
  );
  return [];
};
