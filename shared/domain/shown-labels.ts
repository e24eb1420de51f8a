import { LABELS, type LabelScore } from "./label.ts";

/** Labels as lists show them: with the words that a moderator reads. */
export const shownLabels = (labels: readonly Pick<LabelScore, "label" | "probability">[]) =>
  labels.map(({ label, probability }) => ({ label, title: LABELS[label], probability }));
