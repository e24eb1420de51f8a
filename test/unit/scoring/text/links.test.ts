import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findLookalike, oneEditApart } from "../../../../shared/scoring/text/links/lookalike.ts";
import { readLinks } from "../../../../shared/scoring/text/links/read-links.ts";

const codes = (text: string): string[] => readLinks(text).findings.map((finding) => finding.code);
const counts = (text: string): Record<string, number> => ({ ...readLinks(text).features });
const places = (text: string): string[] =>
  readLinks(text).claimed.map(({ span: [start, end], key }) => `${key} ${text.slice(start, end)}`);

describe("finding links", () => {
  it.each([
    [
      "see https://shop.example.com/a?b=1, www.example.org or mail bob@example.com!",
      ["_link https://shop.example.com/a?b=1", "_link www.example.org", "_email bob@example.com"],
    ],
    ["hxxp://evil[.]example[.]com/a now", ["_link hxxp://evil[.]example[.]com/a"]],
    ["hxxps://evil(.)com", ["_link hxxps://evil(.)com"]],
    ["go to shop[dot]com today", ["_link shop[dot]com"]],
    ["visit my-shop dot com", ["_link my-shop dot com"]],
    ["visit myshop . com", ["_link myshop . com"]],
    ["visit myshop. com/a", ["_link myshop. com/a"]],
    ["visit myshop .com", ["_link myshop .com"]],
    ["bob.smith at gmail dot com", ["_email bob.smith at gmail dot com"]],
    ["x=http://evil.com", ["_link http://evil.com"]],
    ["http://[2001:db8::1]:8080/a", ["_link http://[2001:db8::1]:8080/a"]],
    ["185.12.33.4:8080/login", ["_link 185.12.33.4:8080/login"]],
    ["[url=http://evil.com]here[/url]", ["_link http://evil.com"]],
  ])("%s", (text, expected) => expect(places(text)).toEqual(expected));

  it.each([
    "my flight was delayed.no one helped",
    "it was late.so we left.it is bad",
    "I was done.De nada",
    "version 1.2.3 of node.js costs 3.50, see README.md",
    "the dot com bubble",
    "e.g. this, i.e. that",
    "... ??? @united (.)(.)",
    "we went home. com",
    "300.1.1.1/a",
  ])("finds no link in %j", (text) => {
    expect(readLinks(text).features.links_total).toBe(text.includes("home. com") ? 1 : 0);
  });

  it("counts a link that shows an address as one", () => {
    expect(counts("[www.example.com](https://example.com/a)").links_total).toBe(1);
    expect(counts('<a href="http://example.com/a">http://example.com/a</a> and example.org').links_total).toBe(2);
    expect(counts("[url=http://example.com]example.com[/url]").links_total).toBe(1);
  });
});

