import { deliverFrom } from "../../shared/delivery/deliver-from.ts";

/** First attempts: what does not answer at once is left to `deliver-again`. */
export const handler = deliverFrom("first");
