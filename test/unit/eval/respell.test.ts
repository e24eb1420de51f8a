import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seeded } from "../../../eval/metrics/seeded.ts";
import { RESPELLINGS, respell } from "../../../eval/text/respelling/respell.ts";

const always = (): boolean => true;
const TEXT = "Those useless clowns never answer, see https://a.example/b?c=1 (3 of 4).";

describe("respell", () => {
  it.each(Object.entries(RESPELLINGS))("%s writes words otherwise and the same for the same seed", (_, spelling) => {
    const once = respell(TEXT, spelling, seeded(3), always);
    expect(once).not.toBe(TEXT);
    expect(respell(TEXT, spelling, seeded(3), always)).toBe(once);
  });

  it.each(Object.entries(RESPELLINGS))("%s leaves what is not asked for and takes any word", (_, spelling) => {
    expect(respell(TEXT, spelling, seeded(3), () => false)).toBe(TEXT);
    const word = respell(TEXT, spelling, seeded(3), (_word, start) => start === TEXT.indexOf("clowns"));
    expect(word.startsWith("Those useless ")).toBe(true);
    expect(word.endsWith(TEXT.slice(TEXT.indexOf(" never")))).toBe(true);
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        (text) => typeof respell(text, spelling, seeded(1), always) === "string",
      ),
    );
  });

  it("says what each kind does", () => {
    const of = (kind: keyof typeof RESPELLINGS, word: string): string => RESPELLINGS[kind](word, seeded(11));
    expect(of("spaced letters", "clown")).toBe("c l o w n");
    expect(of("dropped letter", "clown")).toHaveLength(4);
    expect(of("dropped letter", "cow")).toBe("cow");
    expect(of("repeated letter", "clown").length).toBeGreaterThan(5);
    expect([...of("swapped letters", "clown")].sort().join("")).toBe([..."clown"].sort().join(""));
    expect(of("masked letter", "clown")).toMatch(/^cl[*#-]wn$/);
    expect(
      of("zero-width sign", "clown")
        .normalize("NFKC")
        .replace(/\u200b|\u200d|\u2060|\u00ad/g, ""),
    ).toBe("clown");
    expect(of("homoglyphs", "clown")).toHaveLength(5);
    expect(of("homoglyphs", "clown")).toMatch(/[^a-z]/);
    expect(of("leet signs", "clown")).toMatch(/^c[l1][o0]wn$/);
  });
});
