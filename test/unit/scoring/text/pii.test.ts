import { describe, expect, it } from "vitest";
import { isIban, passesLuhn } from "../../../../shared/scoring/text/check-digits.ts";
import { readLinks } from "../../../../shared/scoring/text/links.ts";
import { readPii } from "../../../../shared/scoring/text/pii.ts";

const read = (text: string, weighty = true) => readPii(text, readLinks(text).claimed, weighty);
const found = (text: string): string[] =>
  read(text).findings.map(({ code, span }) => `${code} ${text.slice(span?.[0], span?.[1])}`);

describe("readPii", () => {
  it.each([
    ["mail me: bob.smith@example.com.", ["pii.email bob.smith@example.com"]],
    ["call 415-555-2671 now", ["pii.phone 415-555-2671"]],
    ["(415) 555-2671", ["pii.phone (415) 555-2671"]],
    ["+44 20 7946 0958", ["pii.phone +44 20 7946 0958"]],
    ["text me 5552671", ["pii.phone 5552671"]],
    ["card 4111 1111 1111 1111 thanks", ["pii.card 4111 1111 1111 1111"]],
    ["5500-0055-5555-5559", ["pii.card 5500-0055-5555-5559"]],
    ["IBAN GB82 WEST 1234 5698 7654 32.", ["pii.iban GB82 WEST 1234 5698 7654 32"]],
    ["de89370400440532013000", ["pii.iban de89370400440532013000"]],
    ["from 185.60.216.35", ["pii.ipv4 185.60.216.35"]],
  ])("finds %j", (text, expected) => expect(found(text)).toEqual(expected));

  it.each([
    "order 4111111111111112 was late",
    "flight UA 1234 on 2015-02-24 at 11:35",
    "confirmation 8830192 please",
    "GB82 WEST 1234 5698 7654 33",
    "1,000,000 and 20 000 000",
    "server 127.0.0.1 or 192.168.1.10, version 1.2.3.4",
    "999.1.1.1",
    "https://example.com/4111111111111111",
    "0000 0000 0000 0000",
  ])("leaves %j alone", (text) => expect(found(text)).toEqual([]));

  it("takes cards and accounts more seriously than contacts, and contacts in private less", () => {
    expect(read("4111 1111 1111 1111").findings[0]?.severity).toBe(4);
    expect(read("bob@example.com").findings[0]?.severity).toBe(2);
    expect(read("bob@example.com", false).findings[0]?.severity).toBe(1);
  });

  it("counts by kind", () => {
    const { features } = read("a@example.com b@example.com 415-555-2671");
    expect(features).toEqual({ pii_email: 2, pii_phone: 1, pii_card: 0, pii_iban: 0, pii_ipv4: 0 });
  });
});

describe("check digits", () => {
  it.each(["4111111111111111", "378282246310005", "79927398713"])("Luhn accepts %s", (digits) => {
    expect(passesLuhn(digits)).toBe(true);
    const changed = `${digits.slice(0, -1)}${(Number(digits.at(-1)) + 1) % 10}`;
    expect(passesLuhn(changed)).toBe(false);
  });

  it("IBANs need country, length and remainder", () => {
    expect(isIban("GB82WEST12345698765432")).toBe(true);
    expect(isIban("GB82WEST12345698765423")).toBe(false);
    expect(isIban("ZZ82WEST12345698765432")).toBe(false);
    expect(isIban("GB82WEST1234569876543")).toBe(false);
    expect(isIban("GB82WEST1234569876543é")).toBe(false);
  });
});
