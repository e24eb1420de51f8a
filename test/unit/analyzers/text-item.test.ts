import { describe, expect, it } from "vitest";
import { textItemOf } from "../../../shared/analyzers/text-item.ts";
import { defaultSettings, tenantSettings } from "../../../shared/domain/tenant.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";
import { examplePost, exampleVerdict, NOW } from "../domain/examples.ts";

const settings = defaultSettings("acme");
const ref = { kind: "post", id: "post-1", revision: "r1" } as const;
const { tenant, digest } = exampleVerdict();
const question = { tenant, digest, policies: builtInPolicies, receivedAt: NOW, now: NOW };
const secret = examplePost({ channel: { id: "dm", visibility: "private", surface: "message" } });

describe("a post as analyzers are asked about it", () => {
  it("may leave the system where it is public, or where its tenant says so", () => {
    const leaves = (post: typeof secret, more = {}) =>
      textItemOf({ ...question, ref }, post, { ...settings, ...more }).mayLeave;
    expect(leaves(examplePost())).toBe(true);
    expect(leaves(secret)).toBe(false);
    expect(leaves(secret, { privateTextToComprehend: true })).toBe(true);
  });

  it("shares a conversation with its thread in its channel of its tenant, and with nothing else", () => {
    const of = (tenant: string, more: Parameters<typeof examplePost>[0], revision = "r1") =>
      textItemOf({ ...question, tenant, ref: { ...ref, revision } }, examplePost(more), settings).conversation;
    const thread = { id: "t1" };
    const channel = { id: "other", visibility: "public", surface: "comment" } as const;
    expect(of("acme", { thread })).toBe(of("acme", { thread, text: "another" }, "r2"));
    const all = [
      of("acme", { thread }),
      of("other", { thread }),
      of("acme", { thread: { id: "t2" } }),
      of("acme", { thread, channel }),
      of("acme", {}),
      of("acme", {}, "r2"),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});

it("settings that were stored before the switch existed keep private text in", () => {
  const { privateTextToComprehend: _, ...stored } = settings;
  expect(tenantSettings.parse(stored).privateTextToComprehend).toBe(false);
});
