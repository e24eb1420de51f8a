import * as z from "zod";
import { itemRef, timestamp } from "./id.ts";
import { action, policyReference, verdict } from "./verdict.ts";

/** One policy's answer to an item, with what its deciding rule looked at. */
const opinion = z.strictObject({
  action,
  queue: verdict.shape.queue,
  policy: policyReference.pick({ id: true, version: true, rule: true, reasonCode: true }),
  values: z.record(z.string(), z.union([z.number(), z.boolean(), z.string().max(128)])).optional(),
});

/**
 * An item that a candidate would have treated otherwise than the policy that decided; no words and no author of it. Where it is
 * stored `ref` is lasting (`lastingRef`).
 */
export const shadowDifference = z
  .strictObject({
    ref: itemRef,
    scoredAt: timestamp,
    surface: verdict.shape.surface,
    language: z.string().optional(),
    labels: z.array(z.strictObject({ label: z.string(), probability: z.number() })).max(3),
    decided: opinion,
    candidate: opinion,
  })
  .meta({ id: "ShadowDifference" });
export type ShadowDifference = z.infer<typeof shadowDifference>;

/** How many items went from an action to another; all items of which the candidate was asked are evaluated. */
export interface ShadowCounts {
  readonly evaluated: number;
  /** By `from>to`, such as `flag>hold`; of differing items only, so that `flag>flag` is another queue. */
  readonly moves: Readonly<Record<string, number>>;
  /** When the first of them was counted. */
  readonly since?: Date;
}
