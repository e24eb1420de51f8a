import type { Invocation, MissingReason } from "../analyzer.ts";
import { readToxicity, type Toxicity } from "./answers.ts";
import type { Caller } from "./caller.ts";
import type { ComprehendApi } from "./comprehend-api.ts";
import { charactersOf } from "./cost.ts";
import { gather } from "./gather.ts";
import { type Segment, segmentText } from "./segment-text.ts";

/** The service says 1 KB and means bytes of UTF-8; its KB is 1,000 elsewhere, so 1,000 is right in either reading. */
export const SEGMENT_BYTES = 1_000;
export const MOST_SEGMENTS_A_REQUEST = 10;
/** A text of more is not asked about: 30 KB cost 3 cents, a hundred times a comment, and whoever writes decides the length. */
const MOST_SEGMENTS_A_TEXT = 30;

export type ToxicityAnswer =
  | { readonly kind: "answer"; readonly segments: readonly Segment[]; readonly results: readonly Toxicity[] }
  | { readonly kind: "missing"; readonly reason: MissingReason };

interface Asked {
  readonly createdAt: string;
  readonly segments: readonly Segment[];
  readonly invocation: Invocation;
}

/** One text's part in a request. */
interface Part {
  readonly owner: Asked;
  readonly segment: Segment;
}

export type AskToxicity = (
  conversation: string,
  text: string,
  createdAt: string,
  invocation: Invocation,
) => Promise<ToxicityAnswer>;

/**
 * Asks DetectToxicContent. The texts of a request influence each other's results, so a request holds texts of one
 * conversation only, in the order in which they were written; what is asked within `lingerMs` shares requests.
 */
export function toxicityAsker(api: ComprehendApi, call: Caller, lingerMs: number): AskToxicity {
  async function request(parts: readonly Part[], found: Map<Segment, Toxicity>): Promise<MissingReason | undefined> {
    const [first] = parts;
    if (!first) return undefined;
    const texts = parts.map(({ segment }) => segment.text);
    const called = await call(
      {
        name: "toxicity",
        characters: texts.reduce((sum, text) => sum + charactersOf(text), 0),
        attempt: (signal) => api.toxicity(texts, signal),
        parse: (raw) => readToxicity(raw, texts.length),
      },
      first.owner.invocation,
    );
    if (called.kind === "missing") return called.reason;
    for (const [index, { segment }] of parts.entries()) {
      const result = called.answer[index];
      if (result) found.set(segment, result);
    }
    return undefined;
  }

  /** A text that the service refuses must not take those down that stand beside it: each is asked about alone. */
  async function requestOrSplit(
    parts: readonly Part[],
    found: Map<Segment, Toxicity>,
    missing: Map<Asked, MissingReason>,
  ): Promise<void> {
    const reason = await request(parts, found);
    if (reason === undefined) return;
    const byOwner = Map.groupBy(parts, ({ owner }) => owner);
    if (reason === "text_refused" && byOwner.size > 1) {
      await Promise.all([...byOwner.values()].map((own) => requestOrSplit(own, found, missing)));
    } else for (const owner of byOwner.keys()) missing.set(owner, reason);
  }

  const together = gather<Asked, ToxicityAnswer>(lingerMs, async (asked) => {
    const inOrder = [...asked].sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
    const parts = inOrder.flatMap((owner) => owner.segments.map((segment) => ({ owner, segment })));
    const requests = Array.from({ length: Math.ceil(parts.length / MOST_SEGMENTS_A_REQUEST) }, (_, index) =>
      parts.slice(index * MOST_SEGMENTS_A_REQUEST, (index + 1) * MOST_SEGMENTS_A_REQUEST),
    );
    const found = new Map<Segment, Toxicity>();
    const missing = new Map<Asked, MissingReason>();
    await Promise.all(requests.map((one) => requestOrSplit(one, found, missing)));
    return asked.map((owner): ToxicityAnswer => {
      const reason = missing.get(owner);
      if (reason !== undefined) return { kind: "missing", reason };
      const results = owner.segments.flatMap((segment) => found.get(segment) ?? []);
      return { kind: "answer", segments: owner.segments, results };
    });
  });

  return async (conversation, text, createdAt, invocation) => {
    const segments = segmentText(text, SEGMENT_BYTES);
    if (segments.length > MOST_SEGMENTS_A_TEXT) return { kind: "missing", reason: "text_too_long" };
    if (segments.length === 0) return { kind: "answer", segments: [], results: [] };
    return together(conversation, { createdAt, segments, invocation });
  };
}
