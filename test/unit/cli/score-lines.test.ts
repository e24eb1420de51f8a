import { describe, expect, it } from "vitest";
import type { Line } from "../../../cli/items/read-items.ts";
import { memoryStates, memoryTextBands } from "../../../cli/score/memory-signals.ts";
import { type OfflineVerdict, offlineJudge } from "../../../cli/score/offline-judge.ts";
import { scoreLines } from "../../../cli/score/score-lines.ts";
import type { StateKind, Subject } from "../../../shared/store/counted-states.ts";
import { type Band, bandName, TEXT_BANDS } from "../../../shared/store/text-bands.ts";

const NOW = new Date("2026-11-22T15:00:00Z");
const writes = { createdAt: "2026-11-22T14:00:00Z", author: { id: "a" } };
const post = (id: string, text: string) => ({
  kind: "post",
  id,
  text,
  ...writes,
  channel: { id: "c", visibility: "public", surface: "comment" },
});

async function run(values: readonly unknown[]) {
  const lines: Line[] = values.map((value, index) =>
    typeof value === "string" ? { line: index + 1, fault: value } : { line: index + 1, value },
  );
  const out: OfflineVerdict[] = [];
  const bad: [number, string][] = [];
  const scored = await scoreLines(
    (async function* () {
      yield* lines;
    })(),
    {
      judge: offlineJudge(() => NOW),
      write: (line) => {
        expect(line.endsWith("\n")).toBe(true);
        out.push(JSON.parse(line) as OfflineVerdict);
        return undefined;
      },
      bad: (line, why) => bad.push([line, why]),
    },
  );
  return { out, bad, scored };
}

describe("scoring a file", () => {
  it("gives each good line a verdict with its reasons, in order", async () => {
    const { out, bad, scored } = await run([
      post("1", "what a lovely day"),
      post("2", "you are an idiot"),
      post("3", "hm"),
    ]);
    expect(out.map(({ ref }) => ref.id)).toEqual(["1", "2", "3"]);
    expect(out.map(({ action }) => action)).toEqual(["allow", "flag", "allow"]);
    expect(out[1]?.explanation[0]?.why.length).toBeGreaterThan(0);
    expect(out[1]).not.toHaveProperty("tenant");
    expect([bad, scored]).toEqual([[], { scored: 3, bad: 0 }]);
  });

  it("names a bad line with its place and goes on, without words of the line", async () => {
    const { out, bad, scored } = await run([
      "not JSON at column 3: colon expected",
      { ...post("2", "zephyrquill"), zephyrquill: 1, createdAt: "zephyrquill" },
      post("3", "hello"),
    ]);
    expect(out.map(({ ref }) => ref.id)).toEqual(["3"]);
    expect(bad[0]).toEqual([1, "not JSON at column 3: colon expected"]);
    expect(bad[1]?.[0]).toBe(2);
    expect(bad[1]?.[1]).toMatch(/\/createdAt: /);
    expect(JSON.stringify(bad)).not.toContain("zephyrquill");
    expect(scored).toEqual({ scored: 1, bad: 2 });
  });

  it("tells revisions apart by their content", async () => {
    const { out } = await run([post("1", "a"), post("1", "b"), post("1", "a")]);
    const [first, second, third] = out.map(({ ref }) => ref.revision);
    expect(first).toBe(third);
    expect(first).not.toBe(second);
  });

  it("scores a review by the reviews before it", async () => {
    const text = "the room was bright and the breakfast had everything that one could wish for in the morning";
    const review = (id: number) => ({
      kind: "review",
      ...writes,
      id: `r${id}`,
      author: { id: `author-${id}` },
      channel: { id: "c", visibility: "public", surface: "review" },
      target: { id: "hotel" },
      rating: 5,
      text,
    });
    const { out } = await run([review(1), review(2), review(3), review(4)]);
    expect(out.map(({ features }) => features.text_by_others ?? 0)).toEqual([0, 1, 2, 3]);
    expect(out.map(({ features }) => features.target_reviews ?? 0)).toEqual([0, 1, 2, 3]);
  });

  it("keeps one evolving verdict for an account's audience", async () => {
    const follow = (message: number, suspicious: boolean) => ({
      kind: "follow",
      id: `f${message}`,
      createdAt: writes.createdAt,
      account: { id: "star" },
      followers: Array.from({ length: 50 }, (_, index) => ({
        id: `${message}-${index}`,
        followedAt: `2026-11-22T1${message}:${String(index).padStart(2, "0")}:00Z`,
        profile: suspicious
          ? {
              followers: 0,
              following: 3_000,
              statuses: 0,
              favourites: 0,
              defaultImage: true,
              hasUrl: false,
              bioLength: 0,
            }
          : {
              followers: 400,
              following: 300,
              statuses: 900,
              favourites: 2_000,
              defaultImage: false,
              hasUrl: true,
              bioLength: 90,
            },
      })),
    });
    const { out } = await run([follow(1, false), follow(2, false), follow(3, true)]);
    expect(out.map(({ ref }) => [ref.kind, ref.id])).toEqual(new Array(3).fill(["audience", "star"]));
    expect(out.map(({ audience }) => audience?.followers)).toEqual([50, 100, 150]);
    const shares = out.map(({ audience }) => audience?.fakeShare?.estimate ?? -1);
    expect(shares[0]).toBeLessThan(0.2);
    expect(shares[2]).toBeGreaterThan(shares[1] ?? 1);
  });
});

describe("what is remembered in memory", () => {
  const kindOf = (name: string): StateKind => ({
    name,
    days: 1,
    shards: 0,
    after: (stored, events) => ((stored as number | undefined) ?? 0) + events.length,
  });
  const [AUTHOR, TARGET] = [kindOf("author"), kindOf("target")];
  const one = [{ id: "e", event: 1 }];

  it("is kept apart by tenant, kind and id, and what was seen longest ago is forgotten first", async () => {
    const states = memoryStates(2);
    const author = (id: string) => ({ kind: AUTHOR, id });
    const seen = async (tenant: string, subjects: Subject[]) =>
      (await states.read(tenant, subjects, NOW)).map(({ row }) => row.state);
    for (let round = 0; round < 2; round += 1) await states.count("t", author("a"), one, NOW);
    await states.count("t", author("b"), one, NOW);
    expect(await seen("t", [author("a"), { kind: TARGET, id: "a" }])).toEqual([2, undefined]);
    await states.count("t", author("c"), one, NOW);
    expect(await seen("t", [author("a"), author("b"), author("c")])).toEqual([2, undefined, 1]);
    expect(await seen("u", [author("a")])).toEqual([undefined]);
    expect(await states.exact("t", author("c"), NOW)).toBe(1);
  });

  it("of texts is bounded in each band", async () => {
    const store = memoryTextBands();
    const [x, y] = ["x", "y"].map((value) => ({ family: TEXT_BANDS, place: 0, value })) as [Band, Band];
    for (let index = 0; index < 40; index += 1) {
      const entry = { reviewId: `r${index}`, authorId: "a", targetId: "t", minima: [index] };
      await store.add("t", [{ band: x, entry }], await store.read("t", [x], NOW), NOW);
    }
    const found = await store.read("t", [x, y], NOW);
    expect([...found].map(([name, entries]) => [name, entries.length])).toEqual([[bandName(x), 12]]);
    expect((await store.read("u", [x], NOW)).size).toBe(0);
  });
});
