import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { append, type Listing, renewHead } from "../../../console/pages/queue/merge-page.ts";

const listing = (ids: string, cursor?: string) => ({ rows: [...ids].map((id) => ({ id })), cursor });
const idsOf = ({ rows }: Listing<{ id: string }>): string => rows.map(({ id }) => id).join("");

describe("renewHead", () => {
  it("replaces what a newer first page covers, and keeps what comes after", () => {
    const renewed = renewHead(listing("abcdefg", "more"), listing("xbd", "after d"));
    expect(idsOf(renewed)).toBe("xbdefg");
    expect(renewed.cursor).toBe("more");
  });

  it("is the newer page where that is all there is, or nothing of the list is known any more", () => {
    expect(renewHead(listing("abc", "more"), listing("a"))).toEqual(listing("a"));
    expect(renewHead(listing("abc", "more"), listing("xyz", "after z"))).toEqual(listing("xyz", "after z"));
  });
});

describe("append", () => {
  it("shows a row once that moved up between two pages", () => {
    expect(append(listing("abc", "1"), listing("cde", "2"))).toEqual(listing("abcde", "2"));
  });
});

it("no merge ever shows a row twice", () => {
  const page = fc
    .uniqueArray(fc.constantFrom(..."abcdefghij"), { maxLength: 8 })
    .map((ids) => listing(ids.join(""), "more"));
  fc.assert(
    fc.property(page, page, (old, newer) => {
      for (const merged of [renewHead(old, newer), append(old, newer)])
        expect(new Set(idsOf(merged)).size).toBe(merged.rows.length);
    }),
  );
});
