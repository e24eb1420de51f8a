import { describe, expect, it } from "vitest";
import { redactedWords } from "../../../cli/score/redacted-words.ts";
import { item } from "../../../shared/domain/item.ts";

const common = {
  id: "1",
  createdAt: "2026-11-22T14:00:00Z",
  author: { id: "a" },
  channel: { id: "c", visibility: "public", surface: "comment" },
};

describe("the words beside a verdict", () => {
  it("are the text with marks for personal data", () => {
    const post = item.parse({ ...common, kind: "post", text: "call 91 123 45 67 or bob@example.com", country: "ES" });
    expect(redactedWords(post)).toEqual({ text: "call [phone] or [email]" });
  });

  it("hold a review's title, too", () => {
    const target = { id: "t" };
    const review = item.parse({
      ...common,
      kind: "review",
      target,
      rating: 1,
      title: "ask bob@example.com",
      text: "no",
    });
    expect(redactedWords(review)).toEqual({ title: "ask [email]", text: "no" });
  });

  it("are none of what has no words", () => {
    const media = [{ id: "m", type: "image" }];
    expect(redactedWords(item.parse({ ...common, kind: "post", media }))).toEqual({});
    const { id, createdAt } = common;
    const followers = [{ id: "f", followedAt: createdAt }];
    expect(redactedWords(item.parse({ id, createdAt, kind: "follow", account: { id: "x" }, followers }))).toEqual({});
  });
});
