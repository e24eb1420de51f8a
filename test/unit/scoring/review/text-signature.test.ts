import { describe, expect, it } from "vitest";
import { jaccardEstimate, signText } from "../../../../shared/scoring/review/text-signature.ts";

const words = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `word${from + index}`);
const minimaOf = (text: string): readonly number[] => signText(text)?.minima ?? [];
const sharedBands = (a: string, b: string): number => {
  const other = signText(b)?.bands ?? [];
  return (signText(a)?.bands ?? []).filter((band, index) => band === other[index]).length;
};

describe("signText", () => {
  it("has 32 minima and 6 bands, none under 8 words", () => {
    const signature = signText(words(0, 8).join(" "));
    expect(signature?.minima).toHaveLength(32);
    expect(new Set(signature?.bands).size).toBe(6);
    expect(signText(words(0, 7).join(" "))).toBeUndefined();
    expect(signText("")).toBeUndefined();
  });

  it("sees through case, punctuation, accents in compatibility forms and line ends", () => {
    const text = "The room was dirty and the staff laughed at us when we asked";
    const other = "THE ROOM,\nwas dirty!! and the staff laughed - at us (when we asked)...";
    expect(minimaOf(other)).toEqual(minimaOf(text));
  });

  it("signs scripts that write no spaces", () => {
    const text = "这家酒店的房间非常脏而且服务员态度恶劣我们再也不会来了";
    expect(signText(text)).toBeDefined();
    expect(jaccardEstimate(minimaOf(text), minimaOf(`${text}真的`))).toBeGreaterThan(0.7);
    expect(
      jaccardEstimate(minimaOf(text), minimaOf("昨天我们在海边吃了一顿很好的晚餐大家都非常高兴天气也好")),
    ).toBeLessThan(0.2);
  });

  it("sees through respelling: doubled, dropped and swapped vowels, digits for letters", () => {
    const text = "A truly wonderful breakfast and the friendliest people at the desk of any hotel that we know";
    const copy = "A truly wonderfull brekfast and the fr1endliest poeple at the dessk of any h0tel that we know";
    expect(jaccardEstimate(minimaOf(text), minimaOf(copy))).toBeGreaterThan(0.9);
    expect(
      jaccardEstimate(
        minimaOf("room 101 was cold and loud all night long"),
        minimaOf("room 110 was cold and loud all night long"),
      ),
    ).toBeLessThan(1);
  });

  it("takes any string, lone surrogates included", () => {
    expect(() => signText(`\ud800 ${"\u0000 a ".repeat(50)}`)).not.toThrow();
  });
});

describe("jaccardEstimate", () => {
  it("estimates the share of common word triples without bias", () => {
    let sum = 0;
    const pairs = 60;
    for (let pair = 0; pair < pairs; pair++) {
      // 102 words give 100 triples; two texts that overlap in 82 words share 80 of 120 triples.
      const start = pair * 1000;
      sum += jaccardEstimate(minimaOf(words(start, 102).join(" ")), minimaOf(words(start + 20, 102).join(" ")));
    }
    // The standard error of the mean of 60 estimates is .011.
    expect(Math.abs(sum / pairs - 80 / 120)).toBeLessThan(0.04);
  });

  it("finds nothing common in different texts, or in no text", () => {
    expect(jaccardEstimate(minimaOf(words(0, 60).join(" ")), minimaOf(words(500, 60).join(" ")))).toBeLessThan(0.1);
    expect(jaccardEstimate([], [])).toBe(0);
  });

  it("puts near-duplicates into a common band, as the 8 × 4 layout promises", () => {
    let hits = 0;
    for (let pair = 0; pair < 200; pair++) {
      const text = words(pair * 1000, 102);
      const edited = text.with(50, `changed${pair}`).with(20, "also");
      if (sharedBands(text.join(" "), edited.join(" ")) > 0) hits++;
    }
    // Six of 100 triples differ: J = 94/106 = .89, hit probability 1 − (1 − .89⁴)⁸ > .999.
    expect(hits).toBeGreaterThan(195);
  });
});
