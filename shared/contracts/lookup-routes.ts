import * as z from "zod";
import { audienceAssessment } from "../domain/audience.ts";
import { decision, moderationCase, outcome } from "../domain/case.ts";
import { itemRef, opaqueId, timestamp } from "../domain/id.ts";
import { labelName } from "../domain/label.ts";
import { member } from "../domain/member.ts";
import { ratings } from "../domain/target.ts";
import { lane, verdict, verdictAbout } from "../domain/verdict.ts";
import { cursor, READERS, WORKERS } from "./case-request.ts";
import { caseSummary } from "./case-view.ts";
import { defineRoute } from "./route.ts";

/** Most items in a page of an author's history. */
export const MOST_HISTORY = 50;

const nothing = z.strictObject({});
const upTo50 = (fallback: string) =>
  z
    .string()
    .regex(/^([1-9]|[1-4]\d|50)$/, "a number from 1 to 50")
    .default(fallback);

/** A case as far as a link to it says: where it leads, and what became of it. `joined`: it is decided with that case. */
export const caseLink = moderationCase
  .pick({ id: true, state: true, joined: true })
  .extend({ outcome: outcome.optional(), decidedAt: timestamp.optional() })
  .meta({ id: "CaseLink" });

const shownLabel = z.strictObject({ label: labelName, title: z.string(), probability: z.number() });

/** An item in an author's history: what was decided of it, in codes; no words. */
const historyItem = z.strictObject({
  ref: itemRef,
  /** When it was received. */
  at: timestamp,
  action: verdict.shape.action,
  severity: verdict.shape.severity,
  labels: z.array(shownLabel),
  surface: verdict.shape.surface,
  visibility: verdict.shape.visibility,
  language: verdict.shape.language,
  targetId: verdict.shape.targetId,
  /** Its action was taken back by an undo. */
  reversed: z.literal(true).optional(),
  case: caseLink.optional(),
});

const matchOf = <Kind extends string>(kind: Kind) => ({
  kind: z.literal(kind),
  id: z.string(),
  /** What it is, in a sentence. */
  summary: z.string(),
});
const judged = {
  at: timestamp,
  action: verdict.shape.action,
  labels: z.array(shownLabel),
  case: caseLink.optional(),
};

const searchMatch = z
  .discriminatedUnion("kind", [
    z.strictObject({
      ...matchOf("post"),
      ...judged,
      authorId: opaqueId,
      revision: opaqueId,
      revisions: z.int(),
    }),
    z.strictObject({
      ...matchOf("review"),
      ...judged,
      authorId: opaqueId,
      revision: opaqueId,
      revisions: z.int(),
      targetId: opaqueId.optional(),
    }),
    /** The following of the account of this id. */
    z.strictObject({ ...matchOf("audience"), ...judged }),
    z.strictObject({ ...matchOf("author"), lastSeen: timestamp }),
    z.strictObject({ ...matchOf("target"), reviews: z.int(), suspected: z.int() }),
    z.strictObject({ ...matchOf("case"), case: caseLink }),
  ])
  .meta({ id: "SearchMatch" });

/** What waits about one thing, and what was decided of it of late. */
const concerned = {
  /** Open cases about it, among those looked at; a cluster is one. */
  open: z.int().min(0),
  /** Items in the open ones. */
  items: z.int().min(0),
  /** Cases about it among the latest 100 decisions. */
  decided: z.int().min(0),
  /** The gravest lane and severity among all of them. */
  lane,
  severity: verdict.shape.severity,
  /** Since when the first of the open ones waits. */
  since: timestamp.optional(),
  labels: z.array(z.strictObject({ label: labelName, title: z.string(), cases: z.int() })),
  /** Up to five of the cases: those that wait in fair order, then the decided ones, the latest first. */
  cases: z.array(caseLink).max(5),
};
/** How far an answer looked: the open cases that it saw, and whether those were all. */
const looked = z.strictObject({ open: z.int(), all: z.boolean() });

const { id, role, languages, skills } = member.shape;
const colleague = { id, role, languages, skills };

/** A decided case of late, as the decision that holds now. */
const decidedCase = caseSummary
  .omit({ claim: true })
  .extend({
    decision: decision.pick({ id: true, outcome: true, reason: true, by: true, at: true }),
    /** Until when it can be undone; left out where that is over. */
    undoUntil: timestamp.optional(),
    mine: z.boolean(),
  })
  .meta({ id: "DecidedCase" });

