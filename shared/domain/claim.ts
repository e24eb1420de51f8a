import * as z from "zod";
import { timestamp } from "./id.ts";

/** Minutes that a case stays with whoever claimed it, unless they ask for another time; a heartbeat begins them anew. */
export const LEASE_MINUTES = 10;
/** Minutes that a case waits for the one it was handed to: they may be away from the desk. */
export const TRANSFER_MINUTES = 60;

/** Who works a case, until when. `id` tells a claim from a later one of the same person. */
export const claim = z.strictObject({
  id: z.string().max(64),
  by: z.string().max(64),
  at: timestamp,
  until: timestamp,
});
export type Claim = z.infer<typeof claim>;

/** The claim while its lease lasts. Judged when it is read: nobody has to end a lease. */
export const living = (held: Claim | undefined, now: Date): Claim | undefined =>
  held && new Date(held.until) > now ? held : undefined;

/** A claim of `minutes` from now. */
export const makeClaim = (id: string, by: string, now: Date, minutes: number): Claim => ({
  id,
  by,
  at: now.toISOString(),
  until: new Date(now.getTime() + minutes * 60_000).toISOString(),
});
