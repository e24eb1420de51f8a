import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as z from "zod";

// What Comprehend answers, and what it refuses, by its API reference (2017-11-27): shapes, limits, error names. It has no
// model: tests say what it finds.

/** Scores of one text by Comprehend's own names; what is left out is near nothing. */
export type Scores = Readonly<Record<string, number>>;

export interface FoundEntity {
  readonly type: string;
  readonly score: number;
  /** In characters of the text, as the service counts. */
  readonly begin: number;
  readonly end: number;
}

export interface Finder {
  readonly toxicity?: (text: string) => Scores & { readonly toxicity?: number };
  readonly personalData?: (text: string) => readonly FoundEntity[];
  readonly languages?: (text: string) => Readonly<Record<string, number>>;
}

/** What goes wrong with one request. */
export type Fault =
  | "throttled"
  | "fault"
  | "reset"
  | "not_json"
  | "wrong_shape"
  | "too_few_results"
  | "denied"
  | "too_large"
  | { readonly slowMs: number };

export interface Received {
  readonly operation: string;
  readonly texts: readonly string[];
  readonly languageCode: string | undefined;
}

export interface FakeComprehend {
  readonly url: string;
  readonly received: Received[];
  /** Units that answers with 200 were charged. */
  units(): number;
  /** Units of requests that were worked on and got no answer through. */
  unsettledUnits(): number;
  /** Asked for each request that is valid; the number counts from 0. */
  failing(fault: (index: number, received: Received) => Fault | undefined): void;
  finding(finder: Finder): void;
  forget(): void;
  close(): Promise<void>;
}

const LABELS = ["PROFANITY", "HATE_SPEECH", "INSULT", "GRAPHIC", "HARASSMENT_OR_ABUSE", "SEXUAL", "VIOLENCE_OR_THREAT"];
const LANGUAGES = ["en", "es", "fr", "de", "it", "pt", "ar", "hi", "ja", "ko", "zh", "zh-TW"];

class Refused extends Error {
  readonly type: string;
  readonly status: number;
  constructor(type: string, status = 400) {
    super(type);
    this.type = type;
    this.status = status;
  }
}

const languageCode = z.enum(LANGUAGES);
const toxicRequest = z.strictObject({
  TextSegments: z.array(z.strictObject({ Text: z.string().min(1) })).min(1),
  LanguageCode: languageCode,
});
const entitiesRequest = z.strictObject({ Text: z.string().min(1), LanguageCode: languageCode });
const languageRequest = z.strictObject({ Text: z.string().min(1) });

function parse<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refused("InvalidRequestException");
}

const kilobytes = (text: string): number => {
  // A lone surrogate is no character, so the service cannot read the request.
  if (!text.isWellFormed()) throw new Refused("SerializationException");
  return Buffer.byteLength(text) / 1_000;
};

function receive(operation: string, input: unknown): Received {
  switch (operation) {
    case "DetectToxicContent": {
      const { TextSegments, LanguageCode } = parse(toxicRequest, input);
      const texts = TextSegments.map(({ Text }) => Text);
      if (LanguageCode !== "en") throw new Refused("UnsupportedLanguageException");
      if (texts.length > 10) throw new Refused("InvalidRequestException");
      const sizes = texts.map(kilobytes);
      if (sizes.some((size) => size > 1) || sizes.reduce((sum, size) => sum + size) > 10)
        throw new Refused("TextSizeLimitExceededException");
      return { operation, texts, languageCode: LanguageCode };
    }
    case "DetectPiiEntities": {
      const { Text, LanguageCode } = parse(entitiesRequest, input);
      if (LanguageCode !== "en" && LanguageCode !== "es") throw new Refused("UnsupportedLanguageException");
      if (kilobytes(Text) > 100) throw new Refused("TextSizeLimitExceededException");
      return { operation, texts: [Text], languageCode: LanguageCode };
    }
    case "DetectDominantLanguage": {
      const { Text } = parse(languageRequest, input);
      if (kilobytes(Text) > 100) throw new Refused("TextSizeLimitExceededException");
      return { operation, texts: [Text], languageCode: undefined };
    }
    default:
      throw new Refused("UnknownOperationException");
  }
}

const float = (value: number): number => Math.fround(value);

