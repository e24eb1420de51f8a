import ipaddr from "ipaddr.js";

/** Why a request may not go to an address, as a code. */
export type AddressRefusal = "not_an_address" | "address_not_public";

/** Everything that is routed in the public IPv6 Internet today; `::127.0.0.1` and its like lie outside. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/** Addresses that are public by their number and lead to a cloud's inside: Azure's host, which answers every machine there. */
const CLOUD_INSIDES = new Set(["168.63.129.16"]);

/**
 * May a request of ours go there? Only to public unicast addresses: not to private, loopback, link-local, metadata,
 * multicast, benchmarking or documentation ones, and not to IPv6 addresses that carry an IPv4 one inside (mapped, NAT64,
 * 6to4, Teredo), because where those end is another's decision.
 * @param address as a resolver or a socket writes it
 * @returns undefined where it may.
 */
export function refusalOfAddress(address: string): AddressRefusal | undefined {
  if (!ipaddr.isValid(address)) return "not_an_address";
  const parsed = ipaddr.parse(address);
  const isGlobal = parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6);
  if (parsed.range() !== "unicast" || !isGlobal || CLOUD_INSIDES.has(parsed.toString())) return "address_not_public";
  return undefined;
}
