import { describe, expect, it } from "vitest";
import { charactersOf, unitsOf } from "../../../shared/analyzers/comprehend/cost.ts";
import { TOXIC_LABELS } from "../../../shared/analyzers/comprehend/labels.ts";
import { readSecondOpinion } from "../../../shared/analyzers/second-opinion.ts";
import { parseBand } from "../../../shared/domain/band.ts";
import { LABELS } from "../../../shared/domain/label.ts";
import { explain, reasonCodes } from "../../../shared/domain/reason.ts";

describe("the switch in a function's environment", () => {
  it("is off unless it is on", () => {
    expect(readSecondOpinion({})).toBeUndefined();
    expect(readSecondOpinion({ COMPREHEND: "off", COMPREHEND_BAND: "nonsense" })).toBeUndefined();
    expect(readSecondOpinion({ COMPREHEND: "on", COMPREHEND_BAND: "0.35-0.65" })).toEqual({
      band: { low: 0.35, high: 0.65 },
    });
  });

  it("is refused where it says anything else", () => {
    expect(() => readSecondOpinion({ COMPREHEND: "yes" })).toThrow("neither on nor off");
    expect(() => readSecondOpinion({ COMPREHEND: "on" })).toThrow("the smaller first");
  });

  it.each(["0.6-0.4", "0.5-0.5", "-", "0.2", "0-1.1", "-0.1-0.5", "a-b", "0.1-0.2-0.3", ""])(
    "has no band %j",
    (text) => {
      expect(() => parseBand(text)).toThrow("the smaller first");
    },
  );
});

describe("what a request is charged", () => {
  it.each([
    [0, 3],
    [1, 3],
    [300, 3],
    [301, 4],
    [10_000, 100],
  ])("for %i characters", (characters, units) => expect(unitsOf(characters)).toBe(units));

  it("counts characters, not units of UTF-16", () => expect(charactersOf("a😀é漢")).toBe(4));
});

it("Comprehend's seven labels are seven of ours, and its reasons are sentences", () => {
  expect(new Set(Object.values(TOXIC_LABELS)).size).toBe(7);
  for (const label of Object.values(TOXIC_LABELS)) expect(Object.keys(LABELS)).toContain(label);
  const codes = reasonCodes().filter((code) => code.startsWith("second."));
  expect(codes).toHaveLength(3);
  for (const code of codes)
    expect(explain("insult", { code, params: { percent: 87 } })).toMatch(/^A second model\b.*87%\.$/);
});
