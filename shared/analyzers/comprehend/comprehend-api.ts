import {
  ComprehendClient,
  DetectDominantLanguageCommand,
  DetectPiiEntitiesCommand,
  DetectToxicContentCommand,
} from "@aws-sdk/client-comprehend";

/** Languages that DetectPiiEntities reads. */
export type PersonalDataLanguage = "en" | "es";

/**
 * Comprehend's three calls, one attempt each. Answers are as they came over the wire: who asks parses them. Rejects with
 * the SDK's error, whose message may quote the text and must not be logged.
 */
export interface ComprehendApi {
  /** 1 to 10 English texts of up to 1,000 bytes of UTF-8, of one conversation and in its order. */
  toxicity(texts: readonly string[], signal: AbortSignal): Promise<unknown>;
  /** One text of up to 100,000 bytes. */
  personalData(text: string, language: PersonalDataLanguage, signal: AbortSignal): Promise<unknown>;
  language(text: string, signal: AbortSignal): Promise<unknown>;
}

/**
 * Comprehend by the SDK. The client is made by the first call: where nothing is asked, none is. Imported like any other
 * module, since a dynamic import would cost what it is meant to spare: esbuild then wraps all that the SDK's clients
 * share (measured for score-post: 68 KB and 6 ms of init, against 15 KB and nothing measurable).
 */
export function comprehendApi(): ComprehendApi {
  let made: ComprehendClient | undefined;
  // One attempt: whether to try again is decided where the budget for it is known.
  const client = (): ComprehendClient => {
    made ??= new ComprehendClient({ maxAttempts: 1 });
    return made;
  };
  return {
    toxicity(texts, abortSignal) {
      const TextSegments = texts.map((Text) => ({ Text }));
      return client().send(new DetectToxicContentCommand({ TextSegments, LanguageCode: "en" }), { abortSignal });
    },
    personalData: (Text, LanguageCode, abortSignal) =>
      client().send(new DetectPiiEntitiesCommand({ Text, LanguageCode }), { abortSignal }),
    language: (Text, abortSignal) => client().send(new DetectDominantLanguageCommand({ Text }), { abortSignal }),
  };
}
