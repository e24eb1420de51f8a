import { describe, expect, it } from "vitest";
import { refusalOfAddress } from "../../../shared/delivery/address-rules.ts";

describe("where a request may go", () => {
  it.each(["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"])(
    "%s is public",
    (address) => {
      expect(refusalOfAddress(address)).toBeUndefined();
    },
  );

  it.each([
    ["loopback", "127.0.0.1"],
    ["loopback, elsewhere", "127.8.9.10"],
    ["this host", "0.0.0.0"],
    ["private", "10.1.2.3"],
    ["private", "172.16.0.1"],
    ["private", "192.168.1.1"],
    ["link-local and metadata", "169.254.169.254"],
    ["carrier-grade NAT", "100.64.0.1"],
    ["Alibaba's metadata", "100.100.100.200"],
    ["Azure's host", "168.63.129.16"],
    ["Oracle's metadata", "192.0.0.192"],
    ["documentation", "192.0.2.1"],
    ["benchmarking", "198.18.0.1"],
    ["6to4 relay", "192.88.99.1"],
    ["multicast", "224.0.0.1"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["loopback 6", "::1"],
    ["unspecified 6", "::"],
    ["IPv4-mapped", "::ffff:127.0.0.1"],
    ["IPv4-mapped, of a public one", "::ffff:8.8.8.8"],
    ["IPv4-compatible", "::127.0.0.1"],
    ["NAT64", "64:ff9b::7f00:1"],
    ["local NAT64", "64:ff9b:1::a00:1"],
    ["6to4", "2002:7f00:1::"],
    ["Teredo", "2001::1"],
    ["ORCHID", "2001:20::1"],
    ["documentation 6", "2001:db8::1"],
    ["documentation 6, the newer", "3fff::1"],
    ["segment routing", "5f00::1"],
    ["unallocated", "4000::1"],
    ["unique local, Amazon's metadata", "fd00:ec2::254"],
    ["link-local 6", "fe80::1"],
    ["link-local 6 with a zone", "fe80::1%eth0"],
    ["site-local", "fec0::1"],
    ["multicast 6", "ff02::1"],
    ["discard", "100::1"],
  ])("%s is refused: %s", (_, address) => {
    expect(refusalOfAddress(address)).toBe("address_not_public");
  });

  it.each(["", "localhost", "8.8.8.8:80", "[::1]"])("%j is no address", (text) => {
    expect(refusalOfAddress(text)).toBe("not_an_address");
  });
});
