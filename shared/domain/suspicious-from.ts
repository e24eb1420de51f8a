/** Percentage from which a profile counts as suspicious. */
export const SUSPICIOUS_FROM = 51;
