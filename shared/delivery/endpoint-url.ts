import { isIP } from "node:net";

/** Exact `host:port` pairs that the guard lets through, by plain http too: for one machine and for tests. */
export type AllowedHosts = ReadonlySet<string>;

/** Why an address given for a webhook is not taken, as a code. */
export type UrlRefusal =
  | "not_a_url"
  | "url_too_long"
  | "not_https"
  | "url_with_credentials"
  | "port_not_allowed"
  | "not_a_public_name";

export interface EndpointUrl {
  readonly url: URL;
  /** Without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
  /** It stands in the allowlist, so that its address may be any. */
  readonly isAllowed: boolean;
}

const MOST_CHARACTERS = 2_048;
const PORTS = new Set([443, 8443]);
/** Names that no public resolver knows (RFC 6761, 6762, 8375, 9476). */
const INNER_NAMES = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home\.arpa|onion|test|invalid|alt)$/;

/**
 * Reads an allowlist of `host:port` pairs with commas between, such as `127.0.0.1:9000,localhost:9001`.
 * @throws Error where one has no port, so that a slip does not open a whole host.
 */
export function readAllowedHosts(list: string): AllowedHosts {
  const pairs = list
    .split(",")
    .map((pair) => pair.trim().toLowerCase())
    .filter((pair) => pair !== "");
  if (!pairs.every((pair) => /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\]):\d{1,5}$/.test(pair)))
    throw new Error("the allowlist of hosts takes host:port pairs with commas between");
  return new Set(pairs);
}

/**
 * May a webhook's address be this one, as far as its spelling says? Where its name leads is looked at with every request.
 * The allowlist is compared exactly, host and port.
 */
export function readEndpointUrl(text: string, allowed: AllowedHosts): EndpointUrl | { readonly refused: UrlRefusal } {
  if (text.length > MOST_CHARACTERS) return { refused: "url_too_long" };
  if (!URL.canParse(text)) return { refused: "not_a_url" };
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return { refused: "url_with_credentials" };
  if (url.protocol !== "https:" && url.protocol !== "http:") return { refused: "not_https" };
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
  if (allowed.has(`${url.hostname}:${port}`)) return { url, host, port, isAllowed: true };
  if (url.protocol !== "https:") return { refused: "not_https" };
  if (!PORTS.has(port)) return { refused: "port_not_allowed" };
  // A bare address has no name that a certificate could vouch for.
  if (isIP(host) !== 0 || !host.includes(".") || INNER_NAMES.test(host)) return { refused: "not_a_public_name" };
  return { url, host, port, isAllowed: false };
}
