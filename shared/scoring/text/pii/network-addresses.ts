import { isIPv6 } from "node:net";
import type { Entity } from "./entity.ts";

const IPV4 = /(?<![\w.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w.]?\d)/g;
const IPV6 = /(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:])/g;

function isPublicIpv4(raw: string): boolean {
  const octets = raw.split(".").map(Number);
  if (octets.some((octet) => octet > 255) || /(?:^|\.)0\d/.test(raw)) return false;
  const [first = 0, second = 0] = octets;
  // Private, loopback and unspecified networks point to nobody; small numbers throughout are a version.
  const nowhere =
    first === 0 ||
    first === 10 ||
    first === 127 ||
    (first === 192 && second === 168) ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 169 && second === 254) ||
    first > 223;
  return !nowhere && octets.some((octet) => octet > 31);
}

/** Loopback, link-local and unique-local addresses point to nobody. */
const isPublicIpv6 = (raw: string): boolean => isIPv6(raw) && raw.length > 6 && !/^(?:::|f[cdef])/i.test(raw);

/** Addresses of machines that lead to a person's network. Linear. */
export function findNetworkAddresses(text: string): Entity[] {
  const found: Entity[] = [];
  const read = (pattern: RegExp, valid: (raw: string) => boolean, confidence: number): void => {
    for (const { 0: raw, index } of text.matchAll(pattern)) {
      if (valid(raw)) found.push({ kind: "ip", span: [index, index + raw.length], confidence });
    }
  };
  if (text.includes(".")) read(IPV4, isPublicIpv4, 0.6);
  if (text.includes(":")) read(IPV6, isPublicIpv6, 0.7);
  return found;
}
