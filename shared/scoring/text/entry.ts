import type { LabelName } from "../../domain/label.ts";

/** What one word or phrase says. `signal` says nothing alone: it is evidence that another rule combines. */
export interface Entry {
  readonly label: LabelName | "signal";
  /** 0 to 7. */
  readonly severity: number;
  /** Chance that a post with this alone deserves the label, 0 to 1; judged by hand. */
  readonly weight: number;
  /** Code of the reason, see shared/domain/reason.ts. */
  readonly code: string;
  readonly flags: string;
}
