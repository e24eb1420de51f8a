import type { Span } from "../../domain/label.ts";
import type { Invocation, MissingReason } from "../analyzer.ts";
import { type PersonalData, readPersonalData } from "./answers.ts";
import type { Caller } from "./caller.ts";
import type { ComprehendApi, PersonalDataLanguage } from "./comprehend-api.ts";
import { charactersOf } from "./cost.ts";
import { segmentText } from "./segment-text.ts";

/** The service takes 100 KB; a longer text than this is not asked about, for what it would cost. */
const MOST_BYTES = 30_000;

/** Something personal in the text, at `[start, end)` in UTF-16 units of it. */
export interface PersonalDatum {
  readonly type: string;
  readonly probability: number;
  readonly span: Span;
}

export type PersonalDataAnswer =
  | { readonly kind: "answer"; readonly found: readonly PersonalDatum[] }
  | { readonly kind: "missing"; readonly reason: MissingReason };

/** The place in UTF-16 units of each code point of a text, and its length at the end. */
function unitOffsets(text: string): Uint32Array {
  const offsets = new Uint32Array(charactersOf(text) + 1);
  let unit = 0;
  let index = 0;
  for (const character of text) {
    offsets[index++] = unit;
    unit += character.length;
  }
  offsets[index] = unit;
  return offsets;
}

/** Asks DetectPiiEntities; its offsets count characters (code points), the answer's count UTF-16 units. */
export async function askPersonalData(
  api: ComprehendApi,
  call: Caller,
  text: string,
  language: PersonalDataLanguage,
  invocation: Invocation,
): Promise<PersonalDataAnswer> {
  const [segment, ...more] = segmentText(text, MOST_BYTES);
  if (!segment) return { kind: "answer", found: [] };
  if (more.length > 0) return { kind: "missing", reason: "text_too_long" };
  const offsets = unitOffsets(segment.text);
  const characters = offsets.length - 1;
  const called = await call(
    {
      name: "personal_data",
      characters,
      attempt: (signal) => api.personalData(segment.text, language, signal),
      parse: (raw) => readPersonalData(raw, characters),
    },
    invocation,
  );
  if (called.kind === "missing") return called;
  const placed = ({ Type, Score, BeginOffset, EndOffset }: PersonalData): PersonalDatum => ({
    type: Type,
    probability: Score,
    span: [segment.start + (offsets[BeginOffset] ?? 0), segment.start + (offsets[EndOffset] ?? 0)],
  });
  return { kind: "answer", found: called.answer.map(placed) };
}
