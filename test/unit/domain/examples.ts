import { createHash } from "node:crypto";
import { type Case, openCase } from "../../../shared/domain/case.ts";
import { item, type Post } from "../../../shared/domain/item.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { type Keys, tenantKeys } from "../../../shared/keys/keys.ts";

export const NOW = new Date("2026-11-22T12:00:00.000Z");

/** A word that may stand in no log, no fault and no answer but a moderator's. */
export const PLANTED = "zyxplantedword";

/** A post as a platform sends it: only what is needed. */
export const wirePost = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  kind: "post",
  id: "post-1",
  createdAt: "2026-11-22T11:59:00Z",
  channel: { id: "town-square", visibility: "public", surface: "comment" },
  author: { id: "author-1" },
  text: "What a lovely morning.",
  ...more,
});

/** The same as wirePost, parsed. */
export function examplePost(more: Record<string, unknown> = {}): Post {
  const parsed = item.parse(wirePost(more));
  if (parsed.kind !== "post") throw new Error("not a post");
  return parsed;
}

/** A flagged verdict. */
export const exampleVerdict = (more: Partial<Verdict> = {}): Verdict => ({
  tenant: "acme",
  ref: { kind: "post", id: "post-1", revision: "r1" },
  digest: "d".repeat(43),
  action: "flag",
  severity: 4,
  queue: "default",
  lane: "medium",
  labels: [
    {
      label: "insult",
      score: 0.9,
      probability: 0.9,
      severity: 4,
      spans: [[0, 4]],
      reasons: [{ code: "text.insult", params: { count: 1 } }],
      source: "text-lexicon",
      version: "1",
    },
  ],
  features: { words: 4 },
  policy: { id: "touchstone-default", version: 1, rule: "insult", reasonCode: "insult" },
  models: ["text-lexicon@1"],
  status: "complete",
  language: "en",
  authorId: "author-1",
  channelId: "town-square",
  visibility: "public",
  surface: "comment",
  brandIds: [],
  receivedAt: "2026-11-22T11:59:58.000Z",
  scoredAt: "2026-11-22T11:59:59.000Z",
  ...more,
});

/** The open case of a flagged post whose id is `name`. */
export const exampleCase = (name = "post-1", made: Partial<Verdict> = {}, openedAt = NOW): Case =>
  openCase(exampleVerdict({ ref: { kind: "post", id: name, revision: "r1" }, ...made }), openedAt);

/** Real keys over data keys made from the tenant's name. */
export const exampleKeys = (): Keys =>
  tenantKeys(
    async (tenant) => createHash("sha256").update(`data key of ${tenant}`).digest(),
    () => NOW,
  );

/** What the flood breaker found too much of: a rule that came twenty times as often as usual. */
export const exampleTrip = {
  subject: "rule",
  name: "links",
  kind: "post",
  effect: "flag",
  usual: 0.01,
  factor: 5,
  seen: 0.2,
  hits: 100,
  items: 500,
} as const;
