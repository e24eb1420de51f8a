import { describe, expect, it } from "vitest";
import { type JudgeAndRecord, judgeAndRecord } from "../../../functions/score-post/judge-and-record.ts";
import { type ItemMessage, verdictMessage } from "../../../shared/contracts/messages.ts";
import type { Post } from "../../../shared/domain/item.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";
import { prepareItem, toMessage } from "../../../shared/queue/prepare-item.ts";
import { exampleKeys, examplePost, exampleVerdict, NOW, PLANTED } from "../domain/examples.ts";
import { memoryAuthors, memoryContents, memoryNotes, memoryTopic, memoryVerdicts, settingsOf } from "./ports.ts";

const keys = exampleKeys();
const messageOf = async (post: Post, tenant = "acme"): Promise<ItemMessage> =>
  toMessage(keys, tenant, await prepareItem(keys, tenant, post), NOW);

function scorer(made: Partial<Verdict> = {}, more: Partial<JudgeAndRecord> = {}) {
  const verdicts = memoryVerdicts();
  const contents = memoryContents();
  const topic = memoryTopic();
  const notes = memoryNotes();
  let judged = 0;
  const ports: JudgeAndRecord = {
    settingsOf: settingsOf(),
    keys,
    authors: memoryAuthors(),
    verdicts,
    contents,
    topic,
    notes,
    policiesOf: async () => builtInPolicies,
    judge: async ({ tenant, ref, digest, post }) => {
      judged += 1;
      return exampleVerdict({ tenant, ref, digest, visibility: post.channel.visibility, severity: judged, ...made });
    },
    clock: () => NOW,
  };
  const judgeIn = judgeAndRecord({ ...ports, ...more });
  const step = (message: ItemMessage, messages = 1) => judgeIn(message, { remainingMs: () => 20_000, messages });
  return { step, verdicts, contents, topic, notes, judgements: () => judged };
}
const kept = ({ contents }: ReturnType<typeof scorer>) => [...contents.rows.values()];