function answerTo({ operation, texts }: Received, finder: Finder): object {
  const [first = ""] = texts;
  if (operation === "DetectToxicContent") {
    const ResultList = texts.map((text) => {
      const { toxicity, ...scores } = finder.toxicity?.(text) ?? {};
      const Labels = LABELS.map((Name) => ({ Name, Score: float(scores[Name] ?? 0.0112) }));
      return { Labels, Toxicity: float(toxicity ?? Math.max(0.0431, ...Object.values(scores))) };
    });
    return { ResultList };
  }
  if (operation === "DetectPiiEntities") {
    const Entities = (finder.personalData?.(first) ?? []).map(({ type, score, begin, end }) => ({
      Score: float(score),
      Type: type,
      BeginOffset: begin,
      EndOffset: end,
    }));
    return { Entities };
  }
  const found = Object.entries(finder.languages?.(first) ?? { en: 0.9931 });
  return { Languages: found.map(([LanguageCode, score]) => ({ LanguageCode, Score: float(score) })) };
}

/** As the price list says: 100 characters a unit, all texts of a request together, 3 at least. */
const unitsOf = (texts: readonly string[]): number =>
  Math.max(3, Math.ceil(texts.reduce((sum, text) => sum + Array.from(text).length, 0) / 100));

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

/** Starts one on a free port of this machine. */
export async function startFakeComprehend(): Promise<FakeComprehend> {
  const received: Received[] = [];
  let units = 0;
  let unsettled = 0;
  let faultOf: (index: number, received: Received) => Fault | undefined = () => undefined;
  let finder: Finder = {};

  function send(response: ServerResponse, status: number, body: string, errorType?: string): void {
    response.writeHead(status, {
      "content-type": "application/x-amz-json-1.1",
      "x-amzn-requestid": crypto.randomUUID(),
      ...(errorType && { "x-amzn-errortype": errorType }),
    });
    response.end(body);
  }
  // As the service does, the message speaks of the text: none of it may reach a log.
  const refuse = (response: ServerResponse, type: string, status: number, texts: readonly string[] = []): void =>
    send(response, status, JSON.stringify({ __type: type, Message: `${type} for ${texts.join(" ")}` }), type);

  async function work(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [prefix, operation = ""] = String(request.headers["x-amz-target"]).split(".");
    if (prefix !== "Comprehend_20171127") throw new Refused("UnknownOperationException");
    if (request.headers["content-type"] !== "application/x-amz-json-1.1") throw new Refused("SerializationException");
    if (!/^AWS4-HMAC-SHA256 Credential=.+\/comprehend\/aws4_request/.test(request.headers.authorization ?? ""))
      throw new Refused("MissingAuthenticationTokenException", 403);
    const one = receive(operation, JSON.parse(await bodyOf(request)));
    const index = received.push(one) - 1;
    const cost = unitsOf(one.texts);
    const fault = faultOf(index, one);
    const answer = answerTo(one, finder);
    switch (fault) {
      case "throttled":
        return refuse(response, "ThrottlingException", 400, one.texts);
      case "fault":
        return refuse(response, "InternalServerException", 500, one.texts);
      case "denied":
        return refuse(response, "AccessDeniedException", 400, one.texts);
      case "too_large":
        return refuse(response, "TextSizeLimitExceededException", 400, one.texts);
      case "reset":
        unsettled += cost;
        return void request.socket.resetAndDestroy();
      case "not_json":
        units += cost;
        return send(response, 200, `{"ResultList": [{ ${one.texts.join(" ")}`);
      case "wrong_shape":
        units += cost;
        return send(response, 200, JSON.stringify({ Result: one.texts }));
      case "too_few_results":
        units += cost;
        return send(response, 200, JSON.stringify({ ResultList: [] }));
      case undefined:
        units += cost;
        return send(response, 200, JSON.stringify(answer));
      default:
        unsettled += cost;
        await new Promise((done) => setTimeout(done, fault.slowMs));
        return send(response, 200, JSON.stringify(answer));
    }
  }

  const server = createServer((request, response) => {
    work(request, response).catch((error: unknown) => {
      if (error instanceof Refused) refuse(response, error.type, error.status);
      else refuse(response, "SerializationException", 400);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    units: () => units,
    unsettledUnits: () => unsettled,
    failing: (fault) => {
      faultOf = fault;
    },
    finding: (found) => {
      finder = found;
    },
    forget() {
      received.length = 0;
      units = 0;
      unsettled = 0;
      faultOf = () => undefined;
      finder = {};
    },
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