describe("what an address shows", () => {
  it.each([
    ["http://185.12.33.4/a", "link.ip_host"],
    ["http://3232235777/a", "link.ip_host"],
    ["http://0xC0A80101/", "link.ip_host"],
    ["http://0300.0250.01.01/x", "link.ip_host"],
    ["http://[2001:db8::1]/x", "link.ip_host"],
    ["https://bit.ly/3xYz", "link.shortener"],
    ["http://paypa1.com", "link.lookalike"],
    ["http://раураl.com", "link.lookalike"],
    ["http://arnazon.com/x", "link.lookalike"],
    ["http://arnazon-shopping.net/x", "link.lookalike"],
    ["http://netfliix.com", "link.lookalike"],
    ["http://xn--pypal-4ve.com", "link.lookalike"],
    ["http://gооdshop.example.com", "link.mixed_script"],
    ["http://paypal.com.evil.example/", "link.brand_in_host"],
    ["https://paypal-login.example.com/", "link.brand_in_host"],
    ["https://paypalsecure.com/", "link.brand_in_host"],
    ["https://amazon.weebly.com/", "link.brand_in_host"],
    ["http://netflix.some-host.com/a", "link.brand_in_host"],
    ["http://some.weebly.com/login/verify", "link.credential"],
    ["http://secure-login.some-host.xyz/a", "link.cheap_zone"],
    ["http://some-host.com/wp-content/x/login.php", "link.planted"],
    ["http://some-host.com/verify/?mail=bob@example.org", "link.recipient"],
    ["http://a.b.c.d.some-host.top/login", "link.subdomains"],
    ["http://some.host.gq/signin?next=http://other.example.com/x", "link.redirect"],
    ["[paypal.com](http://other.example/a)", "link.mismatch"],
    ["[paypal.com](<http://other.example/a>)", "link.mismatch"],
    ['<a href="http://other.example/a">www.bank.com</a>', "link.mismatch"],
    ["<a href='http://other.example/a'>https://bank.com/login</a>", "link.mismatch"],
    ["[url=http://other.example/a]bank.com[/url]", "link.mismatch"],
    ["http://google.com@other.example/", "link.userinfo"],
    ["https://bank.example@evil.test/", "link.userinfo"],
    ["[click](javascript:alert(1))", "link.script_url"],
    ['<a href="data:text/html,x">x</a>', "link.script_url"],
    ["hxxp://185.12.33[.]4/a", "link.defanged"],
  ])("%s: %s", (text, code) => expect(codes(text)).toContain(code));

  it("looks into where a redirect leads", () => {
    expect(codes("https://www.google.com/url?q=https%3A%2F%2Fpaypa1.com%2Fa")).toEqual(
      expect.arrayContaining(["link.redirect", "link.lookalike"]),
    );
  });

  it.each([
    "https://www.paypal.com/signin",
    "https://amazon.co.uk/dp/1",
    "https://accounts.google.com/ServiceLogin?continue=https://mail.google.com/",
    "https://en.wikipedia.org/wiki/Apple",
    "https://login.some-shop.com/account",
    "http://applepie.example.com",
    "https://t.co/abc",
    "[our site](https://example.com/a)",
    "[www.example.com](https://example.com/a)",
    "[example.com](https://www.example.com/a)",
    "https://chasing-cars.example.com",
    "https://telegraph.co.uk/news",
    "https://finance.com https://looking.com https://maple.com",
    "https://example.com?mail=a@example.org",
    "https://microsoft.github.io/a",
    "https://roblox.fandom.com/wiki/A",
    "https://münchen.de/rathaus",
    "https://blog.example.blogspot.com/2012/01/a.html",
    "http://localhost:3000/a",
  ])("reports nothing of %s", (text) => expect(codes(text)).toEqual([]));

  it("says what it counted, and nothing of what is not there", () => {
    expect(counts("https://bit.ly/1 http://185.12.33.4/ http://paypa1.com/login, bob@example.com")).toEqual({
      links_total: 3,
      links_domains: 3,
      links_shortened: 1,
      links_ip: 1,
      links_lookalike: 1,
      links_credential: 1,
      link_risk: expect.closeTo(0.9, 0),
      emails: 1,
    });
    expect(counts("no link")).toEqual({ links_total: 0 });
  });

  it("counts all of 10,000 links", () => {
    expect(counts("http://bit.ly/a ".repeat(10_000)).links_total).toBe(10_000);
  });

  it("names the brand from our own list only", () => {
    const [finding] = readLinks("http://paypa1.com").findings;
    expect(finding?.params).toEqual({ brand: "paypal" });
  });

  it("shares a link's probability among its reasons", () => {
    const { findings, features } = readLinks("http://paypa1.some-host.tk/login/verify");
    const doubt = findings.reduce((left, { weight }) => left * (1 - weight), 1);
    expect(findings.length).toBeGreaterThan(1);
    expect(1 - doubt).toBeCloseTo(features.link_risk ?? 0, 2);
  });
});

describe("any text", () => {
  it("gives spans inside it, in order, none overlapping, and never a throw", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.constantFrom(
        ...'http:// https://a.com/ hxxp:// [.] (dot) dot com .com a.com @ [ ]( ) <a href=" > </a> [url= javascript: \ud800 \udc00 \u202e \u200b 0x7f 1.1.1.1/ %41 ?u=//b.com :99 xn-- é'.split(
          " ",
        ),
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join("");
        const { claimed, findings } = readLinks(text);
        let end = 0;
        for (const { span } of claimed) {
          expect(span[0]).toBeGreaterThanOrEqual(end);
          expect(span[1]).toBeGreaterThan(span[0]);
          end = span[1];
        }
        expect(end).toBeLessThanOrEqual(text.length);
        for (const { span, weight } of findings) {
          expect(span?.[1]).toBeLessThanOrEqual(text.length);
          expect(weight).toBeGreaterThan(0);
          expect(weight).toBeLessThan(1);
        }
      }),
      { numRuns: 600 },
    );
  });
});

describe("findLookalike", () => {
  it.each([
    ["paypol.com", "paypol", "com", "paypal", "near"],
    ["microsfot.com", "microsfot", "com", "microsoft", "near"],
    ["g00gle.com", "g00gle", "com", "google", "drawn"],
    ["paypal.tk", "paypal", "tk", "paypal", "inside"],
  ])("%s", (host, name, suffix, brand, how) => {
    expect(findLookalike(host, name, suffix)).toEqual({ brand, how });
  });

  it.each([
    ["paypal.com", "paypal", "com"],
    ["maple.com", "maple", "com"],
    ["bookings-of-mine.example", "bookings-of-mine", "example"],
    ["github.my-company.com", "my-company", "com"],
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
