import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { stalledLine } from "../../../cli/policy/wait-for-job.ts";
import { timeOf, windowOf } from "../../../cli/time-window.ts";
import { backtestLines, backtestTable } from "../../../cli/views/backtest-view.ts";
import { undoLines } from "../../../cli/views/undo-view.ts";
import { backtestView, undoView } from "../../../shared/contracts/job-routes.ts";
import { type Answer, backtestCounter } from "../../../shared/policy/backtest-counter.ts";
import { backtestReport } from "../../../shared/policy/backtest-report.ts";
import { undoCounter } from "../../../shared/policy/undo-counter.ts";

const textOf = (lines: readonly string[]): string => stripVTControlCharacters(lines.join("\n"));

const SINCE = new Date("2026-11-12T00:00:00Z");
const UNTIL = new Date("2026-11-22T00:00:00Z");

const answer = (action: Answer["action"], rule: string, policy = "house-rules"): Answer => ({
  action,
  queue: "default",
  policy: { id: policy, version: 2, rule, matched: [{ rule, values: { "label.insult.probability": 0.8123 } }] },
});

/** Ten days with twenty posts each, of which the candidate flags one more. */
function report(drifts = false, asked = 20) {
  const counter = backtestCounter();
  for (let day = 12; day < 22; day++)
    for (let index = 0; index < 20; index++) {
      const active = index < 5 ? answer("flag", "insult", "touchstone-default") : answer("allow", "none");
      const candidate = index < 6 ? answer("flag", "insult") : answer("allow", "none");
      counter.count(
        {
          ref: { kind: "post", id: `p-${day}-${index}`, revision: "r1" },
          scoredAt: `2026-11-${day}T10:00:00.000Z`,
          facts: {
            kind: "post",
            surface: "comment",
            language: "en",
            labels: [{ label: "insult", probability: 0.81, severity: 3 }],
          },
        },
        drifts && index === 0 ? answer("hold", "insult") : active,
        active,
        asked === 0 ? active : candidate,
        index < asked,
      );
    }
  const looks = { before: true, active: true, candidate: true };
  for (let index = 0; index < 8; index++) counter.countDecision(index < 6, looks);
  const used = { reads: 40, writes: 20, messages: 20, milliseconds: 4_200 };
  return backtestReport({ tally: counter.tally(), since: SINCE, until: UNTIL, minutesPerCase: 1.5, used });
}

const view = (drifts = false, asked = 20) =>
  backtestView.parse({
    id: "mwseuxjg-613f4bc2",
    state: "done",
    by: "key:1",
    at: UNTIL.toISOString(),
    since: SINCE.toISOString(),
    until: UNTIL.toISOString(),
    progress: { parts: 10, done: 10, items: 200, stalled: [] },
    candidate: { policy: "house-rules", version: 3, saved: true, active: [{ id: "house-rules", version: 2 }] },
    report: report(drifts, asked),
  });

