import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { expect, it } from "vitest";
import { caseIdOf } from "../../../shared/domain/case.ts";
import type { ItemRef } from "../../../shared/domain/id.ts";
import type { DecidedEntry, JournalEntry } from "../../../shared/domain/journal-entry.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { decidedEntriesOf, entryOf } from "../../../shared/policy/entry-of.ts";
import { decisionJournal } from "../../../shared/store/decision-journal.ts";
import type { LogPage } from "../../../shared/store/packed-log.ts";
import { verdictJournal } from "../../../shared/store/verdict-journal.ts";
import { exampleCase, exampleVerdict, NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const at = (milliseconds: number): string => new Date(NOW.getTime() + milliseconds).toISOString();
const range = (from: number, to: number) => ({
  from: new Date(NOW.getTime() + from),
  to: new Date(NOW.getTime() + to),
});
const ALL = range(-30 * DAY, 30 * DAY);

async function all<Entry>(pages: AsyncGenerator<LogPage<Entry>>): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const page of pages) entries.push(...page.entries);
  return entries;
}

const ids = (entries: readonly JournalEntry[]): string[] => entries.map(({ ref }) => ref.id);

/** What the journals of verdicts and decisions promise. `tenant` gives a name that no other test uses. */
export function journalSuite(tables: () => Tables, tenant: () => string): void {
  const open = () => {
    const name = tenant();
    const journal = verdictJournal(tables().verdicts);
    const entry = (id: string, time: number, more: Partial<Verdict> = {}, kind: ItemRef["kind"] = "post") =>
      entryOf(exampleVerdict({ tenant: name, ref: { kind, id, revision: "r1" }, scoredAt: at(time), ...more }));
    const read = (of = ALL, after?: string) => all(journal.read(name, of, after));
    return { name, journal, entry, read };
  };

  it("gives back what was noted, whole, by day, kind and minute", async () => {
    const { name, journal, entry, read } = open();
    const posts = [entry("a", 0), entry("b", 1), entry("c", 2 * MINUTE), entry("d", DAY)];
    const reviews = [entry("a", 3, { labels: [], features: {} }, "review"), entry("acc", 4, {}, "audience")];
    await journal.append(name, [...reviews, ...posts]);
    await journal.append(name, []);
    const found = await read();
    const audience = caseIdOf(name, { kind: "audience", id: "acc", revision: "r1" });
    expect(ids(found)).toEqual(["a", "b", "c", "a", audience, "d"]);
    expect(new Set(found)).toEqual(new Set([...posts, ...reviews]));
    expect(await all(journal.read(`${name}x`, ALL))).toEqual([]);
  });

  it("reads a range of times, the beginning of which counts and the end of which does not", async () => {
    const { name, journal, entry, read } = open();
    await journal.append(
      name,
      [0, 1, 2, 3, 60_000, 60_001].map((time) => entry(`p${time}`, time)),
    );
    expect(ids(await read(range(1, 3)))).toEqual(["p1", "p2"]);
    expect(ids(await read(range(0, 60_001)))).toEqual(["p0", "p1", "p2", "p3", "p60000"]);
    expect(await read(range(4, 60_000))).toEqual([]);
    // Whatever offset a time came with.
    const west = new Date(NOW.getTime() - 7 * 3_600_000).toISOString().replace("Z", "-07:00");
    await journal.append(name, [{ ...entry("west", 0), scoredAt: west }]);
    expect(ids(await read(range(0, 1))).sort()).toEqual(["p0", "west"]);
  });

  it("gives an entry once that was noted again, in the same company or another, at once or later", async () => {
    const { name, journal, entry, read } = open();
    const batch = Array.from({ length: 10 }, (_, index) => entry(`p${index}`, index));
    await Promise.all([journal.append(name, batch), journal.append(name, batch)]);
    await journal.append(name, batch.slice(3, 7));
    await journal.append(name, [entry("q", 5), ...batch.slice(9)]);
    expect(ids(await read()).sort()).toEqual([...ids(batch), "q"]);
    // Another revision is another entry.
    const revised = entry("p0", 0);
    await journal.append(name, [{ ...revised, ref: { ...revised.ref, revision: "r2" } }]);
    expect(await read()).toHaveLength(12);
  });

  it("puts the entries of a batch into one row", async () => {
    const { name, journal, entry } = open();
    await journal.append(
      name,
      Array.from({ length: 10 }, (_, index) => entry(`p${index}`, index)),
    );
    const { client, name: TableName } = tables().verdicts;
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": `${name}#journal#2026-11-22#post` },
        ConsistentRead: true,
      }),
    );
    expect(Items).toHaveLength(1);
    expect(Items[0]?.expiresAt).toBe(Math.floor(NOW.getTime() / 1000) + 35 * 86_400);
    expect(Buffer.from((Items[0]?.entries ?? []) as Uint8Array).length).toBeLessThan(900);
    expect(Items[0]?.entries).toBeDefined();
  });

  it("goes on after any page, and gives each entry once even so", async () => {
    const { name, journal, entry, read } = open();
    const own = Array.from({ length: 900 }, (_, index) => entry(`p${index}`, index * 100));
    for (let from = 0; from < own.length; from += 100)
      await Promise.all(own.slice(from, from + 100).map((one) => journal.append(name, [one])));
    await journal.append(name, own.slice(100, 130));
    await journal.append(name, [entry("next", DAY), entry("other", DAY, {}, "review")]);
    const pages: LogPage<JournalEntry>[] = [];
    for await (const page of journal.read(name, ALL)) pages.push(page);
    expect(pages.length).toBeGreaterThan(4);
    const whole = pages.flatMap(({ entries }) => ids(entries));
    expect(whole).toEqual([...ids(own), "next", "other"]);
    let seen = 0;
    for (const { entries, after, readUnits } of pages) {
      seen += entries.length;
      expect(readUnits).toBeGreaterThan(0);
      expect(ids(await read(ALL, after))).toEqual(whole.slice(seen));
    }
  });

  it("keeps a person's decision once, with what policies can be asked about it, and no name", async () => {
    const name = tenant();
    const journal = decisionJournal(tables().cases);
    const made = { id: "decision-1", outcome: "overturn", reason: "wrongly_detected", by: "key:1", at: at(5) } as const;
    const decided = { ...exampleCase("post-1", { tenant: name }), state: "decided", decision: made } as const;
    const [entry] = decidedEntriesOf(decided) as [DecidedEntry];
    for (let round = 0; round < 2; round += 1) await journal.append(name, entry);
    expect(await all(journal.read(name, ALL))).toEqual([entry]);
    expect(await all(journal.read(name, range(0, 5)))).toEqual([]);
    expect(JSON.stringify(entry)).not.toMatch(/author-1|post-1|key:1/);
    expect(decidedEntriesOf(exampleCase())).toEqual([]);

    // Undone, another is made; an escalation is none.
    const other = { ...made, id: "decision-2", outcome: "uphold", at: at(60_005) } as const;
    const undone = { decision: made, how: "undone", by: "key:1", at: at(50_000) } as const;
    const escalation = { ...made, id: "decision-3", outcome: "escalate" } as const;
    const past = [undone, { ...undone, decision: escalation }];
    for (const one of decidedEntriesOf({ ...decided, decision: other, past })) await journal.append(name, one);
    expect((await all(journal.read(name, ALL))).map(({ id }) => id)).toEqual(["decision-2"]);
  });
}
