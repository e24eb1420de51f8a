import { Resolver } from "node:dns/promises";

/** Finds the addresses of a name; rejects where there are none or nobody answers. */
export type ResolveName = (name: string) => Promise<readonly string[]>;

const TIMEOUT_MS = 1_000;
const TRIES = 2;

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "ENODATA" || error.code === "ENOTFOUND");

/**
 * A resolver that asks name servers itself. The system's own (`getaddrinfo`) waits in one of four threads, where names
 * that do not answer would hold up all others, and reads a machine's hosts file.
 */
export function nameResolver(): ResolveName {
  return async (name) => {
    // RFC 6761: these names are this machine's, and no name server is to be asked.
    if (name === "localhost" || name.endsWith(".localhost")) return ["127.0.0.1"];
    const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    // IPv4 first: functions outside of a VPC reach nothing else.
    const addresses = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
    if (addresses.length > 0) return addresses;
    // That one family does not exist says less than that the other could not be asked for.
    const failures = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
    throw failures.find((failure) => !isAbsent(failure)) ?? failures[0] ?? new Error("the name has no address");
  };
}
