/**
 * Where in the flow something happened that people may want to hear of. `verdict`: of a post or a review. `target`: a
 * review's verdict that says something of what it is about. `audience`: of an account's following.
 */
export const PLACES = ["verdict", "case", "decision", "target", "audience", "breaker"] as const;
export type Place = (typeof PLACES)[number];
