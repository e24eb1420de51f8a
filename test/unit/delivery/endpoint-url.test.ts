import { describe, expect, it } from "vitest";
import { readAllowedHosts, readEndpointUrl } from "../../../shared/delivery/endpoint-url.ts";

const NONE = readAllowedHosts("");

describe("a webhook's address", () => {
  it.each([
    ["https://hooks.example.com/a?b=c", "hooks.example.com", 443],
    ["https://hooks.example.com:8443/", "hooks.example.com", 8443],
    ["https://HOOKS.example.com./x", "hooks.example.com", 443],
    ["https://bücher.example/", "xn--bcher-kva.example", 443],
  ])("%s is taken", (text, host, port) => {
    expect(readEndpointUrl(text, NONE)).toMatchObject({ host, port, isAllowed: false });
  });

  it.each([
    ["hooks", "not_a_url"],
    [`https://hooks.example.com/${"a".repeat(2_048)}`, "url_too_long"],
    ["http://hooks.example.com/", "not_https"],
    ["ftp://hooks.example.com/", "not_https"],
    ["javascript:alert(1)", "not_https"],
    ["https://user@hooks.example.com/", "url_with_credentials"],
    ["https://:secret@hooks.example.com/", "url_with_credentials"],
    ["https://hooks.example.com:80/", "port_not_allowed"],
    ["https://hooks.example.com:22/", "port_not_allowed"],
    ["https://8.8.8.8/", "not_a_public_name"],
    ["https://2130706433/", "not_a_public_name"],
    ["https://0x7f.1/", "not_a_public_name"],
    ["https://0177.0.0.1/", "not_a_public_name"],
    ["https://[::1]/", "not_a_public_name"],
    ["https://[::ffff:127.0.0.1]/", "not_a_public_name"],
    ["https://localhost/", "not_a_public_name"],
    ["https://a.localhost/", "not_a_public_name"],
    ["https://metadata.google.internal/", "not_a_public_name"],
    ["https://metadata.google.internal./", "not_a_public_name"],
    ["https://printer.local/", "not_a_public_name"],
    ["https://intranet/", "not_a_public_name"],
  ])("%s is refused: %s", (text, refused) => {
    expect(readEndpointUrl(text, NONE)).toEqual({ refused });
  });

  it("lets the allowlist's exact host and port through, by http too, and nothing beside", () => {
    const allowed = readAllowedHosts("127.0.0.1:9000, Localhost:9001,[::1]:9002");
    for (const url of ["http://127.0.0.1:9000/x", "https://localhost:9001/", "http://[::1]:9002/"])
      expect(readEndpointUrl(url, allowed)).toMatchObject({ isAllowed: true });
    for (const url of ["http://127.0.0.1:9001/", "http://127.0.0.2:9000/", "http://localhost:9000/"])
      expect(readEndpointUrl(url, allowed)).toHaveProperty("refused");
  });

  it("does not take an allowlist that opens a whole host", () => {
    expect(() => readAllowedHosts("127.0.0.1")).toThrow("host:port");
    expect(() => readAllowedHosts("*:80")).toThrow("host:port");
  });
});
