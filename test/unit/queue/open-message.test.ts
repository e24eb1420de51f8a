import { describe, expect, it } from "vitest";
import type { ItemMessage } from "../../../shared/contracts/messages.ts";
import type { Item, ItemKind } from "../../../shared/domain/item.ts";
import { openMessage, verdictFor } from "../../../shared/queue/open-message.ts";
import { prepareItem, toMessage } from "../../../shared/queue/prepare-item.ts";
import { exampleFollow, exampleReview, exampleSnapshot } from "../domain/example-items.ts";
import { exampleKeys, examplePost, exampleVerdict, NOW } from "../domain/examples.ts";
import { memoryAuthors, settingsOf } from "../functions/ports.ts";

const keys = exampleKeys();
const messageOf = async (item: Item): Promise<ItemMessage> =>
  toMessage(keys, "acme", await prepareItem(keys, "acme", item), NOW);
const open = (message: ItemMessage, kinds: readonly ItemKind[], erased: Readonly<Record<string, Date>> = {}) =>
  openMessage({ settingsOf: settingsOf(), keys, authors: memoryAuthors(erased) }, message, kinds);
const earlier = new Date(NOW.getTime() - 1);
const later = new Date(NOW.getTime() + 1);

const items: readonly [ItemKind, Item, string][] = [
  ["post", examplePost(), "author-1"],
  ["review", exampleReview(), "author-1"],
  ["follow", exampleFollow("follow-1"), "shop-1"],
  ["audience", exampleSnapshot("snap-1", 7), "shop-1"],
];

describe.each(items)("a message with a %s", (kind, item, person) => {
  it("is opened with its tenant's settings", async () => {
    const opened = await open(await messageOf(item), ["post", "review", "follow", "audience"]);
    expect(opened?.settings.tenant).toBe("acme");
    expect(opened?.item).toMatchObject({ kind, id: item.id });
  });

  it("is dropped where the person that it is about asked, then or later, to be forgotten; not where before", async () => {
    const message = await messageOf(item);
    expect(await open(message, [kind], { [person]: NOW })).toBeUndefined();
    expect(await open(message, [kind], { [person]: later })).toBeUndefined();
    expect(await open(message, [kind], { [person]: earlier })).toBeDefined();
    expect(await open(message, [kind], { "somebody-else": later })).toBeDefined();
  });

  it("is refused by the scorer of another kind, for an unknown tenant, and for another item than it says", async () => {
    const message = await messageOf(item);
    const others = items.map(([other]) => other).filter((other) => other !== kind);
    await expect(open(message, others)).rejects.toMatchObject({ code: "item_is_not_the_referenced_one" });
    await expect(open({ ...message, tenant: "nobody" }, [kind])).rejects.toMatchObject({ code: "tenant_unknown" });
    for (const ref of [
      { ...message.ref, id: "another-1" },
      { ...message.ref, kind: others[0] ?? "post" },
    ])
      await expect(open({ ...message, ref }, [kind, ...others])).rejects.toMatchObject({
        code: "item_is_not_the_referenced_one",
      });
  });
});

describe("a message with a private item", () => {
  it("opens only as the revision of the tenant that it was sealed for", async () => {
    const dm = { id: "dm-7", visibility: "private", surface: "message" };
    const message = await messageOf(examplePost({ channel: dm }));
    expect(message.item).toBeUndefined();
    expect((await open(message, ["post"]))?.item).toMatchObject({ id: "post-1", channel: dm });
    for (const wrong of [
      { ...message, ref: { ...message.ref, revision: "r9" } },
      { ...message, sealed: `${message.sealed?.slice(0, -4)}AAAA` },
    ])
      await expect(open(wrong, ["post"])).rejects.toThrow();
    const bothKnown = { settingsOf: () => settingsOf()("acme"), keys, authors: memoryAuthors() };
    await expect(openMessage(bothKnown, { ...message, tenant: "other" }, ["post"])).rejects.toThrow();
  });
});

describe("the verdict of a message", () => {
  it("is the one that came along, else the one that is made now; never that of another item", async () => {
    const message = await messageOf(examplePost());
    const own = exampleVerdict({ ref: message.ref, digest: message.digest });
    const made = exampleVerdict({ severity: 1 });
    expect(verdictFor({ ...message, verdict: own }, () => made)).toBe(own);
    expect(verdictFor(message, () => made)).toBe(made);
    for (const more of [{ tenant: "other" }, { digest: "x".repeat(43) }, { ref: { ...message.ref, revision: "r9" } }])
      expect(() => verdictFor({ ...message, verdict: { ...own, ...more } }, () => made)).toThrowError(
        expect.objectContaining({ code: "verdict_of_another_item" }),
      );
  });
});
