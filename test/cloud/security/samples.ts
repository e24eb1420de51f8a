import type { RouteName } from "../../../shared/contracts/routes.ts";
import { type Belongings, flaggedPost, harmlessPolicy, heldRule, secretOf } from "./belongings.ts";

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
  decide: (of) => ({
    path: `/v1/cases/${of.caseId}/decisions`,
    body: { id: "decision-of-the-table", outcome: "uphold", reason: "violates_policy", version: 1 },
  }),
  "erase-author": (of) => ({ path: `/v1/authors/${of.author}/erasures`, body: {} }),
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