describe("the report of a backtest", () => {
  it("says how much changes, what it costs and how sure that is", () => {
    const made = report();
    expect(made).toMatchObject({
      items: 200,
      days: 10,
      changed: { items: 10, share: 0.05 },
      drifted: 0,
      moves: [
        { base: "active", from: "allow", to: "flag", items: 10 },
        { base: "before", from: "allow", to: "flag", items: 10 },
      ],
      cost: { minutesPerDay: 1.5, low: 1.5, high: 1.5 },
      precision: { decided: 8, upheld: 6, candidate: { share: 0.75 } },
    });
    // One more case on each of ten whole days: nothing varies.
    expect(made.queues[0]).toMatchObject({
      active: 50,
      candidate: 60,
      change: { active: { perDay: 1, low: 1, high: 1, from: "days" } },
    });
    expect(made.groups.language).toEqual([
      { name: "en", items: 200, changed: 10, review: { before: 0.25, active: 0.25, candidate: 0.3 } },
    ]);
  });

  it("says where the candidate was not asked, and not that it would change nothing", () => {
    const never = textOf(backtestLines(view(false, 0)));
    expect(never).toContain("the candidate has a say in none of them");
    expect(never).not.toContain("would be treated otherwise");
    const seldom = textOf(backtestLines(view(false, 6)));
    expect(seldom).toContain("the candidate has a say in 60 of them; the rest is other policies'");
    expect(seldom).toContain("10 of them");
    expect(textOf(backtestLines(view()))).not.toContain("has a say");
  });

  it("takes days without any verdict for days without traffic, and not for quiet ones", () => {
    const earlier = new Date("2026-10-23T00:00:00Z");
    const counter = backtestCounter();
    counter.count(
      {
        ref: { kind: "post", id: "p", revision: "r1" },
        scoredAt: "2026-11-21T10:00:00.000Z",
        facts: { kind: "post", surface: "comment", language: "en", labels: [] },
      },
      answer("allow", "none"),
      answer("allow", "none"),
      answer("flag", "insult"),
    );
    const used = { reads: 0, writes: 0, messages: 0, milliseconds: 0 };
    const until = new Date("2026-11-21T12:00:00Z");
    const made = backtestReport({ tally: counter.tally(), since: earlier, until, used, minutesPerCase: 1 });
    expect(made.days).toBe(0.5);
    expect(made.queues[0]?.change.active).toMatchObject({ perDay: 2, from: "counts" });
  });

  it("is printed with every part that a lead asks for", () => {
    const printed = textOf(backtestLines(view()));
    for (const part of [
      "Backtest of house-rules (version 3)",
      "10 of them (5.0%, 95%: 2.7% to 9.0%)",
      "as they were decided then",
      "allow → flag",
      "+1.5 minutes of moderators a day (95%: +1.5 to +1.5), at 1.5 minutes a case",
      "40 reads",
      "By language",
      "8 cases that people decided in the window, 6 upheld",
      "allow → flag  post p-",
      "now no rule applies; then by insult of house-rules 2 (label.insult.probability 0.812)",
    ])
      expect(printed).toContain(part);
    expect(printed).not.toContain("decided then  ");
  });

  it("shows what was decided then beside what is active only where they differ", () => {
    const printed = textOf(backtestLines(view(true)));
    expect(printed).toContain("would treat 10 otherwise than they were decided then");
    expect(printed).toMatch(/action +decided then +active now +candidate/);
  });

  it("says of one that is not done how far it is, and why it stalls", () => {
    const { report: _, ...running } = view();
    const stalled = {
      ...running,
      state: "stalled" as const,
      progress: { ...running.progress, done: 4, stalled: [{ day: "2026-11-16", reason: "policy_not_usable" }] },
    };
    expect(textOf(backtestLines(stalled))).toContain("stalled, 4 of 10 days");
    expect(stalledLine(stalled)).toContain("2026-11-16 (policy_not_usable)");
    expect(textOf(backtestTable([stalled]))).toContain("house-rules 3");
    expect(backtestTable([])).toEqual(["no backtest in the last 30 days"]);
  });
});

describe("an undo, printed", () => {
  const counter = undoCounter();
  const item = {
    scoredAt: SINCE.toISOString(),
    rule: "house-rules/insult",
    from: "flag",
    to: "allow",
    rank: 1,
  } as const;
  counter.count({ ...item, ref: { kind: "post", id: "p-1", revision: "r1" }, outcome: "close" });
  counter.count({
    ...item,
    ref: { kind: "post", id: "p-2", revision: "r1" },
    outcome: "kept_human",
    decided: "uphold",
  });
  counter.pass(true);
  const undo = (dryRun: boolean) =>
    undoView.parse({
      ...{ id: "mwseuxjg-613f4bc2", state: "done", by: "key:1", at: UNTIL.toISOString() },
      ...{ since: SINCE.toISOString(), until: UNTIL.toISOString() },
      progress: { parts: 10, done: 10, items: 3, stalled: [] },
      cause: { rule: "insult", policy: { id: "house-rules", version: 2 } },
      dryRun,
      result: counter.tally(),
    });

  it("says what would be done, and how to do it", () => {
    const printed = textOf(undoLines(undo(true)));
    for (const part of [
      "Dry run of an undo of the rule insult of house-rules version 2",
      "1 verdict: its open case would be closed as overturned",
      "1 verdict: a person decided it, and it would stay so",
      "1 verdict stands: another finding asks for the same",
      "flag → allow  post p-2, revision r1, by house-rules/insult (a person: uphold)",
      "policy undo --run mwseuxjg-613f4bc2 --note TEXT",
    ])
      expect(printed).toContain(part);
  });

  it("says what was done, without offering it again", () => {
    const printed = textOf(undoLines(undo(false)));
    expect(printed).toContain("1 verdict: its open case was closed as overturned");
    expect(printed).not.toContain("--run");
  });
});

describe("a window", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  it.each([
    ["30d", "2026-10-23T12:00:00.000Z"],
    ["12h", "2026-11-22T00:00:00.000Z"],
    ["90m", "2026-11-22T10:30:00.000Z"],
    ["2026-11-01T00:00:00+01:00", "2026-10-31T23:00:00.000Z"],
  ])("of %s begins at %s", (said, time) => {
    expect(timeOf("policy backtest", "since", said, now)).toBe(time);
  });

  it("needs a beginning that can be read", () => {
    expect(() => timeOf("policy backtest", "since", "yesterday", now)).toThrow("--since takes 30d");
    expect(() => windowOf("policy undo", { since: undefined, until: undefined }, now)).toThrow(
      "policy undo: say from when",
    );
  });
});
