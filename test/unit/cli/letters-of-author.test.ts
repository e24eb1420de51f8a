import { describe, expect, it } from "vitest";
import { isLetterOf } from "../../../cli/dead-letters/letters-of-author.ts";
import { item } from "../../../shared/domain/item.ts";
import { prepareItem, toMessage } from "../../../shared/queue/prepare-item.ts";
import { toAsciiJson } from "../../../shared/runtime/read-json.ts";
import { exampleKeys, exampleVerdict, NOW } from "../domain/examples.ts";

const keys = exampleKeys();
const post = (visibility: "public" | "private") =>
  item.parse({
    kind: "post",
    id: "p-1",
    createdAt: "2026-11-22T15:04:05Z",
    channel: { id: "c", visibility, surface: "message" },
    author: { id: "ann" },
    text: "hello there",
  });
const letter = async (visibility: "public" | "private") => {
  const message = await toMessage(keys, "demo", await prepareItem(keys, "demo", post(visibility)), NOW);
  return { Body: toAsciiJson(message) };
};

describe("a dead letter of an author", () => {
  it.each(["public", "private"] as const)("is known by its author, %s or not", async (visibility) => {
    expect(await isLetterOf(await letter(visibility), "demo", "ann", keys)).toBe(true);
    expect(await isLetterOf(await letter(visibility), "demo", "bob", keys)).toBe(false);
    expect(await isLetterOf(await letter(visibility), "other", "ann", keys)).toBe(false);
  });

  it("may be a verdict on its way to a case, unless it is evidence under legal hold", async () => {
    const made = exampleVerdict();
    const body = (verdict: unknown) => ({ Body: JSON.stringify({ v: 1, verdict }) });
    expect(await isLetterOf(body(made), made.tenant, made.authorId, keys)).toBe(true);
    expect(await isLetterOf(body(made), made.tenant, "somebody-else", keys)).toBe(false);
    const label = { ...made.labels[0], label: "child_safety" };
    const held = { ...made, action: "hold", labels: [label] };
    expect(await isLetterOf(body(held), made.tenant, made.authorId, keys)).toBe(false);
  });

  it("may be a decision about an account's audience, whose item is the account", async () => {
    const decision = { id: "d1", outcome: "uphold", reason: "violates_policy", by: "key:m", at: NOW.toISOString() };
    const { policy } = exampleVerdict();
    const body = (kind: string, id: string) => {
      const ref = { kind, id, revision: "v1" };
      const about = { v: 1, event: "decision.made", tenant: "demo", caseId: "c".repeat(22), ref, action: "flag" };
      return { Body: JSON.stringify({ ...about, labels: [], policy, decision, version: 2 }) };
    };
    expect(await isLetterOf(body("audience", "ann"), "demo", "ann", keys)).toBe(true);
    expect(await isLetterOf(body("audience", "ann"), "other", "ann", keys)).toBe(false);
    expect(await isLetterOf(body("post", "ann"), "demo", "ann", keys)).toBe(false);
  });

  it("is not what cannot be read", async () => {
    for (const Body of ["", "not json", "{}", '{"v":1}'])
      expect(await isLetterOf({ Body }, "demo", "ann", keys)).toBe(false);
  });
});
