import { describe, expect, it } from "vitest";
import { audienceLines } from "../../../cli/views/audience-view.ts";
import { followCharts } from "../../../cli/views/follow-chart.ts";
import { orderChart } from "../../../cli/views/order-chart.ts";
import { wrapped } from "../../../cli/views/wrapped.ts";
import { exampleHistory, exampleWindow } from "../plots/example-history.ts";

const chartOf = (width: number): string[] => followCharts(exampleHistory(), [exampleWindow], width);
const bars = /[▁▂▃▄▅▆▇█]/;

describe("followCharts", () => {
  it.each([41, 79, 119])("keeps to %i columns and marks the window under its own column", (width) => {
    const lines = chartOf(width);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    const top = lines.find((line) => line.trimStart().startsWith("900 ")) ?? "";
    const marks = lines.find((line) => /^ +B+$/.test(line)) ?? "";
    // The highest column is the one with the mark under it.
    expect(marks[top.search(bars)]).toBe("B");
    expect(top.match(/█/g)).toHaveLength(1);
    expect(lines.join("\n")).toMatch(/\d+ Nov/);
  });

  it("says how many hours a column stands for, and shows days where more of them are known", () => {
    expect(chartOf(79)[0]).toContain("a column is the busiest of 5 hours");
    expect(chartOf(79)).toContain("new followers a day");
    expect(followCharts({ ...exampleHistory(), days: [] }, [], 79)).not.toContain("new followers a day");
  });

  it("is nothing without hours, and flat without follows", () => {
    const history = exampleHistory();
    expect(followCharts({ ...history, hours: [] }, [], 79)).toEqual([]);
    const quiet = history.hours.map((hour) => ({ ...hour, follows: 0 }));
    expect(followCharts({ ...history, hours: quiet, days: [] }, [], 79).join("")).not.toMatch(bars);
  });
});

describe("orderChart", () => {
  it("draws suspicious ones as crosses, young ones at the top, within its width", () => {
    for (const width of [41, 79]) {
      const lines = orderChart(exampleHistory().order, width);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
      const plot = lines.filter((line) => /^( {7}|2\d{3}-\d\d) /.test(line));
      const crosses = plot.flatMap((line, row) => [...line].flatMap((sign) => (sign === "×" ? [row] : [])));
      expect(crosses.length).toBeGreaterThan(3);
      // The example's suspicious accounts were all made some days before they followed.
      expect(Math.max(...crosses)).toBeLessThanOrEqual(2);
      expect(plot.join("").match(/[\u2801-\u28ff]/g)?.length).toBeGreaterThan(10);
    }
  });

  it("is nothing for fewer than two", () => {
    expect(orderChart(exampleHistory().order.slice(0, 1), 79)).toEqual([]);
  });
});

describe("wrapped", () => {
  it("breaks at spaces only and keeps every word", () => {
    const text = "one two three fourteen-letters four";
    expect(wrapped(text, 2, 12)).toEqual(["  one two", "  three", "  fourteen-letters", "  four"]);
  });
});

describe("an audience with its history", () => {
  it("fits the terminal, whatever its width", () => {
    for (const columns of [20, 50, 80, 200]) {
      const lines = audienceLines(
        {
          version: 1,
          assessment: {
            account: "star",
            followers: 10,
            scored: 9,
            inactiveShare: { estimate: 0.1, low: 0.05, high: 0.2 },
            lost: { days7: 0.125 },
            windows: [exampleWindow],
          },
          verdict: { action: "flag", scoredAt: "2025-11-22T10:00:00Z", labels: [], explanation: [] } as never,
          notes: ["Profiles came with 40% of the facts on average: the intervals are wider for it."],
          history: exampleHistory(),
        },
        columns,
      );
      const most = Math.max(50, Math.min(120, columns));
      expect(lines.filter((line) => line.length > most && !/verdict version/.test(line))).toEqual([]);
      const text = lines.join("\n");
      const flat = text.replaceAll(/\s+/g, " ");
      expect(flat).toContain("share that never posted or liked: 10% (95% interval 5% to 20%)");
      expect(text).toContain("followers who left: 13% of those of 7 days ago");
      expect(flat).toContain("about 880 of them consistent with purchase (95% interval 700 to 900)");
    }
  });
});
