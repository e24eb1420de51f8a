import { describe, expect, it } from "vitest";
import { viewCase } from "../../../functions/get-case/view-case.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { caseIdOf } from "../../../shared/domain/case.ts";
import type { Content } from "../../../shared/domain/kept-content.ts";
import type { Caller, TenantSettings } from "../../../shared/domain/tenant.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { exampleCase, exampleKeys, exampleVerdict, NOW } from "../domain/examples.ts";
import { memoryAudit, memoryNotes } from "./desk-ports.ts";
import { MODERATOR, memoryCases, memoryContents, settingsOf } from "./ports.ts";
import { memoryVerdictRows } from "./state-ports.ts";

const PARENT = { kind: "post", id: "parent-1", revision: "r1" } as const;
const LINKS = { itemUrl: "https://place.example/{channel}/{kind}/{id}", mediaUrl: "/media/{id}?of={item}" };
const AUDITOR: Caller = { ...MODERATOR, role: "auditor" };
const BRAND: Caller = { ...MODERATOR, role: "brand", brands: ["acme-tea"] };

interface World {
  readonly parent?: Partial<Verdict>;
  readonly parentWords?: Content;
  readonly own?: Partial<Content>;
  readonly settings?: Partial<TenantSettings>;
  readonly verdict?: Partial<Verdict>;
}

async function open({ parent, parentWords, own, settings = {}, verdict = {} }: World) {
  const found = exampleCase("post-1", verdict);
  const [contents, verdicts, audit] = [memoryContents(), memoryVerdictRows(), memoryAudit()];
  const said = { text: "You fool.", excerpt: false, thread: { id: "t1", parentId: PARENT.id }, ...own };
  await contents.keep({ tenant: "acme", author: "author-1", ref: found.ref }, said, NOW, 90);
  if (parent) await verdicts.record(exampleVerdict({ ref: PARENT, authorId: "author-0", ...parent }), 400);
  if (parentWords) await contents.keep({ tenant: "acme", author: "author-0", ref: PARENT }, parentWords, NOW, 90);
  const view = viewCase({
    ...{ cases: memoryCases(found), contents, verdicts, settingsOf: settingsOf(settings), keys: exampleKeys() },
    ...{ audiences: { latest: async () => undefined }, documentOf: async () => undefined, notes: memoryNotes(), audit },
  });
  return {
    audit,
    as: async (caller: Caller) => {
      const answer = await view({ caller, params: { id: found.id }, query: {}, body: undefined, now: NOW });
      if (!answer.ok) throw new Error(answer.problem.type);
      return routes["get-case"].answer.schema.parse(answer.value);
    },
  };
}

describe("a case's item in its thread", () => {
  it("stands under what it answers, and that this was read is logged as well", async () => {
    const { as, audit } = await open({
      parent: { action: "allow", labels: [], channelId: "square" },
      parentWords: { text: "Look at my cake.", excerpt: false, media: [{ id: "m0", type: "image" }] },
      settings: LINKS,
    });
    const shown = await as(MODERATOR);
    expect(shown.thread).toEqual({
      id: "t1",
      parent: {
        id: "parent-1",
        ref: PARENT,
        link: "https://place.example/square/post/parent-1",
        text: "Look at my cake.",
        excerpt: false,
        media: [{ id: "m0", type: "image", url: "/media/m0?of=parent-1" }],
      },
    });
    expect(audit.entries).toMatchObject([
      { action: "case.read", case: shown.id, facts: { turn: "unclaimed" } },
      { action: "case.read", case: caseIdOf("acme", PARENT), facts: { turn: "parent", of: shown.id } },
    ]);
  });

  it.each([
    ["was never handed in", {}, "unknown"],
    ["was not kept", { parent: {} }, "not_kept"],
    ["is private", { parent: { visibility: "private" } }, "private"],
  ] as const)("says why there are no words of a parent that %s, and logs no reading", async (_, world, withheld) => {
    const { as, audit } = await open(world);
    const { thread } = await as(MODERATOR);
    expect(thread?.parent).toMatchObject({ id: "parent-1", withheld });
    expect(thread?.parent).not.toHaveProperty("text");
    expect(audit.entries).toHaveLength(1);
  });

  it("has no parent where it begins the thread", async () => {
    const { as } = await open({ own: { thread: { id: "t1" } } });
    expect((await as(MODERATOR)).thread).toEqual({ id: "t1" });
  });

  it("shows a brand no parent that does not concern it, and an auditor nothing", async () => {
    const world = {
      parent: {},
      parentWords: { text: "Not theirs.", excerpt: false },
      verdict: { brandIds: ["acme-tea"] },
    };
    const { as, audit } = await open(world);
    const branded = await as(BRAND);
    expect(branded.content?.text).toBe("You fool.");
    expect(branded.thread?.parent).toEqual({ id: "parent-1", withheld: "role" });
    expect(branded).not.toHaveProperty("guidance");
    const audited = await as(AUDITOR);
    expect(audited).toMatchObject({ contentWithheld: "role" });
    expect(JSON.stringify(audited)).not.toMatch(/fool|theirs|parent-1/);
    expect(audit.entries.filter(({ facts }) => facts?.turn === "parent")).toEqual([]);
    const own = await open({ ...world, parent: { brandIds: ["acme-tea"] } });
    expect((await own.as(BRAND)).thread?.parent?.text).toBe("Not theirs.");
  });
});

describe("links of a case", () => {
  it("lead to the item and its media at the platform, where the tenant said how", async () => {
    const own = { media: [{ id: "m:1", type: "video", mimeType: "video/mp4" }] } as const;
    const { as } = await open({
      own: { media: [...own.media] },
      settings: LINKS,
      verdict: { channelId: "town:square" },
    });
    const shown = await as(MODERATOR);
    expect(shown.links).toEqual({ item: "https://place.example/town%3Asquare/post/post-1" });
    expect(shown.content?.media).toEqual([
      { id: "m:1", type: "video", mimeType: "video/mp4", url: "/media/m%3A1?of=post-1" },
    ]);
    const without = await (await open({ own: { media: [...own.media] } })).as(MODERATOR);
    expect(without.links).toEqual({});
    expect(without.content?.media).toEqual([{ id: "m:1", type: "video", mimeType: "video/mp4" }]);
  });

  it("are none where the channel is asked for and not known, or the author was erased", async () => {
    const { channelId: _, ...nowhere } = exampleCase().verdict;
    const found = { ...exampleCase(), verdict: nowhere };
    const view = (stored: typeof found) =>
      viewCase({
        ...{ cases: memoryCases(stored), contents: memoryContents(), verdicts: memoryVerdictRows() },
        ...{ settingsOf: settingsOf(LINKS), keys: exampleKeys(), audiences: { latest: async () => undefined } },
        ...{ documentOf: async () => undefined, notes: memoryNotes(), audit: memoryAudit() },
      })({ caller: MODERATOR, params: { id: stored.id }, query: {}, body: undefined, now: NOW });
    expect(await view(found)).toMatchObject({ value: { links: {} } });
    const erased = {
      ...exampleCase(),
      state: "erased" as const,
      verdict: { ...exampleCase().verdict, authorId: "erased.x1" },
    };
    expect(await view(erased)).toMatchObject({ value: { links: {}, contentWithheld: "erased" } });
  });
});

it("followers of the author are in no part of a case, before the decision or after it", async () => {
  const about = { author: { ageDays: 3, itemsPosted: 9 } };
  const { as } = await open({ verdict: { about } });
  const text = JSON.stringify(await as(MODERATOR));
  expect(text).toContain('"ageDays":3');
  expect(text).not.toMatch(/followers|following/i);
});
