import { deliverFrom } from "../../shared/delivery/deliver-from.ts";

/** Everything that is tried again, or needs time. */
export const handler = deliverFrom("again");
