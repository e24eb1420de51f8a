import * as z from "zod";
import { DECISION_REASONS, decision, decisionReason, moderationCase, outcome, withdrawal } from "../domain/case.ts";
import { itemRef, opaqueId } from "../domain/id.ts";
import { keptMedia } from "../domain/kept-content.ts";
import { labelName } from "../domain/label.ts";
import { verdict } from "../domain/verdict.ts";
import { explainedVerdict, reversalView } from "./explained-verdict.ts";

/** A claim as others at the desk see it. */
export const claimView = z
  .strictObject({ by: z.string(), at: z.string(), until: z.string(), mine: z.boolean() })
  .meta({ id: "ClaimView" });

/** A case as moderators see it in the queue; order and content never show the author's reach. */
export const caseSummary = moderationCase
  .pick({ id: true, state: true, queue: true, lane: true, ref: true, openedAt: true, version: true })
  .extend({
    action: verdict.shape.action,
    severity: verdict.shape.severity,
    labels: z.array(z.strictObject({ label: z.string(), title: z.string(), probability: z.number() })),
    surface: verdict.shape.surface,
    visibility: verdict.shape.visibility,
    language: verdict.shape.language,
    ageSeconds: z.int(),
    /** Items that its decision is about. */
    size: z.int(),
    claim: claimView.optional(),
    escalated: z.boolean(),
  })
  .meta({ id: "CaseSummary" });

/** A decision as the API shows it. */
export const decisionView = z.strictObject({
  id: z.string(),
  outcome,
  reason: decisionReason,
  by: z.string(),
  at: z.string(),
  note: z.string().optional(),
  labels: decision.shape.labels,
  exceptions: decision.shape.exceptions,
});

export const noteView = z.strictObject({ id: z.string(), by: z.string(), at: z.string(), text: z.string() });

const mediaView = keptMedia.extend({
  /** Where the platform shows it, by the tenant's settings. Nothing here has fetched it. */
  url: z.string().optional(),
});

const contentView = z.strictObject({
  /** Empty where the item is its media. */
  text: z.string(),
  title: z.string().optional(),
  /** The text is a shortened excerpt; spans of the verdict do not point into it. */
  excerpt: z.boolean(),
  media: z.array(mediaView).optional(),
});

/** The post that an item answers: its words, or why there are none. */
const parentView = contentView.partial().extend({
  id: opaqueId,
  ref: itemRef.optional(),
  link: z.string().optional(),
  /** `unknown`: it was never handed in, or is forgotten. `not_kept`: nobody flagged it, or its time is over. */
  withheld: z.enum(["unknown", "private", "not_kept", "role"]).optional(),
});

const guidanceView = z
  .strictObject({
    policy: z.strictObject({ id: z.string(), version: z.int(), title: z.string().optional() }),
    /** The rules that applied, the deciding one first. */
    rules: z.array(
      z.strictObject({
        rule: z.string(),
        action: verdict.shape.action,
        reasonCode: z.string().optional(),
        guidance: z.string().optional(),
      }),
    ),
    labels: z.array(z.strictObject({ label: labelName, title: z.string(), guidance: z.string() })),
    /** The reasons of a decision, in the order of their number keys. */
    reasons: z.array(
      z.strictObject({
        reason: z.enum(DECISION_REASONS),
        title: z.string(),
        sentence: z.string(),
        /** Outcomes that it usually explains; any is taken. */
        outcomes: z.array(outcome),
      }),
    ),
  })
  .meta({ id: "Guidance" });

/** One case in full. */
export const caseView = moderationCase
  .pick({
    id: true,
    state: true,
    queue: true,
    lane: true,
    ref: true,
    openedAt: true,
    version: true,
    cluster: true,
    joined: true,
    escalatedFrom: true,
  })
  .extend({
    verdict: explainedVerdict.omit({ ref: true, queue: true, lane: true, cluster: true, reversed: true }),
    reversed: reversalView.optional(),
    content: contentView.optional(),
    /** The conversation that it stands in, and what it answers. */
    thread: z.strictObject({ id: opaqueId, parent: parentView.optional() }).optional(),
    /** Where the platform shows it, where the tenant's settings say; left out of them for erased items. */
    links: z.strictObject({ item: z.string().optional() }),
    /** The policy's text for moderators; not for brands. */
    guidance: guidanceView.optional(),
    /** `role`: the caller's role does not see people's words. */
    contentWithheld: z.enum(["no_text", "private", "expired", "erased", "role"]).optional(),
    claim: claimView.optional(),
    decision: decisionView.optional(),
    /** Until when the decision or escalation can be undone. */
    undoUntil: z.string().optional(),
    escalation: decisionView.optional(),
    /** Decisions that were undone or reopened, the newest first. */
    past: z.array(withdrawal.extend({ decision: decisionView })).optional(),
    notes: z.array(noteView),
  })
  .meta({ id: "CaseView" });

/** What a change of a case answers with: as much as the next change has to know. */
export const changedCase = z
  .strictObject({
    id: moderationCase.shape.id,
    state: moderationCase.shape.state,
    queue: moderationCase.shape.queue,
    version: z.int(),
    claim: claimView.optional(),
  })
  .meta({ id: "ChangedCase" });
