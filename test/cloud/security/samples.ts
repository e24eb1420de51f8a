import type { RouteName } from "../../../shared/contracts/routes.ts";
import { type Belongings, flaggedPost } from "./belongings.ts";

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
  decide: (of) => ({
    path: `/v1/cases/${of.caseId}/decisions`,
    body: { id: "decision-of-the-table", outcome: "uphold", reason: "violates_policy", version: 1 },
  }),
  "erase-author": (of) => ({ path: `/v1/authors/${of.author}/erasures`, body: {} }),
  health: () => ({ path: "/v1/health" }),
};
