import type { LabelName } from "../../../domain/label.ts";

/** For each label what the model's probability alone says of severity: least probability, severity; gravest first. */
const STEPS: Partial<Record<LabelName, readonly (readonly [from: number, severity: number])[]>> = {
  profanity: [[0, 2]],
  insult: [
    [0.9, 4],
    [0.7, 3],
    [0, 2],
  ],
  harassment: [
    [0.9, 4],
    [0.7, 3],
    [0, 2],
  ],
  threat: [
    [0.9, 5],
    [0.7, 4],
    [0, 3],
  ],
  hate: [
    [0.9, 5],
    [0.7, 4],
    [0, 3],
  ],
  sexual_adult: [[0, 2]],
  self_harm: [[0, 4]],
  spam: [
    [0.95, 3],
    [0, 1],
  ],
  // The head learnt prizes by text message: alone it cannot tell a fraud from an advert.
  scam: [[0, 2]],
  adverse_event: [[0, 2]],
};

/** Severity 0-7 of a label that the model alone found. */
export const severityOf = (label: LabelName, probability: number): number =>
  STEPS[label]?.find(([from]) => probability >= from)?.[1] ?? 1;
