/**
 * The header with which the edge (CloudFront) shows the API that a request came through it. CloudFront sets it over
 * whatever a client sent; its value is in no log.
 */
export const ORIGIN_HEADER = "x-touchstone-origin";

/** Variables of the authoriser with the value in use and the one that follows it; see docs/deploying.md on turning them. */
export const ORIGIN_SECRETS = ["ORIGIN_SECRET", "ORIGIN_SECRET_NEXT"] as const;
