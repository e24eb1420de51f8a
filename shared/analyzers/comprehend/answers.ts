import * as z from "zod";
import { MalformedAnswer } from "./fault.ts";

const certainty = z.number().min(0).max(1);

const toxicAnswer = z.object({
  ResultList: z.array(
    z.object({ Labels: z.array(z.object({ Name: z.string(), Score: certainty })), Toxicity: certainty }),
  ),
});
const offset = z.int().min(0);
const personalDataAnswer = z.object({
  Entities: z.array(z.object({ Type: z.string(), Score: certainty, BeginOffset: offset, EndOffset: offset })),
});
const languageAnswer = z.object({
  Languages: z.array(z.object({ LanguageCode: z.string(), Score: certainty })),
});

/** What DetectToxicContent says of one text. */
export type Toxicity = z.infer<typeof toxicAnswer>["ResultList"][number];
/** Offsets in characters: Unicode code points of the text as sent. */
export type PersonalData = z.infer<typeof personalDataAnswer>["Entities"][number];

function read<S extends z.ZodType>(schema: S, raw: unknown): z.infer<S> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new MalformedAnswer();
}

/** One result for each text that was sent, in its order. @throws MalformedAnswer */
export function readToxicity(raw: unknown, texts: number): readonly Toxicity[] {
  const { ResultList } = read(toxicAnswer, raw);
  if (ResultList.length !== texts) throw new MalformedAnswer();
  return ResultList;
}

/** @throws MalformedAnswer also where an entity lies outside of the text */
export function readPersonalData(raw: unknown, characters: number): readonly PersonalData[] {
  const { Entities } = read(personalDataAnswer, raw);
  for (const { BeginOffset, EndOffset } of Entities)
    if (BeginOffset >= EndOffset || EndOffset > characters) throw new MalformedAnswer();
  return Entities;
}

/** Probability by BCP 47 tag, the likeliest language first. @throws MalformedAnswer */
export const readLanguages = (raw: unknown): readonly { readonly tag: string; readonly probability: number }[] =>
  read(languageAnswer, raw)
    .Languages.map(({ LanguageCode, Score }) => ({ tag: LanguageCode, probability: Score }))
    .sort((a, b) => b.probability - a.probability);
