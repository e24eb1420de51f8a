import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { routes } from "../../../shared/contracts/routes.ts";
import { item } from "../../../shared/domain/item.ts";
import { FOR_FAULTS, faultsOf } from "../../../shared/runtime/faults.ts";
import { PLANTED, wirePost } from "../domain/examples.ts";

const faults = (schema: z.ZodType, value: unknown, base = "") => {
  const parsed = schema.safeParse(value, FOR_FAULTS);
  return parsed.success ? [] : faultsOf(parsed.error, base);
};

describe("faults", () => {
  it.each([
    ["a missing field", wirePost({ channel: undefined }), "/items/3/channel", /^missing$/, /^send an object$/],
    ["a missing time", wirePost({ createdAt: undefined }), "/items/3/createdAt", /^missing$/, /^send an RFC 3339 date/],
    ["a wrong type", wirePost({ text: 7 }), "/items/3/text", /^of the wrong type$/, /^send a string$/],
    [
      "a value out of a list",
      wirePost({ media: [{ id: "m", type: "hologram" }] }),
      "/items/3/media/0/type",
      /allowed values/,
      /image, video, audio, file/,
    ],
    ["an unknown field", wirePost({ [PLANTED]: 1 }), "/items/3", /one field is not part/, /leave out/],
    ["two unknown fields", wirePost({ [PLANTED]: 1, more: 2 }), "/items/3", /2 fields are not part/, /leave out/],
    ["an unknown kind", wirePost({ kind: PLANTED }), "/items/3/kind", /kind/, /post, review, follow, audience/],
    ["a bad id", wirePost({ author: { id: "a b" } }), "/items/3/author/id", /does not fit/, /base64url/],
    ["too many brands", wirePost({ brandIds: Array(21).fill("b") }), "/items/3/brandIds", /does not fit/, /at most 20/],
    ["no words", wirePost({ text: undefined }), "/items/3/text", /does not fit/, /unless the item has media/],
    ["not an object", PLANTED, "/items/3", /./, /./],
  ])("%s is named with its place and its fix", (_, value, pointer, detail, fix) => {
    const [first] = faults(item, value, "/items/3");
    expect(first).toEqual({ pointer, detail: expect.stringMatching(detail), fix: expect.stringMatching(fix) });
  });

  it("do not name a key that people wrote", () => {
    const [first] = faults(z.record(z.string(), z.number()), { [`${PLANTED} said/it~`]: "x" }, "/map");
    expect(first).toEqual({ pointer: "/map/…", detail: "of the wrong type", fix: "send a number" });
  });

  it("are at most twenty", () => {
    expect(faults(item, wirePost({ brandIds: Array(20).fill("#"), media: Array(20).fill(7) }))).toHaveLength(20);
  });

  it("never repeat a word that was sent, in a key or a value", () => {
    const word = fc.constantFrom(PLANTED, `${PLANTED} x`, `${PLANTED}#`, `a/${PLANTED}`, `~${PLANTED}\n`);
    const planted = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: "small" },
        word,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        tie("list"),
        tie("record"),
      ),
      list: fc.array(tie("any"), { maxLength: 3 }),
      record: fc.dictionary(word, tie("any"), { maxKeys: 3 }),
    })).any;
    const field = fc.constantFrom(
      "kind",
      "id",
      "revision",
      "createdAt",
      "channel",
      "author",
      "text",
      "media",
      "brandIds",
      "language",
      "country",
      "fingerprints",
      "thread",
      "target",
      "rating",
      "title",
      "account",
      "followers",
      "sample",
      "engagement",
      "followerCount",
      PLANTED,
    );
    const kind = fc.constantFrom("post", "review", "follow", "audience", PLANTED);
    const schemas = [
      (value: unknown) => faults(item, value, "/items/0"),
      (value: unknown) => faults(routes.score.body ?? item, { item: value }),
      (value: unknown) => faults(routes.decide.body ?? item, value),
      (value: unknown) => faults(routes["list-cases"].query, value, "query:"),
    ];
    let found = 0;
    fc.assert(
      fc.property(kind, fc.array(fc.tuple(field, planted), { minLength: 1, maxLength: 6 }), (asKind, fields) => {
        for (const given of schemas.map((parse) =>
          parse({ ...wirePost(), kind: asKind, ...Object.fromEntries(fields) }),
        )) {
          found += given.length;
          expect(JSON.stringify(given)).not.toContain(PLANTED);
          for (const { pointer } of given) expect(pointer).toMatch(/^(query:)?(\/[A-Za-z0-9…]+)*\/?$/);
        }
      }),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(1_000);
  });
});
