import { describe, expect, it } from "vitest";
import { clockTime, progressLine } from "../../../cli/progress-line.ts";
import { age } from "../../../cli/views/age.ts";
import { audienceLines } from "../../../cli/views/audience-view.ts";
import { bar, percent } from "../../../cli/views/bar.ts";
import { caseLines, caseTable } from "../../../cli/views/case-view.ts";
import { table } from "../../../cli/views/table.ts";
import { targetLines } from "../../../cli/views/target-view.ts";
import { type ExplainedVerdict, itemLines } from "../../../cli/views/verdict-view.ts";

const verdict: ExplainedVerdict = {
  ref: { kind: "post", id: "p-1", revision: "r1" },
  digest: "d".repeat(43),
  action: "flag",
  severity: 4,
  queue: "default",
  lane: "medium",
  labels: [
    {
      label: "insult",
      score: 1,
      probability: 0.934,
      severity: 4,
      spans: [[3, 9]],
      reasons: [{ code: "text.insult" }],
      source: "s",
      version: "1",
    },
  ],
  features: {},
  policy: { id: "touchstone-default", version: 1, rule: "insult", reasonCode: "insult" },
  models: ["m@1"],
  status: "complete",
  authorId: "a",
  visibility: "public",
  surface: "comment",
  brandIds: [],
  receivedAt: "2026-11-22T15:00:00.000Z",
  scoredAt: "2026-11-22T15:00:01.500Z",
  explanation: [{ label: "insult", title: "insult", why: ["Uses 1 insulting word."], laws: [] }],
};

describe("a bar", () => {
  it("is as long as its share, never invisible for something, and as wide as asked", () => {
    expect([bar(10, 10, 4), bar(5, 10, 4), bar(0, 10, 4), bar(1, 1_000_000, 4)]).toEqual([
      "████",
      "██  ",
      "    ",
      "▏   ",
    ]);
    expect(bar(20, 10, 4)).toBe("████");
  });
  it("and a percentage never round something to nothing or all", () => {
    expect([0, 0.001, 0.5, 0.999, 1].map(percent)).toEqual(["0%", "<1%", "50%", ">99%", "100%"]);
  });
});

