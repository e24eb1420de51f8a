import { describe, expect, test } from "vitest";
import { explainVerdict } from "../../../shared/domain/explain-verdict.ts";
import { LABELS, type LabelName } from "../../../shared/domain/label.ts";
import { lawsOf } from "../../../shared/domain/law.ts";
import { exampleVerdict } from "./examples.ts";

describe("rules of law", () => {
  test("stand beside what they are about, in the explanation too", () => {
    expect(lawsOf("fake_review.insider")).toEqual([
      "US 16 CFR 465.5",
      "UK DMCC Act 2024 Sch. 20 para. 13",
      "EU UCPD art. 7(6)",
    ]);
    const finding = { score: 1, probability: 0.9, severity: 4, spans: [], reasons: [], source: "x", version: "1" };
    const [explained] = explainVerdict({
      ...exampleVerdict(),
      labels: [{ label: "fake_review.insider", ...finding }],
    });
    expect(explained?.laws).toEqual(lawsOf("fake_review.insider"));
  });

  test("are none of what says that the flood breaker held the rule", () => {
    const made = exampleVerdict();
    const held = explainVerdict({ ...made, policy: { ...made.policy, quarantined: true } });
    expect(held.slice(0, -1)).toEqual(explainVerdict(made));
    expect(held.at(-1)).toMatchObject({ label: "policy", title: "held by the flood breaker", laws: [] });
  });

  test("every label of a fake review names at least one, abuse of a person none", () => {
    for (const label of Object.keys(LABELS) as LabelName[])
      expect(lawsOf(label).length > 0).toBe(/^fake_review\.|^hijacked|^fake_following\.bo(t|ught)$/.test(label));
  });
});
