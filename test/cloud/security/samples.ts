import type { RouteName } from "../../../shared/contracts/routes.ts";
import {
  aSubscription,
  type Belongings,
  caseOf,
  colleague,
  colleagueOf,
  flaggedPost,
  harmlessPolicy,
  heldRule,
  leaverOf,
  secretOf,
  spareKeyOf,
} from "./belongings.ts";

/** The decision that the table's requests make. */
export const DECISION = "decision-of-the-table";

/** A request that its route accepts from whom it is for, about a thing of `of`. */
export interface Sample {
  readonly path: string;
  readonly body?: unknown;
}

const anHourAgo = (): string => new Date(Date.now() - 3_600_000).toISOString();

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
  "set-member": (_of, sender) => ({ path: "/v1/members", body: { ...colleague(sender), version: 1 } }),
  me: () => ({ path: "/v1/me" }),
  "remove-member": (of) => ({ path: `/v1/members/${leaverOf(of.tenant)}/remove`, body: {} }),
  "list-keys": () => ({ path: "/v1/keys" }),
  "create-key": () => ({ path: "/v1/keys", body: { role: "auditor", days: 1 } }),
  "revoke-key": (of) => ({ path: `/v1/keys/${spareKeyOf(of.tenant)}/revoke`, body: {} }),
  "get-author": (of) => ({ path: `/v1/authors/${of.author}` }),
  search: (of) => ({ path: `/v1/search?id=${of.post}` }),
  "list-targets": () => ({ path: "/v1/targets" }),
  "list-audiences": () => ({ path: "/v1/audiences" }),
  "list-decisions": () => ({ path: "/v1/decisions" }),
  "list-colleagues": () => ({ path: "/v1/colleagues" }),
  "list-events": () => ({ path: "/v1/events" }),
  "get-event-feed": () => ({ path: "/v1/events/feed" }),
  "set-event-feed": () => ({ path: "/v1/events/feed", body: { enabled: true } }),
  "list-audit": (of) => ({ path: `/v1/audit?case=${of.caseId}` }),
  "erase-author": (of) => ({ path: `/v1/authors/${of.author}/erasures`, body: {} }),
  "list-subscriptions": () => ({ path: "/v1/subscriptions" }),
  "get-subscription": (of) => ({ path: `/v1/subscriptions/${of.subscription}` }),
  "save-subscription": (of, sender) => ({
    path: `/v1/subscriptions/${of.subscription}`,
    body: { version: 1, document: aSubscription(sender) },
  }),
  "enable-subscription": (of) => ({ path: `/v1/subscriptions/${of.subscription}/enable`, body: { version: 1 } }),
  "disable-subscription": (of) => ({ path: `/v1/subscriptions/${of.subscription}/disable`, body: { version: 1 } }),
  "delete-subscription": (of) => ({ path: `/v1/subscriptions/${of.subscription}/delete`, body: { version: 1 } }),
  "list-deliveries": (of) => ({ path: `/v1/subscriptions/${of.subscription}/deliveries` }),
  "get-delivery": (of) => ({ path: `/v1/deliveries/${of.delivery}` }),
  "replay-delivery": (of) => ({ path: `/v1/deliveries/${of.delivery}/replays`, body: {} }),
  "replay-deliveries": (of) => ({
    path: `/v1/subscriptions/${of.subscription}/replays`,
    body: { since: anHourAgo() },
  }),
  "test-subscription": (of) => ({ path: `/v1/subscriptions/${of.subscription}/tests`, body: {} }),
  "get-endpoint": (of) => ({ path: `/v1/subscriptions/${of.subscription}/endpoint` }),
  "rotate-secret": (of) => ({ path: `/v1/subscriptions/${of.subscription}/secrets`, body: {} }),
  "list-alerts": () => ({ path: "/v1/alerts" }),
  "get-alert": (of) => ({ path: `/v1/alerts/${of.alert}` }),
  "acknowledge-alert": (of) => ({ path: `/v1/alerts/${of.alert}/acknowledge`, body: {} }),
  "list-policies": () => ({ path: "/v1/policies" }),
  "get-policy": (of) => ({ path: `/v1/policies/${of.policy}` }),
  "get-policy-version": (of) => ({ path: `/v1/policies/${of.policy}/versions/1` }),
  "list-policy-events": () => ({ path: "/v1/policy-events" }),
  "check-policy": (of, sender) => ({
    path: "/v1/policy-checks",
    body: { document: harmlessPolicy(sender, `handed-in-${of.tenant}`) },
  }),
  // Under an id of its own: a stranger has no policy of the owner's id, and asks for it below.
  "save-policy": (of, sender) => ({
    path: `/v1/policies/handed-in-${of.tenant}/versions`,
    body: { document: harmlessPolicy(sender, `handed-in-${of.tenant}`), note: secretOf(sender) },
  }),
  "activate-policy": (of) => ({
    path: `/v1/policies/${of.policy}/activations`,
    body: { version: 2, note: "of the table" },
  }),
  "roll-back-policy": (of) => ({ path: `/v1/policies/${of.policy}/rollbacks`, body: { note: "of the table" } }),
  "deactivate-policy": (of) => ({ path: `/v1/policies/${of.policy}/deactivations`, body: { note: "of the table" } }),
  "shadow-policy": (of) => ({ path: `/v1/policies/${of.policy}/shadows`, body: { version: 2, run: true } }),
  // Strangers have no policy of the owner's id, and no dry run either.
  "start-backtest": (of) => ({
    path: "/v1/backtests",
    body: { policy: { id: of.policy, version: 1 }, since: anHourAgo() },
  }),
  "list-backtests": () => ({ path: "/v1/backtests" }),
  "get-backtest": (of) => ({ path: `/v1/backtests/${of.backtest}` }),
  "cancel-backtest": (of) => ({ path: `/v1/backtests/${of.backtest}/cancellations`, body: {} }),
  "resume-backtest": (of) => ({ path: `/v1/backtests/${of.backtest}/resumptions`, body: {} }),
  "start-undo": (of) => ({ path: "/v1/undos", body: { dryRun: false, of: of.undo, note: "of the table" } }),
  "list-undos": () => ({ path: "/v1/undos" }),
  "get-undo": (of) => ({ path: `/v1/undos/${of.undo}` }),
  "list-undone": (of) => ({ path: `/v1/undos/${of.undo}/items` }),
  "cancel-undo": (of) => ({ path: `/v1/undos/${of.undo}/cancellations`, body: {} }),
  "resume-undo": (of) => ({ path: `/v1/undos/${of.undo}/resumptions`, body: {} }),
  "get-shadow": (of) => ({ path: `/v1/policies/${of.policy}/shadows?version=1` }),
  "list-quarantines": () => ({ path: "/v1/quarantines" }),
  "reset-quarantine": (of) => ({
    path: "/v1/quarantines/resets",
    body: { subject: "rule", name: heldRule(of.tenant), note: "of the table" },
  }),
  health: () => ({ path: "/v1/health" }),
};
