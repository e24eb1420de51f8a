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
  return { error: error.name, ...(metadata ? { status: metadata.httpStatusCode } : {}), at: framesOf(error) };
}

/**
 * The first frames of an error's stack. The stack begins with the message, whose lines may look like frames: only what
 * follows the message is read, and nothing where the stack does not hold it any more.
 */
function framesOf({ stack = "", message }: Error): string[] {
  const start = stack.indexOf(message);
  if (start === -1) return [];
  return stack
    .slice(start + message.length)
    .split("\n")
    .filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
    .slice(0, 6)
    .map((line) => line.trim());
}
