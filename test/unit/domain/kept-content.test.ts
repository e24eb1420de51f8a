import { describe, expect, it } from "vitest";
import { item, type Post, type Review } from "../../../shared/domain/item.ts";
import { content, keepable } from "../../../shared/domain/kept-content.ts";
import { defaultSettings } from "../../../shared/domain/tenant.ts";
import { examplePost, exampleVerdict, PLANTED } from "./examples.ts";

const flagged = exampleVerdict();
const settings = defaultSettings("acme");
const media = [
  { id: "m1", type: "image", mimeType: "image/png", byteLength: 10, sha256: "a".repeat(64) },
  { id: "m2", type: "file" },
] as const;
const thread = { id: "t1", parentId: "p0" };
const kept = (
  post: Post | Review,
  verdict: Parameters<typeof keepable>[1] = flagged,
  more: Partial<typeof settings> = {},
) => {
  const found = keepable(post, verdict, { ...settings, ...more });
  return found && content.parse(JSON.parse(JSON.stringify(found)));
};
const dm = { id: "dm-1", visibility: "private", surface: "message" };

describe("what is kept of an item", () => {
  it("holds where it stands and what belongs to it, without more of the media than one needs to look at them", () => {
    expect(kept(examplePost({ media, thread }))).toEqual({
      text: "What a lovely morning.",
      excerpt: false,
      thread,
      media: [
        { id: "m1", type: "image", mimeType: "image/png" },
        { id: "m2", type: "file" },
      ],
    });
    expect(kept(examplePost())).toEqual({ text: "What a lovely morning.", excerpt: false });
  });

  it("may be media without a word", () => {
    expect(kept(examplePost({ text: undefined, media }))).toMatchObject({
      text: "",
      media: [{ id: "m1" }, { id: "m2" }],
    });
  });

  it("is nothing of what was allowed, unless the tenant wants it", () => {
    const allowed = exampleVerdict({ action: "allow", labels: [] });
    expect(kept(examplePost({ media, thread }), allowed)).toBeUndefined();
    expect(kept(examplePost({ thread }), allowed, { keepAllowedContent: true })).toMatchObject({ thread });
  });

  it("is of a private item an excerpt and its place, by opt-in, and never its media", () => {
    const post = examplePost({ channel: dm, media, thread, text: `${"a ".repeat(500)}${PLANTED}` });
    expect(kept(post)).toBeUndefined();
    const found = kept(post, flagged, { keepPrivateExcerpt: true });
    expect(found).toMatchObject({ excerpt: true, thread });
    expect(found).not.toHaveProperty("media");
    expect(JSON.stringify(found)).not.toContain(PLANTED);
    const wordless = examplePost({ channel: dm, media, text: undefined });
    expect(kept(wordless, flagged, { keepPrivateExcerpt: true })).toBeUndefined();
  });

  it("holds a review's title", () => {
    const review = item.parse({
      kind: "review",
      id: "r1",
      createdAt: "2026-11-01T00:00:00Z",
      channel: { id: "c", visibility: "public", surface: "review" },
      author: { id: "a" },
      target: { id: "t" },
      rating: 1,
      title: "Never again",
    });
    if (review.kind !== "review") throw new Error("not a review");
    expect(kept(review)).toEqual({ text: "", title: "Never again", excerpt: false });
  });
});
