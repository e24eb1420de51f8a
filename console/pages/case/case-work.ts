import type { CaseRecord } from "./case-record.ts";
import type { Draft } from "./draft.ts";
import type { Lease } from "./use-lease.ts";
import type { Shift } from "./use-shift.ts";

/** What the parts of an open case share. */
export interface CaseWork {
  readonly record: CaseRecord;
  readonly lease: Lease;
  readonly draft: Draft;
  change(some: Partial<Draft>): void;
  readonly shift: Shift;
  /** The queue that was chosen, if any. */
  readonly queue: string | undefined;
  /** Reads the case again. */
  readAgain(): void;
}
