/** @type {Readonly<Record<string, string>>} */
export const LANES = { severe_safety: "Severe safety", high: "High", medium: "Medium", low: "Low" };

/** What the policy did. @type {Readonly<Record<string, string>>} */
export const ACTIONS = { flag: "Flagged", hold: "Held back", block: "Blocked", allow: "Allowed" };

/** @type {Readonly<Record<string, string>>} */
export const SURFACES = { message: "message", live_chat: "live chat" };

/** @type {Readonly<Record<string, string>>} */
export const REASONS = {
  violates_policy: "It breaks the policy",
  severe_harm: "It may do severe harm",
  context_acceptable: "Acceptable in its context",
  wrongly_detected: "Wrongly detected: nothing of the kind is there",
  honest_criticism: "Honest criticism",
  counter_speech: "Speaks up against abuse",
  quoted_or_reported: "Quotes or reports what others said",
  other: "Another reason (say it in the note)",
  cause_undone: "What it rested on was undone",
};

/** The reasons that make sense for an outcome, in the order shown. */
export const REASONS_FOR = /** @type {const} */ ({
  uphold: ["violates_policy", "severe_harm", "other"],
  overturn: [
    "wrongly_detected",
    "honest_criticism",
    "context_acceptable",
    "counter_speech",
    "quoted_or_reported",
    "other",
  ],
});

const UNITS = /** @type {const} */ ([
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
]);

/**
 * A length of time in its largest unit: "45 s", "12 min", "3 h", "2 d".
 * @param {number} seconds
 */
export function duration(seconds) {
  const [size, unit] = UNITS.find(([one]) => seconds >= one) ?? [1, "s"];
  return `${Math.floor(seconds / size)} ${unit}`;
}

/**
 * A moment on the reader's clock.
 * @param {string} iso RFC 3339
 */
export const moment = (iso) => new Date(iso).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** @param {number} probability 0 to 1 */
export const percent = (probability) => `${Math.round(probability * 100)} %`;

/** @type {Readonly<Record<string, string>>} Windows of unusual growth, by what they are consistent with. */
export const WINDOWS = { bought: "Purchase", viral: "Viral", unclear: "Burst" };
