import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followOrderPlot } from "../../../shared/plots/follow-order-plot.ts";
import { followSeriesPlot } from "../../../shared/plots/follow-series-plot.ts";
import { exampleHistory, exampleWindow } from "../../unit/plots/example-history.ts";
import { launchBrowser } from "../console/browser.ts";

let browser: Awaited<ReturnType<typeof launchBrowser>>;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const account = "an-account-with-a-rather-long-name-of-its-own";
const { hours, order } = exampleHistory();
const windows = [exampleWindow];
const PLOTS = [
  ["followers by hour", followSeriesPlot({ account, hours, windows })],
  ["order of following", followOrderPlot({ account, order, windows })],
] as const;

/** Runs in the page: what of a drawing's words lies where, in the drawing's own units, and their colours. */
const WORDS = `(() => {
  const frame = document.querySelector("svg").viewBox.baseVal;
  return [...document.querySelectorAll("text")].map((one) => {
    const { x, y, width, height } = one.getBBox();
    return { text: one.textContent, x, y, right: x + width, bottom: y + height, fill: getComputedStyle(one).fill,
      inside: x >= 0 && y >= 0 && x + width <= frame.width && y + height <= frame.height };
  });
})()`;

interface Word {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly bottom: number;
  readonly fill: string;
  readonly inside: boolean;
}

/** Relative luminance of `rgb(…)`, as WCAG 2 has it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
const contrast = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

describe.each(PLOTS)("%s in a browser", (_name, svg) => {
  it.each([
    ["light", 1],
    ["dark", luminance("rgb(13,17,23)")],
  ] as const)("is whole and readable on a %s page", async (colorScheme, ground) => {
    const page = await browser.newPage({ colorScheme });
    const asked: string[] = [];
    page.on("request", ({ url }) => asked.push(url()));
    await page.setContent(`<!doctype html><body style="margin:0">${svg}</body>`);
    const words = (await page.evaluate(WORDS)) as Word[];
    expect(words.length).toBeGreaterThan(8);
    expect(words.filter(({ inside }) => !inside).map(({ text }) => text)).toEqual([]);
    const meet = (a: Word, b: Word): boolean =>
      a.x < b.right && b.x < a.right && a.y + 2 < b.bottom && b.y + 2 < a.bottom;
    const meeting = words.flatMap((a, index) =>
      words.slice(index + 1).flatMap((b) => (meet(a, b) ? [`${a.text} / ${b.text}`] : [])),
    );
    expect(meeting).toEqual([]);
    for (const { text, fill } of words) expect([text, contrast(luminance(fill), ground) >= 4.5]).toEqual([text, true]);
    // As a picture of its own it is well-formed XML, which the page's parser would have forgiven.
    const error = await page.evaluate(
      `new DOMParser().parseFromString(${JSON.stringify(svg)}, "image/svg+xml").querySelector("parsererror")?.textContent ?? ""`,
    );
    expect(error).toBe("");
    expect(asked.filter((url) => !url.startsWith("about:") && !url.startsWith("data:"))).toEqual([]);
    await page.close();
  });
});