describe("a post from the queue", () => {
  it("gets its verdict, its words kept, its event published", async () => {
    const it = scorer();
    await it.step(await messageOf(examplePost({ revision: "r1" })));
    expect([...it.verdicts.rows.values()]).toMatchObject([{ verdict: { action: "flag", ref: { revision: "r1" } } }]);
    expect(kept(it)).toEqual([
      { author: "author-1", said: { text: "What a lovely morning.", excerpt: false }, days: 90 },
    ]);
    const [event] = it.topic.published;
    expect(verdictMessage.parse(event?.message).verdict.ref).toEqual({ kind: "post", id: "post-1", revision: "r1" });
    expect(event?.routing).toEqual({ tenant: "acme", kind: "post", action: "flag", lane: "medium" });
    expect(JSON.stringify(event)).not.toContain("lovely");
  });

  it("that comes again publishes the first verdict, not a second opinion", async () => {
    const it = scorer();
    const message = await messageOf(examplePost());
    await it.step(message);
    await it.step(message);
    expect(it.topic.published.map(({ message: one }) => verdictMessage.parse(one).verdict.severity)).toEqual([1, 1]);
  });

  it("whose publishing failed fails, and does all that it owes when it comes again", async () => {
    let down = true;
    const topic = memoryTopic(() => down);
    const it = scorer({}, { topic });
    const message = await messageOf(examplePost());
    await expect(it.step(message)).rejects.toThrow();
    down = false;
    await it.step(message);
    expect(topic.published).toHaveLength(1);
  });

  it("with other content under a known revision is a conflict, and changes nothing", async () => {
    const it = scorer();
    await it.step(await messageOf(examplePost({ revision: "r1" })));
    const edited = await messageOf(examplePost({ revision: "r1", text: PLANTED }));
    await expect(it.step(edited)).rejects.toMatchObject({ code: "revision_conflict" });
    expect(it.topic.published).toHaveLength(1);
    expect(JSON.stringify(kept(it))).not.toContain(PLANTED);
  });

  it("that was allowed is not kept and not published, unless the tenant asks", async () => {
    const plain = scorer({ action: "allow" });
    await plain.step(await messageOf(examplePost()));
    expect([kept(plain).length, plain.topic.published.length, plain.verdicts.rows.size]).toEqual([0, 0, 1]);

    const keeping = scorer({ action: "allow" }, { settingsOf: settingsOf({ keepAllowedContent: true }) });
    await keeping.step(await messageOf(examplePost()));
    expect([kept(keeping).length, keeping.topic.published.length]).toEqual([1, 0]);

    const telling = scorer({ action: "allow" }, { settingsOf: settingsOf({ publishAllowed: true }) });
    await telling.step(await messageOf(examplePost()));
    expect([kept(telling).length, telling.topic.published.length]).toEqual([0, 1]);
  });

  it("that is private is not kept; by the tenant's wish a short excerpt is", async () => {
    const secret = examplePost({
      channel: { id: "dm", visibility: "private", surface: "message" },
      text: `${"a".repeat(500)} ${PLANTED} ${"b".repeat(500)}`,
    });
    const found = exampleVerdict().labels.map((one) => ({ ...one, spans: [[501, 515] as [number, number]] }));
    const plain = scorer({ labels: found });
    await plain.step(await messageOf(secret));
    expect(kept(plain)).toEqual([]);
    expect(JSON.stringify(plain.topic.published)).not.toContain(PLANTED);

    const asked = scorer({ labels: found }, { settingsOf: settingsOf({ keepPrivateExcerpt: true, contentDays: 7 }) });
    await asked.step(await messageOf(secret));
    expect(kept(asked)).toEqual([
      { author: "author-1", said: { text: expect.stringContaining(PLANTED), excerpt: true }, days: 7 },
    ]);
    expect(kept(asked)[0]?.said.text.length).toBeLessThan(210);
  });

  it("without words has only its media to keep", async () => {
    const it = scorer();
    await it.step(await messageOf(examplePost({ text: undefined, media: [{ id: "m", type: "image" }] })));
    expect([...it.contents.rows.values()]).toMatchObject([{ said: { text: "", media: [{ id: "m" }] } }]);
    expect(it.topic.published).toHaveLength(1);
  });

  it("brings the verdict that was made at the door, and that one is stored", async () => {
    const it = scorer();
    const message = await messageOf(examplePost());
    await it.step({ ...message, verdict: exampleVerdict({ ref: message.ref, digest: message.digest, severity: 7 }) });
    expect(it.judgements()).toBe(0);
    expect([...it.verdicts.rows.values()]).toMatchObject([{ verdict: { severity: 7 } }]);
  });

  it("of an author who has since asked to be forgotten leaves nothing behind; what they wrote later does", async () => {
    const it = scorer({}, { authors: memoryAuthors({ "author-1": NOW, "author-2": new Date(NOW.getTime() - 1) }) });
    await it.step(await messageOf(examplePost()));
    expect([it.verdicts.rows.size, kept(it).length, it.topic.published.length]).toEqual([0, 0, 0]);
    await it.step(await messageOf(examplePost({ author: { id: "author-2" } })));
    expect([it.verdicts.rows.size, kept(it).length, it.topic.published.length]).toEqual([1, 1, 1]);
  });

  it("with a verdict of another item, or another item than it says, is of no use", async () => {
    const it = scorer();
    const message = await messageOf(examplePost());
    const verdict = exampleVerdict({ ref: message.ref, digest: message.digest });
    for (const wrong of [
      { ...message, verdict: { ...verdict, tenant: "other" } },
      { ...message, verdict: { ...verdict, digest: "x".repeat(43) } },
      { ...message, verdict: { ...verdict, ref: { ...verdict.ref, id: "post-2" } } },
      { ...message, verdict: { ...verdict, ref: { ...verdict.ref, revision: "r2" } } },
      { ...message, ref: { ...message.ref, id: "post-2" } },
      { ...message, tenant: "nobody" },
    ])
      await expect(it.step(wrong)).rejects.toMatchObject({ name: "Unprocessable" });
    expect(it.verdicts.rows.size + it.topic.published.length).toBe(0);
  });

  it("is noted together with those of its batch, once as the first and then as a repeat", async () => {
    const it = scorer();
    const messages = await Promise.all(["a", "b", "c"].map((id) => messageOf(examplePost({ id, revision: "r1" }))));
    await Promise.all(messages.map((message) => it.step(message, 3)));
    const [first] = messages;
    if (!first) throw new Error("no message");
    await it.step(first);
    expect(
      it.notes.calls.map(({ tenant, noted }) => [tenant, noted.map(({ made, isFirst }) => [made.ref.id, isFirst])]),
    ).toEqual([
      [
        "acme",
        [
          ["a", true],
          ["b", true],
          ["c", true],
        ],
      ],
      ["acme", [["a", false]]],
    ]);
    expect(it.notes.calls[0]?.by).toEqual({ policies: builtInPolicies, breakerFactor: 5 });
  });

  it("comes again where it was not noted, with the verdict that it has, and is noted then", async () => {
    let down = true;
    const notes = memoryNotes(() => down);
    const it = scorer({}, { notes });
    const message = await messageOf(examplePost());
    await expect(it.step(message)).rejects.toThrow("the journal is down");
    expect(it.verdicts.rows.size).toBe(1);
    down = false;
    await it.step(message);
    const stored = [...it.verdicts.rows.values()].map(({ verdict }) => verdict);
    expect(notes.calls.map(({ noted }) => noted)).toEqual([[{ made: stored[0], isFirst: false }]]);
  });
});
