import { describe, expect, it } from "vitest";
import { readLinks } from "../../../../shared/scoring/text/links.ts";
import { findLookalike, oneEditApart } from "../../../../shared/scoring/text/lookalike.ts";

const codes = (text: string): string[] => readLinks(text).findings.map((finding) => finding.code);
const counts = (text: string): Record<string, number> =>
  Object.fromEntries(Object.entries(readLinks(text).features).filter(([, count]) => count > 0));

describe("readLinks", () => {
  it("finds links and e-mail addresses with their place", () => {
    const text = "see https://shop.example.com/a?b=1, www.example.org or mail bob@example.com!";
    expect(readLinks(text).claimed.map(({ span: [start, end], key }) => [text.slice(start, end), key])).toEqual([
      ["https://shop.example.com/a?b=1", "_link"],
      ["www.example.org", "_link"],
      ["bob@example.com", "_email"],
    ]);
    expect(counts(text)).toEqual({ links_total: 2 });
  });

  it.each([
    "my flight was delayed.no one helped",
    "it was late.so we left.it is bad",
    "version 1.2.3 of node.js costs 3.50",
    "e.g. this, i.e. that",
    "... ??? @united",
  ])("finds no link in %j", (text) => expect(readLinks(text).claimed).toEqual([]));

  it.each([
    ["http://185.12.33.4/a", "link.ip_host"],
    ["https://bit.ly/3xYz", "link.shortener"],
    ["http://paypa1.com", "link.lookalike"],
    ["http://раураl.com", "link.lookalike"],
    ["http://arnazon.com/x", "link.lookalike"],
    ["http://gooogle-maps.example http://netfliix.com", "link.lookalike"],
    ["http://paypal.com.evil.example/", "link.brand_in_host"],
    ["https://paypal-login.example.com/", "link.brand_in_host"],
    ["http://xn--pypal-4ve.com", "link.punycode"],
    ["http://xn--pypal-4ve.com", "link.lookalike"],
    ["http://some.example/login/verify", "link.credential_path"],
    ["[paypal.com](http://other.example/a)", "link.mismatch"],
    ['<a href="http://other.example/a">www.bank.com</a>', "link.mismatch"],
    ["http://google.com@other.example/", "link.mismatch"],
  ])("%s: %s", (text, code) => expect(codes(text)).toContain(code));

  it.each([
    "https://www.paypal.com/signin",
    "https://amazon.co.uk/dp/1",
    "https://en.wikipedia.org/wiki/Apple",
    "http://applepie.example.com",
    "https://t.co/abc",
    "[our site](https://example.com/a)",
    "[www.example.com](https://example.com/a)",
    "https://chasing-cars.example.com",
    "https://telegraph.co.uk/news",
    "https://example.com?mail=a@example.org",
  ])("has nothing grave to say of %s", (text) => {
    expect(readLinks(text).findings.filter((finding) => finding.severity > 1)).toEqual([]);
  });

  it("counts all of 10,000 links", () => {
    const text = "http://bit.ly/a ".repeat(10_000);
    expect(readLinks(text).features.links_total).toBe(10_000);
  });

  it("names the brand from our own list only", () => {
    const [finding] = readLinks("http://paypa1.com").findings;
    expect(finding?.params).toEqual({ brand: "paypal" });
  });
});

describe("findLookalike", () => {
  it.each([
    ["paypol.com", "paypol", "com", "paypal"],
    ["microsfot.com", "microsfot", "com", "microsoft"],
    ["g00gle.com", "g00gle", "com", "google"],
  ])("%s", (host, name, suffix, brand) => expect(findLookalike(host, name, suffix)?.brand).toBe(brand));

  it.each([
    ["paypal.com", "paypal", "com"],
    ["maple.com", "maple", "com"],
    ["bookings-of-mine.example", "bookings-of-mine", "example"],
    ["localhost", "", ""],
  ])("not %s", (host, name, suffix) => expect(findLookalike(host, name, suffix)).toBeUndefined());
});

describe("oneEditApart", () => {
  it.each([
    ["paypal", "paypl", true],
    ["paypal", "paypall", true],
    ["paypal", "paypql", true],
    ["paypal", "papyal", true],
    ["paypal", "paypal", false],
    ["paypal", "pyapla", false],
    ["aa", "a", true],
    ["abcd", "abdce", false],
  ])("%s %s: %s", (a, b, expected) => expect(oneEditApart(a, b)).toBe(expected));
});
