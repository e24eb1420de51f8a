/** Failures of a connection as Node names them. */
const CONNECTION = new Set(["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN"]);
const THROTTLED = /Throttl|ThroughputExceeded|RequestLimit|TooManyRequests|SlowDown/;
const LATE = /^TimeoutError$/;

/**
 * Is a service at fault (down, throttling, out of reach) and not what it was asked? Then the same request can succeed
 * later.
 */
export function isServiceFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $fault, code } = error as { $fault?: unknown; code?: unknown };
  return $fault === "server" || THROTTLED.test(error.name) || LATE.test(error.name) || CONNECTION.has(String(code));
}
