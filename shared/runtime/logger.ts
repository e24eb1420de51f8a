import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";

/** Structured logs of one function. Callers pass ids, codes and numbers; never an event, a body or an item. */
export const logger = new Logger();

/** CloudWatch metrics in the embedded format, one set for each function. */
export const metrics = new Metrics();

/**
 * What may be said of a surprise: its class, the HTTP status of the service that refused, and where in our code it
 * arose. Its message is dropped: parsers and services quote what they were given, and that may be people's words.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const metadata = "$metadata" in error ? (error.$metadata as { httpStatusCode?: number }) : undefined;
  const at = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim());
  return { error: error.name, ...(metadata ? { status: metadata.httpStatusCode } : {}), at };
}
