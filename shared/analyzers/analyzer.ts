import type { LabelName } from "../domain/label.ts";
import type { PolicySet } from "../policy/compiled-policies.ts";
import type { PolicyFacts } from "../policy/policy-facts.ts";
import type { Score } from "../scoring/score.ts";
import type { PostInput } from "../scoring/text/score-post.ts";

/** One text that a person wrote, as analyzers are asked about it. */
export interface TextItem {
  readonly input: PostInput;
  /** Texts of the same conversation (one thread of one tenant) may be shown to a model together; no others may. */
  readonly conversation: string;
  /** Of the text, as far as an analyzer that was asked before can tell: the first part of a BCP 47 tag. */
  readonly language?: string | undefined;
  /** Its place among the texts of its conversation: an ISO time. */
  readonly createdAt: string;
  /** Whether the text may be sent to a service outside of the system. */
  readonly mayLeave: boolean;
}

/** A text with the policies by which it is decided, for whoever asks only where an answer could change something. */
export interface JudgedText extends TextItem {
  readonly policies: PolicySet;
  /** What these policies would see of the item with this score. */
  readonly factsWith: (score: Score) => PolicyFacts;
}

/** The run of a function that waits for the answer; also what a budget for retries belongs to. */
export interface Invocation {
  /** Milliseconds that are left of it. */
  readonly remainingMs: () => number;
}

/** What can be in question: a label, or whether the text is toxic at all, which verdicts carry as the feature `toxicity`. */
export type Question = LabelName | "toxicity";

/** Probability of everything that was judged, whether or not it is worth reporting; what is absent was not judged. */
export type Likelihoods = Readonly<Partial<Record<Question, number>>>;

/** Why a model that was asked gave no answer. */
export type MissingReason =
  | "throttled"
  | "server_fault"
  | "unreachable"
  | "timed_out"
  | "malformed_answer"
  | "access_denied"
  | "text_refused"
  | "text_too_long"
  | "out_of_time"
  | "circuit_open";

export interface Analysis {
  readonly score: Score;
  readonly likelihoods: () => Likelihoods;
  /** One entry for each part of the question that has no answer; the score then holds what the other parts gave. */
  readonly missing: readonly MissingReason[];
}

/**
 * A model behind a port. It never rejects for a fault of the model: that is an entry of `missing`.
 * @param about what is in question, everything where it is left out: a model that is paid by the call answers this and
 * may leave out the rest
 */
export type Analyzer = (item: TextItem, invocation: Invocation, about?: ReadonlySet<Question>) => Promise<Analysis>;
