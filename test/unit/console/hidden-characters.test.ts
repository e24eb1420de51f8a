import { describe, expect, it } from "vitest";
import { visibleText } from "../../../console/parts/hidden-characters.ts";

const shown = (text: string): string =>
  visibleText(text)
    .map((part) => part.text)
    .join("");

describe("visibleText", () => {
  it("leaves ordinary text of any script alone", () => {
    for (const text of ["hello\n\tworld\r\n", "👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "می‌خواهم", "हिन्दी", "שָׁלוֹם", "e\u0301"])
      expect(visibleText(text)).toEqual([{ text }]);
    expect(visibleText("")).toEqual([]);
  });

  it("puts a sign where a character hides", () => {
    expect(shown("a\u202eb\u0000c\u200bd\ud83d")).toBe("a⟨RLO⟩b␀c⟨ZWSP⟩d⟨U+D83D⟩");
    expect(shown("i\u200cdiot")).toBe("i⟨ZWNJ⟩diot");
    expect(visibleText("\u2066")).toEqual([{ text: "⟨LRI⟩", sign: "invisible character U+2066" }]);
  });

  it("counts the same one several times in a row", () => {
    expect(shown(`a${"\u200b".repeat(400)}b\u200b\u202e\u200bc`)).toBe("a⟨ZWSP×400⟩b⟨ZWSP⟩⟨RLO⟩⟨ZWSP⟩c");
    expect(shown("\u0000\u0000")).toBe("⟨␀×2⟩");
  });

  it("cuts marks piled on one letter, and keeps six", () => {
    expect(shown(`z${"\u0300".repeat(40)}o`)).toBe(`z${"\u0300".repeat(6)}⟨+34 marks⟩o`);
  });

  it("is quick on a long text full of them", () => {
    const text = "a\u200b\u202e".repeat(50_000);
    expect(visibleText(text)).toHaveLength(150_000);
  });
});