/** What people look up beside a case: who wrote it, what an id is, what else waits, what was decided of late, and who else works here. */
export const lookupRoutes = {
  "get-author": defineRoute({
    name: "get-author",
    method: "GET",
    path: "/v1/authors/{id}",
    callers: READERS,
    summary:
      "What an author handed in, the latest first: actions, labels, cases and decisions; no words and no reach. A brand sees public items that concern it. That it was read is logged, under a pseudonym of the author.",
    params: z.strictObject({ id: opaqueId }),
    query: z.strictObject({ limit: upTo50("50"), cursor }),
    answer: {
      status: 200,
      schema: z
        .strictObject({
          id: opaqueId,
          /** Of all that is still kept; left out for a brand. */
          firstSeen: timestamp.optional(),
          lastSeen: timestamp.optional(),
          /** What the platform said of the author with the latest item of this page; never reach. */
          about: verdictAbout.shape.author,
          /** Counts over the items of this page. */
          counted: z.strictObject({
            items: z.int(),
            actions: z.record(verdict.shape.action, z.int()),
            labels: z.array(z.strictObject({ label: labelName, title: z.string(), items: z.int() })),
            /** Decisions that hold now, by outcome. */
            decisions: z.record(outcome, z.int()),
            /** Cases that wait. */
            open: z.int(),
          }),
          items: z.array(historyItem).max(MOST_HISTORY),
          /** The following of the account of the same id, where one was judged. */
          audience: z
            .strictObject({
              version: z.int(),
              at: timestamp,
              action: verdict.shape.action,
              labels: z.array(shownLabel),
              case: caseLink.optional(),
            })
            .optional(),
          cursor: z.string().optional(),
        })
        .meta({ id: "AuthorView" }),
      description: "The author's history; cursor leads to what is older.",
    },
    problems: ["not_found"],
  }),
  search: defineRoute({
    name: "search",
    served: "get-author",
    method: "GET",
    path: "/v1/search",
    callers: READERS,
    summary:
      "What an id is at this tenant: a post, review, author, target, account with an audience, or case; or several of them, or nothing. That it was asked is logged.",
    params: nothing,
    query: z.strictObject({ id: opaqueId }),
    answer: {
      status: 200,
      schema: z.strictObject({ matches: z.array(searchMatch) }),
      description: "What it is; empty where the caller may see nothing of this id.",
    },
    problems: [],
  }),
  "list-targets": defineRoute({
    name: "list-targets",
    method: "GET",
    path: "/v1/targets",
    callers: READERS,
    summary:
      "Targets whose reviews wait in open cases or were decided of late, those whose case is next in turn first, with their ratings with and without suspects. Looks at the longest waiting of each queue and lane, and says whether those were all.",
    params: nothing,
    query: z.strictObject({ limit: upTo50("50") }),
    answer: {
      status: 200,
      schema: z
        .strictObject({
          targets: z.array(
            z.strictObject({
              id: opaqueId,
              ...concerned,
              all: ratings.optional(),
              withoutSuspected: ratings.optional(),
              suspected: z.int().optional(),
            }),
          ),
          looked,
        })
        .meta({ id: "WatchedTargets" }),
      description: "The targets, those whose case is next in turn first.",
    },
    problems: [],
  }),
  "list-audiences": defineRoute({
    name: "list-audiences",
    served: "list-targets",
    method: "GET",
    path: "/v1/audiences",
    callers: READERS,
    summary:
      "Accounts whose following waits in an open case or was decided of late, those whose case is next in turn first, with what it is consistent with; never how large it is.",
    params: nothing,
    query: z.strictObject({ limit: upTo50("50") }),
    answer: {
      status: 200,
      schema: z
        .strictObject({
          audiences: z.array(
            z.strictObject({
              id: opaqueId,
              ...concerned,
              /** Of the newest version: shares and windows without their sizes. */
              version: z.int().optional(),
              fakeShare: audienceAssessment.shape.fakeShare,
              windows: z.array(z.strictObject({ kind: z.string(), start: timestamp, end: timestamp })).max(8),
            }),
          ),
          looked,
        })
        .meta({ id: "WatchedAudiences" }),
      description: "The accounts, those whose case is next in turn first.",
    },
    problems: [],
  }),
  "list-decisions": defineRoute({
    name: "list-decisions",
    served: "list-cases",
    method: "GET",
    path: "/v1/decisions",
    callers: READERS,
    summary:
      "Cases decided of late whose decision still holds, the latest first: to undo, to audit, to learn from. With filters a page may be short, or empty, and still have a cursor.",
    params: nothing,
    query: z.strictObject({
      by: z.enum(["me", "others"]).optional(),
      outcome: z.enum(["uphold", "overturn", "correct"]).optional(),
      kind: z.enum(["post", "review", "audience"]).optional(),
      label: labelName.optional(),
      limit: upTo50("50"),
      cursor,
    }),
    answer: {
      status: 200,
      schema: z.strictObject({ decisions: z.array(decidedCase), cursor: z.string().optional() }),
      description: "A page of decided cases; cursor leads to those decided before.",
    },
    problems: [],
  }),
  "list-colleagues": defineRoute({
    name: "list-colleagues",
    served: "list-queues",
    method: "GET",
    path: "/v1/colleagues",
    callers: WORKERS,
    summary:
      "Who a case can be handed to: members who work cases and are not suspended, by pseudonym, with role and languages.",
    params: nothing,
    query: nothing,
    answer: {
      status: 200,
      schema: z.strictObject({
        colleagues: z.array(z.strictObject({ ...colleague, me: z.boolean() })),
      }),
      description: "The members, by id.",
    },
    problems: [],
  }),
} as const;
