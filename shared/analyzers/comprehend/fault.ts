import type { MissingReason } from "../analyzer.ts";

/** What a call's failure means for the next one. */
export interface Fault {
  readonly reason: MissingReason;
  /** The same call may succeed later. */
  readonly passing: boolean;
  /** It speaks against the service, not against the text: what the circuit counts. */
  readonly ofService: boolean;
}

/** An answer that does not have the shape that the service documents. */
export class MalformedAnswer extends Error {
  override readonly name = "MalformedAnswer";
}

const THROTTLED = new Set(["ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded", "Throttling"]);
const TEXT_REFUSED = new Set([
  "TextSizeLimitExceededException",
  "InvalidRequestException",
  "UnsupportedLanguageException",
  "ValidationException",
  "SerializationException",
]);
const MALFORMED = new Set(["MalformedAnswer", "SyntaxError"]);
const NOT_LET_IN = new Set([401, 403]);
const DENIED = new Set([
  "AccessDeniedException",
  "UnrecognizedClientException",
  "ExpiredTokenException",
  "InvalidSignatureException",
  "MissingAuthenticationTokenException",
  "CredentialsProviderError",
]);

const statusOf = (error: Error): number | undefined =>
  "$metadata" in error ? (error.$metadata as { httpStatusCode?: number }).httpStatusCode : undefined;

/** Reads a failure by its class and status; never by its message, which may quote the text. */
export function faultOf(error: unknown): Fault {
  const name = error instanceof Error ? error.name : "";
  const status = error instanceof Error ? statusOf(error) : undefined;
  if (name === "AbortError" || name === "TimeoutError") return { reason: "timed_out", passing: true, ofService: true };
  if (THROTTLED.has(name) || status === 429) return { reason: "throttled", passing: true, ofService: true };
  if (TEXT_REFUSED.has(name)) return { reason: "text_refused", passing: false, ofService: false };
  if (DENIED.has(name) || (status !== undefined && NOT_LET_IN.has(status)))
    return { reason: "access_denied", passing: false, ofService: true };
  if (MALFORMED.has(name)) return { reason: "malformed_answer", passing: true, ofService: true };
  if (status !== undefined && status >= 500) return { reason: "server_fault", passing: true, ofService: true };
  return { reason: "unreachable", passing: true, ofService: true };
}
