import { describe, expect, it } from "vitest";
import { creationBands } from "../../../shared/plots/creation-bands.ts";
import { creationDepth } from "../../../shared/plots/creation-depth.ts";
import { followOrderPlot } from "../../../shared/plots/follow-order-plot.ts";
import { followSeriesPlot } from "../../../shared/plots/follow-series-plot.ts";
import { PLOT } from "../../../shared/plots/plot-frame.ts";
import { element, escapeXml, pathOf } from "../../../shared/plots/svg.ts";
import { timeTicks } from "../../../shared/plots/time-ticks.ts";
import { exampleHistory, exampleWindow } from "./example-history.ts";

const DAY = 86_400_000;
const { hours, order } = exampleHistory();
const WINDOWS = [exampleWindow];
const HOSTILE = '</title><script>alert(1)</script>"&\u0000';

/** Opening and closing tags in balance, attributes quoted; enough to see that nothing escaped from its text. */
function wellFormed(svg: string): boolean {
  const open: string[] = [];
  const tag = /<(\/?)([a-zA-Z]+)((?:\s[\w:-]+="[^"<]*")*)\s*(\/?)>/g;
  for (const [, closes, name = "", , selfCloses] of svg.matchAll(tag)) {
    if (closes) {
      if (open.pop() !== name) return false;
    } else if (!selfCloses) open.push(name);
  }
  const rest = svg.replaceAll(tag, "");
  return open.length === 0 && !/[<>]/.test(rest) && !/&(?!(?:amp|lt|gt|quot|#39);)/.test(rest);
}

const plots = (account: string): string[] => [
  followSeriesPlot({ account, hours, windows: WINDOWS }),
  followOrderPlot({ account, order, windows: WINDOWS }),
];

describe("the plots of an audience", () => {
  it.each(["star", HOSTILE])(
    "stand alone, say in words what they show, and let no text become markup: %j",
    (account) => {
      for (const svg of plots(account)) {
        expect(wellFormed(svg)).toBe(true);
        expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="(\w+)-title \1-description">/);
        expect(/<title id="\w+-title">([^<]*)<\/title>/.exec(svg)?.[1]).toMatch(/star|&lt;script&gt;/);
        expect(/<desc id="\w+-description">([^<]*)<\/desc>/.exec(svg)?.[1]?.length).toBeGreaterThan(40);
        expect(
          /<script|<image|<use|href|url\(|@import|@font-face|\bon[a-z]+=|NaN|Infinity|undefined/.exec(svg),
        ).toBeNull();
        // Only the name space is an address.
        expect(svg.match(/https?:/g)).toHaveLength(1);
        expect(svg.length).toBeLessThan(80_000);
      }
    },
  );

  it("keep everything drawn within the frame", () => {
    for (const svg of plots("star"))
      for (const [, name = "", value = ""] of svg.matchAll(/ (cx|cy|x|y|x1|x2|y1|y2)="(-?[\d.]+)"/g)) {
        expect(Number(value)).toBeGreaterThanOrEqual(0);
        expect(Number(value)).toBeLessThanOrEqual(name.includes("y") ? PLOT.height : PLOT.width);
      }
  });

  it("shade the window at its hour, with how many were bought", () => {
    const [series = "", followed = ""] = plots("star");
    expect(series).toContain("consistent with purchase: about 880 (700–900) of 900");
    const [, x = "", width = ""] =
      /<rect x="([\d.]+)" y="64" width="([\d.]+)" height="206" class="bought"/.exec(series) ?? [];
    expect(Number(x)).toBeCloseTo(PLOT.left + (200 / 336) * (PLOT.right - PLOT.left), 0);
    expect(Number(width)).toBeCloseTo((PLOT.right - PLOT.left) / 336, 0);
    // Of 120 sampled the 61st to the 100th, and those of others who followed in the same hour.
    expect(followed).toMatch(/<rect [^>]*class="bought"/);
    expect(followed.match(/<path d="[^"]+" class="bad"/g)).toHaveLength(40 + 1);
  });

  it("label what fits and leave the rest to the shade where many windows crowd", () => {
    const crowd = Array.from({ length: 8 }, () => exampleWindow);
    const svg = followSeriesPlot({ account: "star", hours, windows: crowd });
    expect(svg.match(/<rect [^>]*class="bought"/g)).toHaveLength(8);
    expect(svg.match(/>consistent with purchase: about/g)).toHaveLength(2);
  });

  it("say so where there is nothing to draw", () => {
    expect(followSeriesPlot({ account: "star", hours: [], windows: [] })).toContain("No follow was seen");
    expect(followOrderPlot({ account: "star", order: [], windows: [] })).toContain("too few sampled followers");
    const quiet = hours.map((hour) => ({ ...hour, follows: 0, suspicious: 0, usual: 0 }));
    expect(wellFormed(followSeriesPlot({ account: "star", hours: quiet, windows: [] }))).toBe(true);
    const alike = order.map((one) => ({ ...one, created: "2025-10-01" }));
    expect(followOrderPlot({ account: "star", order: alike, windows: [] })).not.toMatch(/NaN|Infinity/);
  });
});

describe("creationBands", () => {
  const spread = Array.from({ length: 100 }, (_, index) => index * 17 * DAY);
  it("finds what was made on the same days, and nothing where accounts were made all the time", () => {
    expect(creationBands(spread)).toEqual([]);
    const batch = Array.from({ length: 30 }, (_, index) => 900 * DAY + (index * DAY) / 15);
    const [band, ...more] = creationBands([...spread, ...batch]);
    expect(more).toEqual([]);
    expect(band?.accounts).toBeGreaterThanOrEqual(30);
    expect(band?.from).toBeGreaterThan(895 * DAY);
    expect(band?.to).toBeLessThan(906 * DAY);
  });
  it("takes a month of many young accounts for no batch", () => {
    const young = Array.from({ length: 90 }, (_, index) => 1_700 * DAY - index * (DAY / 2));
    expect(creationBands([...spread, ...young])).toEqual([]);
  });
});

describe("timeTicks", () => {
  it("are round times, no more than asked for, whatever the span", () => {
    const from = Date.UTC(2025, 9, 29, 5);
    for (const days of [1, 3, 14, 45, 200, 1_000, 6_000]) {
      const ticks = timeTicks(from, from + days * DAY, 8);
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.length).toBeLessThanOrEqual(9);
      for (const { at } of ticks) {
        expect(at % DAY).toBe(0);
        expect(at).toBeGreaterThanOrEqual(from);
        expect(at).toBeLessThanOrEqual(from + days * DAY);
      }
    }
    expect(timeTicks(from, from + 3 * DAY, 8).map(({ text }) => text)).toEqual(["30 Oct", "31 Oct", "1 Nov"]);
  });
});

describe("marks and words", () => {
  it("escape what XML would read, and write numbers to a tenth", () => {
    expect(escapeXml(`<a b="c">&'\u0007\ud800`)).toBe("&lt;a b=&quot;c&quot;&gt;&amp;&#39;\ufffd\ufffd");
    expect(element("rect", { x: 1.26, class: 'a"b' })).toBe('<rect x="1.3" class="a&quot;b"/>');
    expect(
      pathOf(
        [
          [1, 2],
          [3.04, 4],
        ],
        2,
      ),
    ).toBe("M1 2H3L3 4H5");
  });
  it("put the youngest at the top, the oldest at the bottom, nothing beyond", () => {
    expect([0, 75, 100].map((at) => creationDepth(at, 0, 100))).toEqual([1, 0.5, 0]);
    expect(creationDepth(5, 5, 5)).toBe(0);
  });
});
