import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLinks } from "../../../../shared/scoring/text/links/read-links.ts";
import { isIban, passesLuhn, passesMod1110, passesVerhoeff } from "../../../../shared/scoring/text/pii/check-digits.ts";
import { readPii } from "../../../../shared/scoring/text/pii/read-pii.ts";
import { redact, withoutPii } from "../../../../shared/scoring/text/pii/redact.ts";

const read = (text: string, more: { visibility?: "public" | "private"; country?: string } = {}) =>
  readPii(text, readLinks(text).claimed, { visibility: "public", ...more });
const found = (text: string, country?: string): string[] =>
  read(text, country === undefined ? {} : { country }).entities.map(
    ({ kind, span }) => `${kind} ${text.slice(span[0], span[1])}`,
  );
const scheme = (text: string) => read(text).entities.map((one) => one.scheme ?? one.kind);

describe("finding personal data", () => {
  it.each([
    ["mail me: bob.smith@example.com.", ["email bob.smith@example.com"]],
    ["call 415-555-2671 now", ["phone 415-555-2671"]],
    ["(415) 555-2671", ["phone (415) 555-2671"]],
    ["415-555-2671 ext. 12 or 212-555-0100", ["phone 415-555-2671 ext. 12", "phone 212-555-0100"]],
    ["+44 20 7946 0958", ["phone +44 20 7946 0958"]],
    ["0044 20 7946 0958", ["phone 0044 20 7946 0958"]],
    ["020 7946 0958", ["phone 020 7946 0958"]],
    ["text me 5552671", ["phone 5552671"]],
    ["ruf mich an, Handy: 0170 1234567", ["phone 0170 1234567"]],
    ["card 4111 1111 1111 1111 12/27 thanks", ["card 4111 1111 1111 1111"]],
    ["5500-0055-5555-5559", ["card 5500-0055-5555-5559"]],
    ["3782 822463 10005", ["card 3782 822463 10005"]],
    ["４１１１１１１１１１１１１１１１", ["card ４１１１１１１１１１１１１１１１"]],
    ["٤١١١ ١١١١ ١١١١ ١١١١", ["card ٤١١١ ١١١١ ١١١١ ١١١١"]],
    ["IBAN GB82 WEST 1234 5698 7654 32.", ["iban GB82 WEST 1234 5698 7654 32"]],
    ["de89370400440532013000", ["iban de89370400440532013000"]],
    ["from 185.60.216.35", ["ip 185.60.216.35"]],
    ["2001:db8:85a3::8a2e:370:7334", ["ip 2001:db8:85a3::8a2e:370:7334"]],
    ["she was born on 12/05/1984.", ["birth_date 12/05/1984"]],
    ["geboren am 12. Mai 1984", ["birth_date 12. Mai 1984"]],
    ["my passport number is C01X00T47", ["passport C01X00T47"]],
    ["driver's license: D1234567", ["licence D1234567"]],
  ])("%j", (text, expected) => expect(found(text)).toEqual(expected));

  it.each([
    ["she lives at 12 elm street", "12 elm street"],
    ["I live at 350 W 5th Ave, Apt 4B, New York, NY 10001. Come over", "350 W 5th Ave, Apt 4B, New York, NY 10001"],
    ["send it to 9 Oak Close, Leeds LS1 4AP", "9 Oak Close, Leeds LS1 4AP"],
    ["Hauptstraße 12, 10115 Berlin", "Hauptstraße 12, 10115 Berlin"],
    ["Am Alten Weg 5", "Alten Weg 5"],
    ["Keizersgracht 123", "Keizersgracht 123"],
    ["Mannerheimintie 10", "Mannerheimintie 10"],
    ["12 rue de la Paix, 75002 Paris", "12 rue de la Paix, 75002 Paris"],
    ["Calle de Alcalá, 45", "Calle de Alcalá, 45"],
    ["Via Roma 3", "Via Roma 3"],
    ["Rua Augusta 1500", "Rua Augusta 1500"],
    ["ul. Długa 5", "ul. Długa 5"],
    ["ул. Ленина 5", "ул. Ленина 5"],
    ["Sörbylund 8, 26042 Mölle", "Sörbylund 8, 26042 Mölle"],
    ["my address is Norrland 8", "Norrland 8"],
    ["P.O. Box 123", "P.O. Box 123"],
  ])("the address in %j", (text, expected) => expect(found(text)).toEqual([`address ${expected}`]));

  it.each([
    ["123-45-6789", "US SSN"],
    ["my ssn is 123456789", "US SSN"],
    ["529.982.247-25", "BR CPF"],
    ["Steuer-ID 86095742719", "DE Steuer-ID"],
    ["1 84 12 76 451 089 46", "FR NIR"],
    ["bsn 111222333", "NL BSN"],
    ["Aadhaar 2341 2341 2346", "IN Aadhaar"],
    ["PESEL 44051401458", "PL PESEL"],
    ["811228-9874", "SE personnummer"],
    ["fødselsnummer 13097248022", "NO fødselsnummer"],
    ["85.07.30-033.28", "BE national number"],
    ["756.9217.0769.85", "CH AHV"],
    ["NIF 123456789", "PT NIF"],
    ["SIN 130 692 544", "CA SIN"],
    ["TFN 123 456 782", "AU TFN"],
    ["NHS number 943 476 5919", "UK NHS number"],
    ["TC kimlik 10000000146", "TR kimlik"],
    ["440308199901101512", "CN resident id"],
    ["971013-9019902", "KR resident number"],
    ["ID number 8001015009087", "ZA id"],
    ["AB 12 34 56 C", "UK NINO"],
    ["12345678-Z", "ES DNI/NIE"],
    ["NIE X1234567L", "ES DNI/NIE"],
    ["RSSMRA85T10A562S", "IT codice fiscale"],
    ["PAN ABCPE1234F", "IN PAN"],
    ["HEGG560427MVZRRL04", "MX CURP"],
    ["131052-308T", "FI henkilötunnus"],
    ["131052B308T", "FI henkilötunnus"],
    ["RUT 12.345.678-5", "CL RUT"],
  ])("%j is a %s, and not with another check digit", (text, expected) => {
    expect(scheme(text)).toEqual([expected]);
    // These have no check digit that a change could break.
    if (/SSN|NINO|PAN/.test(expected)) return;
    const at = text.search(/\d(?=\D*$)/);
    const changed = `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`;
    expect(scheme(changed)).not.toContain(expected);
  });

  it.each([
    "order 4111111111111112 was late",
    "flight UA 1234 on 2015-02-24 at 11:35",
    "confirmation 8830192 please",
    "my order number is 5552671234",
    "booking 0170 1234567",
    "GB82 WEST 1234 5698 7654 33",
    "1,000,000 and 20 000 000, $4111.11",
    "server 127.0.0.1 or 192.168.1.10, version 1.2.3.4",
    "999.1.1.1 and 12:34:56",
    "https://example.com/4111111111111111/bob@example.org",
    "0000 0000 0000 0000",
    "12345678A is no DNI, 111222334 no BSN, 123-00-6789 no SSN, PN 320008A a part",
    "a 24 hour drive, a 2 lane road, gate 35, 5 Star Hotel",
    "from 2010 to 2015, Spring 2015, Route 66",
    "passport office opens at 9, born in 1984",
    "SW1A is a district",
  ])("leaves %j alone", (text) => expect(found(text)).toEqual([]));

  it("takes lines of companies for what they are", () => {
    const { entities, features, findings } = read("call 1-800-555-0199, 0800 123 4567 or +44 800 123 4567");
    expect(entities).toEqual([]);
    expect(findings).toEqual([]);
    expect(features).toEqual({ hotlines: 3 });
  });

  it("reads numbers by the plan of the item's country", () => {
    expect(found("91 123 45 67", "ES")).toEqual(["phone 91 123 45 67"]);
    expect(found("91 123 45 67")).toEqual([]);
    expect(found("91 123 45 67", "XX")).toEqual([]);
  });

  it("finds a shop's address, and does not report it", () => {
    const { entities, findings } = read("our shop is at 12 High Street, come and visit");
    expect(entities.map(({ kind }) => kind)).toEqual(["address"]);
    expect(findings.every(({ weight }) => weight < 0.3)).toBe(true);
  });

  it("takes cards and accounts more seriously than contacts, and contacts in private less", () => {
    expect(read("4111 1111 1111 1111").findings[0]?.severity).toBe(4);
    expect(read("bob@example.com").findings[0]?.severity).toBe(2);
    expect(read("bob@example.com", { visibility: "private" }).findings[0]?.severity).toBe(1);
  });

  it("counts by kind", () => {
    const { features } = read("a@example.com b@example.com 415-555-2671");
    expect(features).toEqual({ pii_email: 2, pii_phone: 1 });
  });
});

