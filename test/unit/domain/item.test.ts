import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { item, MAX_FOLLOWERS, MAX_TEXT_UNITS } from "../../../shared/domain/item.ts";
import { toAsciiJson } from "../../../shared/runtime/read-json.ts";
import { wirePost } from "./examples.ts";

const accepts = (value: unknown): boolean => item.safeParse(value).success;
const hash = "ab".repeat(16);
const at = "2026-11-22T11:59:00Z";
const { channel, author } = wirePost() as { channel: object; author: object };
const countOver = 10_000_000_001;

const wireReview = (more: Record<string, unknown> = {}) => {
  const { kind: _, ...rest } = wirePost({ target: { id: "product-1" }, rating: 4, ...more });
  return { ...rest, kind: "review" };
};
const wireFollow = (followers: number, more: Record<string, unknown> = {}) => ({
  kind: "follow",
  id: "f-1",
  createdAt: at,
  account: { id: "account-1" },
  followers: Array.from({ length: followers }, (_, index) => ({ id: `user-${index}`, followedAt: at })),
  ...more,
});
const wireAudience = (sample: number, more: Record<string, unknown> = {}) => ({
  kind: "audience",
  id: "a-1",
  createdAt: at,
  account: { id: "account-1" },
  followerCount: 10,
  sample: Array.from({ length: sample }, (_, index) => ({ id: `user-${index}`, profile: {} })),
  ...more,
});
const media = { id: "m-1", type: "image" };

