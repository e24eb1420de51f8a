import type * as z from "zod";
import type { caseSummary } from "../../shared/contracts/case-view.ts";
import type { Case } from "../../shared/domain/case.ts";
import { shownLabels } from "../../shared/domain/shown-labels.ts";
import { claimOf } from "../../shared/runtime/case-answers.ts";

/** A case as lists show it. */
export const summaryOfCase = (current: Case, me: string, now: Date): z.infer<typeof caseSummary> => ({
  id: current.id,
  state: current.state,
  queue: current.queue,
  lane: current.lane,
  ref: current.ref,
  openedAt: current.openedAt,
  version: current.version,
  action: current.verdict.action,
  severity: current.verdict.severity,
  labels: shownLabels(current.verdict.labels),
  surface: current.verdict.surface,
  visibility: current.verdict.visibility,
  ...(current.verdict.language === undefined ? {} : { language: current.verdict.language }),
  ageSeconds: Math.max(0, Math.round((now.getTime() - new Date(current.openedAt).getTime()) / 1000)),
  size: current.cluster?.size ?? 1,
  ...claimOf(current, me, now),
  escalated: current.escalation !== undefined,
});
