/** Milliseconds of a slot of the flow. */
export const SLOT_MS = 600_000;

/** What was counted of a tenant's items in ten minutes. */
export interface FlowSlot {
  /** The beginning of its ten minutes. */
  readonly slot: Date;
  /** By counter. */
  readonly counts: Readonly<Record<string, number>>;
  /** Of the policies of whoever counted last. */
  readonly epoch: number;
}
