import { describe, expect, it } from "vitest";
import { quarantineLines } from "../../../cli/views/quarantine-view.ts";
import { type ShadowReport, shadowLines } from "../../../cli/views/shadow-view.ts";

const opinion = (action: "flag" | "hold" | "allow", rule: string, values = {}) => ({
  action,
  queue: "default",
  policy: { id: "house", version: 2, rule, reasonCode: "insult" },
  values,
});
const report: ShadowReport = {
  id: "house",
  version: 2,
  isRunning: true,
  since: "2026-11-22T15:00:00.000Z",
  evaluated: 1_000,
  different: 30,
  share: { estimate: 0.03, low: 0.021, high: 0.0425 },
  moves: [
    { from: "flag", to: "hold", items: 20, share: { estimate: 0.02, low: 0.013, high: 0.031 } },
    { from: "flag", to: "flag", items: 10, share: { estimate: 0.01, low: 0.005, high: 0.018 } },
  ],
  latest: Array.from({ length: 12 }, (_, index) => ({
    ref: { kind: "post" as const, id: `p-${index}`, revision: "r1" },
    scoredAt: "2026-11-22T15:01:00.000Z",
    surface: "comment" as const,
    labels: [{ label: "insult", probability: 0.93 }],
    decided: opinion("flag", "insult"),
    candidate: opinion("hold", "insult-held", { "label.insult.probability": 0.93 }),
  })),
};

describe("the view of", () => {
  it("a shadow says how many differ, from what to what, and the latest with both rules", () => {
    const lines = shadowLines(report);
    expect(lines.slice(0, 5)).toEqual([
      "house version 2 runs beside; asked since 2026-11-22T15:00:00.000Z",
      "30 of 1,000 items differ: 3% (2% to 4%)",
      `  flag  → hold   ${"█".repeat(24)}      20  2% (1% to 3%)`,
      `  flag  → flag   ${"█".repeat(12)}${" ".repeat(12)}      10  1% (1% to 2%)  another queue`,
      "",
    ]);
    expect(lines.slice(5, 8)).toEqual([
      "2026-11-22T15:01:00.000Z  post p-0 r1  insult 93%",
      "  was       flag by house 2 insult",
      "  would be  hold by house 2 insult-held (label.insult.probability 0.93)",
    ]);
    expect(lines.at(-1)).toBe("… and 2 more; --json has them");
  });

  it("a shadow that saw nothing says so", () => {
    const { since: _, ...rest } = report;
    const share = { estimate: 0, low: 0, high: 1 };
    const nothing = { ...rest, isRunning: false, evaluated: 0, different: 0, share, moves: [], latest: [] };
    expect(shadowLines(nothing)).toEqual(["house version 2 does not run beside", "no item has come by yet"]);
  });

  it("quarantines says what is held, why and until when, and what happened", () => {
    expect(quarantineLines({ quarantines: [], history: [] })).toEqual(["nothing is held"]);
    const held = {
      id: "q1",
      subject: "rule" as const,
      name: "links",
      kind: "post" as const,
      effect: "flag" as const,
      at: "2026-11-22T15:00:00.000Z",
      until: "2026-11-23T15:00:00.000Z",
      usual: 0.01,
      factor: 5,
      seen: 0.2,
      hits: 100,
      items: 500,
    };
    const announced = { ...held, subject: "label" as const, name: "child_safety", effect: "announced" as const };
    const closed = {
      id: "e",
      type: "breaker.closed" as const,
      at: held.at,
      quarantine: held,
      by: "key:1",
      note: "ours\u0007",
    };
    const lines = quarantineLines({ quarantines: [held, announced], history: [closed] });
    expect(lines[1]).toMatch(
      /^rule links +100 of 500 posts \(20%\) +up to 1% +flags at most +2026-11-22T15.* 2026-11-23T15/,
    );
    expect(lines[2]).toMatch(/^label child_safety .*goes on/);
    expect(lines.at(-1)).toMatch(/held no longer +rule links \(posts\) +key:1 +ours/);
    expect(lines.join("\n")).not.toContain("\u0007");
  });
});