describe("the view of", () => {
  it("a verdict says what, why, by which rule, where, and how long it took", () => {
    expect(itemLines({ verdicts: [verdict], pending: ["r2"], reflected: [] })).toEqual([
      "flag  post p-1, revision r1",
      "  by the rule insult of touchstone-default version 1; lane medium, severity 4 of 7",
      "  scored 2026-11-22T15:00:01.500Z, 1.5 s after it was received",
      "  insult (insult): 93% probable, severity 4 of 7",
      "    - Uses 1 insulting word.",
      "    - at characters 3-9",
      "waiting  revision r2 was accepted and is not scored yet",
    ]);
  });

  it("a target shows its stars with and without suspects, and its latest days", () => {
    const lines = targetLines({
      id: "hotel",
      all: { count: 10, mean: 3.4, stars: [4, 0, 0, 0, 6] },
      withoutSuspected: { count: 5, mean: 1.8, stars: [4, 0, 0, 0, 1] },
      suspected: 5,
      days: [
        { day: "2026-11-01", count: 0, oneStar: 0, fiveStar: 0, suspected: 0 },
        { day: "2026-11-02", count: 4, oneStar: 4, fiveStar: 0, suspected: 0 },
        { day: "2026-11-03", count: 6, oneStar: 0, fiveStar: 6, suspected: 5 },
      ],
      windows: [
        {
          from: "2026-11-03",
          to: "2026-11-03",
          kind: "praise_burst",
          reviews: 6,
          oneStar: 0,
          fiveStar: 6,
          firstTime: 4,
          suspected: 5,
          usualPerDay: 0.4,
          why: ["6 reviews in a day (usual 0.4 a day)."],
        },
      ],
      sharedReviewers: [5, 3],
      firstSeen: "2026-11-02T10:00:00Z",
      lastSeen: "2026-11-03T10:00:00Z",
    });
    expect(lines[0]).toBe("hotel: 10 reviews, 5 of them consistent with fakery (50%)");
    expect(lines[4]).toMatch(/^ {2}5 ★ {2}█{20} +6 {2}60% {3}█+[▏▎▍▌▋▊▉]? +1 {2}20%$/);
    expect(lines[8]).toMatch(/^ {2}1 ★ {2}█+[▏▎▍▌▋▊▉]? +4 {2}40% {3}█+[▏▎▍▌▋▊▉]? +4 {2}80%$/);
    expect(lines[9]).toMatch(/^ {2}mean 3\.40 +1\.80$/);
    expect(lines.slice(-8)).toEqual([
      `  2026-11-02  ${"█".repeat(20)}${" ".repeat(10)}      4  4 with one star`,
      `+ 2026-11-03  ${"█".repeat(30)}      6  6 with five, 5 suspected`,
      "",
      "unusual days:",
      "  + 2026-11-03",
      "    - 6 reviews in a day (usual 0.4 a day).",
      "",
      "reviewers shared with other targets: 5, 3 with the 2 that it shares most with",
    ]);
  });

  it("a target without a review divides by nothing", () => {
    const none = { count: 0, stars: [0, 0, 0, 0, 0] as [number, number, number, number, number] };
    const lines = targetLines({
      id: "new",
      all: none,
      withoutSuspected: none,
      suspected: 0,
      days: [],
      windows: [],
      sharedReviewers: [],
    });
    expect(lines.join("\n")).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("an audience shows the share with its interval, and marks each burst with what it is consistent with", () => {
    const window = {
      start: "2026-11-22T10:00:00.000Z",
      end: "2026-11-22T12:00:00.000Z",
      followers: 800,
      suspicious: 640.4,
    };
    const text = audienceLines({
      version: 3,
      assessment: {
        account: "star",
        followers: 1_000,
        scored: 990,
        fakeShare: { estimate: 0.5, low: 0.25, high: 0.74 },
        windows: [
          { ...window, kind: "bought" },
          { ...window, start: "2026-11-22T08:00:00.000Z", suspicious: 3, kind: "viral" },
        ],
      },
      verdict: { ...verdict, ref: { kind: "audience", id: "star", revision: "v3" } },
      notes: ["Some came more than once."],
    }).join("\n");
    expect(text).toContain("note: Some came more than once.");
    expect(text).toContain("star\n1,000 followers; 990 follows seen with a profile that was judged");
    expect(text).toContain(`  0% ${"·".repeat(10)}${"░".repeat(10)}█${"░".repeat(9)}${"·".repeat(10)} 100%`);
    expect(text).toContain(`2026-11-22 10:00 to 2026-11-22 12:00 UTC\n    ${"█".repeat(30)} 400 an hour`);
    expect(text).toContain("800 followers, 640 of them suspicious; consistent with purchase: profiles");
    expect(text).toContain(`${"█".repeat(15)}${" ".repeat(15)} 200 an hour`);
    expect(text).toContain("3 of them suspicious; profiles as usual");
    expect(text).toContain("followers consistent with automation: ");
  });

  it("a case prints people's words on marked lines with nothing that plays with the terminal", () => {
    const { ref: _ref, queue: _queue, lane: _lane, ...rest } = verdict;
    const lines = caseLines({
      id: "c".repeat(22),
      state: "decided",
      queue: "default",
      lane: "medium",
      ref: verdict.ref,
      openedAt: verdict.scoredAt,
      version: 2,
      verdict: rest,
      links: {},
      content: { text: "one\n\u001b[2Jtwo \u202e", title: "a\nb", excerpt: true },
      decision: { id: "d", outcome: "uphold", reason: "other", by: "key:1", at: verdict.scoredAt, note: "\u009bnote" },
      notes: [],
    });
    expect(lines.filter((line) => line.startsWith("  | "))).toEqual([
      "  | a<U+000A>b",
      "  | one",
      "  | <U+001B>[2Jtwo <U+202E>",
      "  | <U+009B>note",
    ]);
    expect(lines).toContain("  (an excerpt)");
  });

  it("cases is a table with numbers to the right; without a case it says so", () => {
    expect(
      table(
        ["id", "count"],
        [
          ["a", "7"],
          ["bbb", "1,000"],
        ],
      ),
    ).toEqual(["id   count", "a        7", "bbb  1,000"]);
    expect(caseTable([], false)).toEqual(["no open case"]);
  });
});

describe("times", () => {
  it("are told in the unit that fits", () => {
    expect([0, 59, 60, 3_600, 90_000].map(age)).toEqual(["0 s", "59 s", "1 min", "1 h", "1 d"]);
    expect([7, 61, 3_723].map(clockTime)).toEqual(["0:07", "1:01", "1:02:03"]);
  });
  it("are foretold by the share that is done", () => {
    const line = progressLine({ share: 0.25, seconds: 10, done: 500, facts: ["500 accepted"] });
    expect(line).toBe(`[${"█".repeat(6)}${"░".repeat(18)}]  25%  500 accepted · 50/s · 0:30 left`);
    expect(progressLine({ share: undefined, seconds: 0, done: 0, facts: ["x"] })).toBe("x · 0/s");
  });
});