describe("the bounds of an item: at the limit, and one over", () => {
  const bounds: readonly (readonly [name: string, at: unknown, over: unknown])[] = [
    ["text", wirePost({ text: "x".repeat(MAX_TEXT_UNITS) }), wirePost({ text: "x".repeat(MAX_TEXT_UNITS + 1) })],
    ["text in units", wirePost({ text: "😀".repeat(50_000) }), wirePost({ text: `${"😀".repeat(50_000)}x` })],
    ["shortest text", wirePost({ text: "." }), wirePost({ text: "" })],
    ["id", wirePost({ id: "i".repeat(128) }), wirePost({ id: "i".repeat(129) })],
    ["revision", wirePost({ revision: "r".repeat(128) }), wirePost({ revision: "r".repeat(129) })],
    [
      "channel id",
      wirePost({ channel: { ...channel, id: "c".repeat(128) } }),
      wirePost({ channel: { ...channel, id: "c".repeat(129) } }),
    ],
    ["author id", wirePost({ author: { id: "a".repeat(128) } }), wirePost({ author: { id: "a".repeat(129) } })],
    ["thread id", wirePost({ thread: { id: "t".repeat(128) } }), wirePost({ thread: { id: "t".repeat(129) } })],
    [
      "parent id",
      wirePost({ thread: { id: "t", parentId: "p".repeat(128) } }),
      wirePost({ thread: { id: "t", parentId: "p".repeat(129) } }),
    ],
    ["brands", wirePost({ brandIds: Array(20).fill("b") }), wirePost({ brandIds: Array(21).fill("b") })],
    ["product line", wirePost({ productLine: "p".repeat(128) }), wirePost({ productLine: "p".repeat(129) })],
    ["media", wirePost({ media: Array(20).fill(media) }), wirePost({ media: Array(21).fill(media) })],
    [
      "media type",
      wirePost({ media: [{ ...media, mimeType: `${"a".repeat(64)}/png` }] }),
      wirePost({ media: [{ ...media, mimeType: `${"a".repeat(65)}/png` }] }),
    ],
    [
      "media digest",
      wirePost({ media: [{ ...media, sha256: "a".repeat(64) }] }),
      wirePost({ media: [{ ...media, sha256: "a".repeat(65) }] }),
    ],
    [
      "media bytes",
      wirePost({ media: [{ ...media, byteLength: countOver - 1 }] }),
      wirePost({ media: [{ ...media, byteLength: countOver }] }),
    ],
    [
      "followers of the author",
      wirePost({ author: { ...author, followers: countOver - 1 } }),
      wirePost({ author: { ...author, followers: countOver } }),
    ],
    [
      "fewest followers of the author",
      wirePost({ author: { ...author, followers: 0 } }),
      wirePost({ author: { ...author, followers: -1 } }),
    ],
    [
      "whole counts",
      wirePost({ author: { ...author, itemsPosted: 3 } }),
      wirePost({ author: { ...author, itemsPosted: 3.5 } }),
    ],
    [
      "language",
      wirePost({ language: `abcdefgh${"-abcdefgh".repeat(3)}` }),
      wirePost({ language: `abcdefgh${"-abcdefgh".repeat(4)}` }),
    ],
    ["country", wirePost({ country: "GB" }), wirePost({ country: "GBR" })],
    [
      "longest fingerprint",
      wirePost({ fingerprints: { device: "a".repeat(128) } }),
      wirePost({ fingerprints: { device: "a".repeat(129) } }),
    ],
    [
      "shortest fingerprint",
      wirePost({ fingerprints: { ipPrefix: "a".repeat(16) } }),
      wirePost({ fingerprints: { ipPrefix: "a".repeat(15) } }),
    ],
    ["rating", wireReview({ rating: 5 }), wireReview({ rating: 5.01 })],
    ["lowest rating", wireReview({ rating: 1 }), wireReview({ rating: 0.99 })],
    ["review title", wireReview({ title: "t".repeat(500) }), wireReview({ title: "t".repeat(501) })],
    [
      "category",
      wireReview({ target: { id: "p", category: "c".repeat(80) } }),
      wireReview({ target: { id: "p", category: "c".repeat(81) } }),
    ],
    [
      "target title",
      wireReview({ target: { id: "p", title: "t".repeat(300) } }),
      wireReview({ target: { id: "p", title: "t".repeat(301) } }),
    ],
    [
      "owner",
      wireReview({ target: { id: "p", owner: { payment: hash } } }),
      wireReview({ target: { id: "p", owner: { payment: "4111 1111 1111 1111" } } }),
    ],
    ["followers", wireFollow(MAX_FOLLOWERS), wireFollow(MAX_FOLLOWERS + 1)],
    ["fewest followers", wireFollow(1), wireFollow(0)],
    ["sample", wireAudience(MAX_FOLLOWERS), wireAudience(MAX_FOLLOWERS + 1)],
    [
      "follower count",
      wireAudience(0, { followerCount: countOver - 1 }),
      wireAudience(0, { followerCount: countOver }),
    ],
  ];
  it.each(bounds)("%s", (_, inside, outside) => {
    expect(accepts(inside)).toBe(true);
    expect(accepts(outside)).toBe(false);
  });

  it("wants words or media", () => {
    expect(accepts(wirePost({ text: " \n\t\u2003\u00a0" }))).toBe(false);
    expect(accepts(wirePost({ text: undefined }))).toBe(false);
    expect(accepts(wirePost({ text: undefined, media: [media] }))).toBe(true);
  });
});

describe("identifiers", () => {
  it.each(["a#b", "a/b", "a b", "..", ".", "-", "", "Zoë", "a%2Fb", "a?b", "a\u0000b", "a\n", "ａ", "👍"])(
    "refuses %j",
    (id) => {
      expect(accepts(wirePost({ id }))).toBe(false);
      expect(accepts(wirePost({ revision: id }))).toBe(false);
      expect(accepts(wirePost({ author: { id } }))).toBe(false);
    },
  );
  it.each(["a..b", "1", "urn:x:1", "a@b.example", "-7", "dGVzdA==", "~u"])("accepts %j", (id) => {
    expect(accepts(wirePost({ id, revision: id }))).toBe(true);
  });
});

describe("times", () => {
  it.each([
    "2026-11-22T15:04:05Z",
    "2026-11-22T15:04:05.123Z",
    "2026-11-22T15:04:05+05:30",
    "2026-11-22T15:04:05.5-08:00",
  ])("accepts %s", (createdAt) => {
    expect(accepts(wirePost({ createdAt }))).toBe(true);
  });
  it.each([
    "2026-11-22T15:04:05",
    "2026-11-22",
    "2026-13-01T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "22.11.2026",
    "1763823845",
    "",
    "2026-11-22T25:00:00Z",
  ])("refuses %j", (createdAt) => {
    expect(accepts(wirePost({ createdAt }))).toBe(false);
  });
});

