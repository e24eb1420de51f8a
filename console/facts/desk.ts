import { REOPEN_REASONS } from "../../shared/domain/case.ts";
import { LEASE_MINUTES } from "../../shared/domain/claim.ts";
import { LABELS } from "../../shared/domain/label.ts";
import { UNDO_MINUTES } from "../../shared/domain/withdraw-decision.ts";

/** Titles of the labels, by their names. */
export const labelTitles: Readonly<Record<string, string>> = LABELS;
export const reopenReasons = REOPEN_REASONS;
export const leaseMinutes: number = LEASE_MINUTES;
export const undoMinutes: number = UNDO_MINUTES;
