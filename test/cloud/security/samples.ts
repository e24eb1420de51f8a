import type { RouteName } from "../../../shared/contracts/routes.ts";
import { type Belongings, caseOf, colleague, colleagueOf, flaggedPost } from "./belongings.ts";

/** The decision that the table's requests make. */
export const DECISION = "decision-of-the-table";

/** A request that its route accepts from whom it is for, about a thing of `of`. */
export interface Sample {
  readonly path: string;
  readonly body?: unknown;
}

/**
 * For every route one request. `sender` is the tenant whose key goes with it: what it hands in is its own, under the
 * ids of `of`. Sent again it does no more than the first time.
 */
export const samples: Record<RouteName, (of: Belongings, sender: string) => Sample> = {
  intake: (of, sender) => ({ path: "/v1/items", body: { items: [flaggedPost(sender, of.handedIn)] } }),
  score: (of, sender) => ({ path: "/v1/score?store=true", body: { item: flaggedPost(sender, of.handedIn) } }),
  "get-verdict": (of) => ({ path: `/v1/verdicts/post/${of.post}` }),
  "get-target": (of) => ({ path: `/v1/targets/${of.target}` }),
  "get-audience": (of) => ({ path: `/v1/accounts/${of.account}/audience` }),
  "list-cases": () => ({ path: "/v1/cases?limit=200" }),
  "get-case": (of) => ({ path: `/v1/cases/${of.caseId}` }),
  "list-cluster": (of) => ({ path: `/v1/cases/${of.caseId}/members` }),
  "next-case": (_of, sender) => ({ path: "/v1/next", body: { queue: `of-${sender}` } }),
  "claim-case": (of) => ({ path: `/v1/cases/${of.caseId}/claim`, body: {} }),
  "extend-claim": (of) => ({ path: `/v1/cases/${of.caseId}/extend`, body: {} }),
  "transfer-case": (of) => ({ path: `/v1/cases/${of.caseId}/transfer`, body: { to: colleagueOf(of.tenant) } }),
  "release-case": (of) => ({ path: `/v1/cases/${of.caseId}/release`, body: {} }),
  "look-at-case": (of) => ({ path: `/v1/cases/${of.caseId}/presence`, body: {} }),
  "note-case": (of) => ({ path: `/v1/cases/${of.caseId}/notes`, body: { id: "note-of-the-table", text: "seen" } }),
  decide: (of) => ({
    path: `/v1/cases/${of.caseId}/decisions`,
    body: { id: DECISION, outcome: "uphold", reason: "violates_policy", version: 1 },
  }),
  // The answer repeats the ids of the request: a stranger's are of nothing.
  "decide-many": (of, sender) => ({
    path: "/v1/decisions",
    body: {
      id: "bulk-of-the-table",
      outcome: "uphold",
      reason: "violates_policy",
      cases: [{ id: sender === of.tenant ? of.caseId : caseOf("nobody"), version: 1 }],
    },
  }),
  "undo-decision": (of) => ({ path: `/v1/cases/${of.caseId}/undo`, body: { decision: DECISION } }),
  "reopen-case": (of) => ({ path: `/v1/cases/${of.caseId}/reopen`, body: { reason: "quality_check", version: 2 } }),
  "list-queues": () => ({ path: "/v1/queues" }),
  "set-queues": (_of, sender) => ({
    path: "/v1/queues",
    body: { version: 0, queues: [{ name: `of-${sender}`, rules: [{ languages: ["tr"] }] }] },
  }),
  "list-members": () => ({ path: "/v1/members" }),
  "set-member": (_of, sender) => ({ path: "/v1/members", body: colleague(sender) }),
  "list-audit": (of) => ({ path: `/v1/audit?case=${of.caseId}` }),
  "erase-author": (of) => ({ path: `/v1/authors/${of.author}/erasures`, body: {} }),
  health: () => ({ path: "/v1/health" }),
};