describe("unknown fields are refused at every level", () => {
  const post = wirePost({ author: { id: "a" }, media: [media], fingerprints: { device: hash }, thread: { id: "t" } });
  const review = wireReview({ target: { id: "p", owner: { id: "o" } } });
  const follow = wireFollow(1, { followers: [{ id: "u", followedAt: at, profile: { followers: 1 } }] });
  const audience = wireAudience(1, { engagement: { likes: 1 } });
  const places: readonly (readonly [object, readonly (string | number)[]])[] = [
    [post, []],
    [post, ["author"]],
    [post, ["channel"]],
    [post, ["media", 0]],
    [post, ["fingerprints"]],
    [post, ["thread"]],
    [review, []],
    [review, ["target"]],
    [review, ["target", "owner"]],
    [follow, []],
    [follow, ["account"]],
    [follow, ["followers", 0]],
    [follow, ["followers", 0, "profile"]],
    [audience, []],
    [audience, ["engagement"]],
    [audience, ["sample", 0]],
    [audience, ["sample", 0, "profile"]],
  ];
  it.each(places)("place %#", (whole, path) => {
    for (const field of ["extra", "__proto__", "constructor", "toString"]) {
      const copy = JSON.parse(JSON.stringify(whole)) as Record<string | number, unknown>;
      expect(accepts(copy)).toBe(true);
      const inner = path.reduce<Record<string | number, unknown>>(
        (at, step) => at[step] as Record<string, unknown>,
        copy,
      );
      Object.defineProperty(inner, field, { value: {}, enumerable: true, configurable: true, writable: true });
      expect(accepts(copy), field).toBe(false);
    }
  });
});

describe("characters", () => {
  const odd = ["\u0000", "\u001b[31m", "\ud800", "\udc00x", "\u2028", "\u202e"];
  it.each(odd)("people may write %j", (text) => {
    expect(accepts(wirePost({ text: `a${text}` }))).toBe(true);
    expect(accepts(wireReview({ title: text }))).toBe(true);
  });
  it.each(["\u0000", "\u001b", "\u0085", "\ud800", "\udc00", "\u2028", "\u2029"])("a name may not hold %j", (sign) => {
    expect(accepts(wireReview({ target: { id: "p", category: `shoes${sign}` } }))).toBe(false);
    expect(accepts(wireReview({ target: { id: "p", title: `shoes${sign}` } }))).toBe(false);
  });
  it("a name may hold letters of every script, and emoji", () => {
    expect(accepts(wireReview({ target: { id: "p", category: "Ботинки 👟 靴" } }))).toBe(true);
  });
});

/** Any string of UTF-16 units, weighted to what breaks queues. */
const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\u0000",
        "\u007f",
        "\u0085",
        "\ud800",
        "\udfff",
        "😀",
        "\u2028",
        "\ufffe",
        "\uffff",
        '"',
        "\\",
        "\u001f",
        "é",
      ),
      fc.string({ unit: "binary" }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    { minLength: 1, maxLength: 30, size: "max" },
  )
  .map((parts) => `${parts.join("")}.`);

describe("an item in a queue", () => {
  it("comes through ASCII JSON unchanged, in characters that SQS takes", () => {
    fc.assert(
      fc.property(words, words, fc.constantFrom("post", "review"), (text, title, kind) => {
        const parsed = item.parse(kind === "post" ? wirePost({ text }) : wireReview({ text, title }));
        const body = toAsciiJson(parsed);
        expect(body).toMatch(/^[\x20-\x7e]*$/);
        expect(JSON.parse(body)).toEqual(parsed);
        expect(item.parse(JSON.parse(body))).toEqual(parsed);
      }),
      { numRuns: 300 },
    );
  });

  it("of the longest text with the widest escapes fits one message", () => {
    const longest = item.parse(wirePost({ text: `${"\u0000\ud800".repeat(MAX_TEXT_UNITS / 2 - 1)}ok` }));
    expect(toAsciiJson(longest).length).toBeLessThan(1_048_576 - 100_000);
  });
});
