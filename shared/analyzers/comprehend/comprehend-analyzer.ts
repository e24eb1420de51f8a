import type { Analysis, Analyzer, Invocation, MissingReason, Question, TextItem } from "../analyzer.ts";
import { readLanguages } from "./answers.ts";
import type { Caller } from "./caller.ts";
import type { ComprehendApi, PersonalDataLanguage } from "./comprehend-api.ts";
import { charactersOf } from "./cost.ts";
import {
  COMPREHEND_VERSION,
  type Findings,
  languageFindings,
  personalDataFindings,
  toxicityFindings,
} from "./findings.ts";
import { ABOUT_TOXICITY, comprehendKnows } from "./labels.ts";
import { askPersonalData } from "./personal-data.ts";
import { segmentText } from "./segment-text.ts";
import { SEGMENT_BYTES, toxicityAsker } from "./toxicity.ts";

interface Part {
  readonly model: string;
  readonly findings: Findings;
}
type Answered = Part | { readonly missing: MissingReason };

const EVERYTHING: ReadonlySet<Question> = new Set(comprehendKnows(undefined));

const isPart = (answered: Answered): answered is Part => "model" in answered;

/** Amazon Comprehend as an analyzer: of its three calls it makes those that the question needs. */
export function comprehendAnalyzer(
  api: ComprehendApi,
  call: Caller,
  { lingerMs }: { readonly lingerMs: number },
): Analyzer {
  const askToxicity = toxicityAsker(api, call, lingerMs);

  async function toxicity({ conversation, createdAt }: TextItem, text: string, run: Invocation): Promise<Answered> {
    const answer = await askToxicity(conversation, text, createdAt, run);
    if (answer.kind === "missing") return { missing: answer.reason };
    return { model: "comprehend-toxicity", findings: toxicityFindings(answer.segments, answer.results) };
  }

  async function personalData(
    { input }: TextItem,
    text: string,
    language: PersonalDataLanguage,
    run: Invocation,
  ): Promise<Answered> {
    const answer = await askPersonalData(api, call, text, language, run);
    if (answer.kind === "missing") return { missing: answer.reason };
    return { model: "comprehend-pii", findings: personalDataFindings(answer.found, input.visibility) };
  }

  /** The language by the text's first kilobyte, and whether that is English. */
  async function language(text: string, run: Invocation): Promise<{ answered: Answered; tag?: string }> {
    const [sample] = segmentText(text, SEGMENT_BYTES);
    if (!sample) return { answered: { model: "comprehend-language", findings: languageFindings(0) } };
    const called = await call(
      {
        name: "language",
        characters: charactersOf(sample.text),
        attempt: (signal) => api.language(sample.text, signal),
        parse: readLanguages,
      },
      run,
    );
    if (called.kind === "missing") return { answered: { missing: called.reason } };
    const english = called.answer.find(({ tag }) => tag === "en")?.probability ?? 0;
    const answered = { model: "comprehend-language", findings: languageFindings(english) };
    const [likeliest] = called.answer;
    return likeliest ? { answered, tag: likeliest.tag } : { answered };
  }

  return async (item, run, about = EVERYTHING) => {
    const { text } = item.input;
    if (text === undefined) return analysisOf([]);
    const answered: Answered[] = [];
    let tag = item.language;
    if (about.has("unsupported_language")) {
      const read = await language(text, run);
      answered.push(read.answered);
      // Without an answer nobody knows whether it is English, and the other calls take nothing else.
      tag = read.tag ?? "und";
    }
    const known = new Set(comprehendKnows(tag));
    const asked = (questions: readonly Question[]): boolean =>
      questions.some((question) => about.has(question) && known.has(question));
    const parts = [
      ...(asked(ABOUT_TOXICITY) ? [toxicity(item, text, run)] : []),
      ...(asked(["privacy.pii"]) ? [personalData(item, text, tag === "es" ? "es" : "en", run)] : []),
    ];
    answered.push(...(await Promise.all(parts)));
    return analysisOf(answered);
  };
}

function analysisOf(answered: readonly Answered[]): Analysis {
  const parts = answered.filter(isPart);
  const missing = answered.flatMap((one) => (isPart(one) ? [] : [one.missing]));
  const likelihoods = Object.assign({}, ...parts.map(({ findings }) => findings.likelihoods));
  return {
    score: {
      labels: parts.flatMap(({ findings }) => findings.labels),
      features: {},
      models: parts.map(({ model }) => `${model}@${COMPREHEND_VERSION}`),
      degraded: missing.length > 0,
    },
    likelihoods: () => likelihoods,
    missing,
  };
}