describe("redaction", () => {
  it("puts the kind where the data stood", () => {
    const text = "Mail bob@example.com or call +44 20 7946 0958, card 4111 1111 1111 1111, DOB 1984-05-12";
    expect(redact(text, read(text).entities)).toBe("Mail [email] or call [phone], card [card], DOB [birth_date]");
    expect(redact(text, [])).toBe(text);
  });

  it("leaves nothing behind of entities that overlap, in any order", () => {
    const entities = [
      { kind: "phone", span: [4, 9] },
      { kind: "card", span: [2, 6] },
    ] as const;
    expect(
      redact(
        "0123456789",
        entities.map(({ kind, span: [a, b] }) => ({ kind, span: [a, b] })),
      ),
    ).toBe("01[card]9");
  });

  it.each(["415-555-2671, ", "+44 20 7946 0958; ", "12 Elm Street\n", "DOB 1/2/1984. ", "bob@example.com "])(
    "leaves none of thousands: %j",
    (one) => expect(withoutPii(one.repeat(3_000))).not.toMatch(/[0-9@]/),
  );

  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 5 }),
    fc.constantFrom(
      "a@b.co",
      "bob@example.com",
      "415-555-2671",
      "+44 20 7946 0958",
      "4111 1111 1111 1111",
      "4111111111111111",
      "GB82 WEST 1234 5698 7654 32",
      "123-45-6789",
      "12 Elm Street",
      ", New York, NY 10001",
      "Hauptstraße 12",
      "born on 1/2/1984",
      "185.60.216.35",
      "12345678Z",
      "call ",
      "address is ",
      "\ud800",
      "\udc00",
      "\u202e",
      "😀",
      " ",
      "-",
      "1",
      ".",
      "+",
    ),
  );

  it("of any text leaves nothing that is found again, and finds lie inside it, in order", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        let end = 0;
        for (const { span, confidence } of read(text).entities) {
          expect(span[0]).toBeGreaterThanOrEqual(end);
          expect(span[1]).toBeGreaterThan(span[0]);
          expect(confidence).toBeGreaterThan(0);
          expect(confidence).toBeLessThan(1);
          end = span[1];
        }
        expect(end).toBeLessThanOrEqual(text.length);
        expect(found(withoutPii(text))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("check digits", () => {
  it.each(["4111111111111111", "378282246310005", "79927398713"])("Luhn accepts %s", (digits) => {
    expect(passesLuhn(digits)).toBe(true);
    const changed = `${digits.slice(0, -1)}${(Number(digits.at(-1)) + 1) % 10}`;
    expect(passesLuhn(changed)).toBe(false);
  });

  it("Verhoeff and mod 11,10 notice every changed digit", () => {
    for (const [valid, passes] of [
      ["234123412346", passesVerhoeff],
      ["86095742719", passesMod1110],
    ] as const) {
      expect(passes(valid)).toBe(true);
      for (let at = 0; at < valid.length; at++) {
        const changed = `${valid.slice(0, at)}${(Number(valid[at]) + 1) % 10}${valid.slice(at + 1)}`;
        expect(passes(changed), changed).toBe(false);
      }
    }
  });

  it("IBANs need country, length and remainder", () => {
    expect(isIban("GB82WEST12345698765432")).toBe(true);
    expect(isIban("GB82WEST12345698765423")).toBe(false);
    expect(isIban("ZZ82WEST12345698765432")).toBe(false);
    expect(isIban("GB82WEST1234569876543")).toBe(false);
    expect(isIban("GB82WEST1234569876543é")).toBe(false);
  });
});
