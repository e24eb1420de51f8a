import { hash } from "node:crypto";
import { explainVerdict } from "../../shared/domain/explain-verdict.ts";
import type { Item } from "../../shared/domain/item.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import { builtInPolicies, type PolicySet } from "../../shared/policy/compiled-policies.ts";
import { explainDecision } from "../../shared/policy/explain-decision.ts";
import { audienceJudge, saysSomethingNew } from "../../shared/policy/judge-audience.ts";
import { postJudge } from "../../shared/policy/judge-post.ts";
import { isSuspected, reviewJudge } from "../../shared/policy/judge-review.ts";
import { prepareItem } from "../../shared/queue/prepare-item.ts";
import type { Clock } from "../../shared/runtime/clock.ts";
import { emptyAudience } from "../../shared/scoring/audience/audience-state.ts";
import { loadTextResources } from "../../shared/scoring/text/load-text-resources.ts";
import { createPostScorer } from "../../shared/scoring/text/score-post.ts";
import { audienceStates } from "../../shared/store/audience-states.ts";
import { toldOf } from "../../shared/store/review-changes.ts";
import { reviewSignals } from "../../shared/store/review-signals.ts";
import { memoryStates, memoryTextBands } from "./memory-signals.ts";

/** Without a server there is no tenant, and no tenant's key. */
const TENANT = "offline";
const WEIGHTS = new URL("../../models/text/", import.meta.url);

const localDigests: Pick<Keys, "digest"> = {
  digest: async (_tenant, purpose, value) => hash("sha256", `${purpose.length}:${purpose}${value}`, "base64url"),
};

const explainedBy =
  ({ documentOf }: PolicySet) =>
  ({ tenant: _, ...made }: Verdict) => ({
    ...made,
    explanation: explainVerdict(made),
    ...explainDecision(made.policy, documentOf),
  });
/** A verdict as `POST /v1/score` answers with it. */
export type OfflineVerdict = ReturnType<ReturnType<typeof explainedBy>>;

/**
 * The scoring core with its state in memory: what the pipeline would say of the same items in the same order, by the
 * policies given. Digests have no key and are good for nothing but telling revisions apart.
 */
export function offlineJudge(
  clock: Clock,
  policies: PolicySet = builtInPolicies,
): (item: Item) => Promise<OfflineVerdict> {
  const text = createPostScorer(loadTextResources(WEIGHTS));
  const explained = explainedBy(policies);
  const judgePost = postJudge(text);
  const judgeReview = reviewJudge(text);
  const judgeAudience = audienceJudge();
  const states = memoryStates();
  const followings = audienceStates(states);
  const reviews = reviewSignals(states, memoryTextBands());
  const audiences = new Map<string, { readonly version: number; readonly verdict: Verdict }>();

  const judgeFollowing = async (
    item: Extract<Item, { kind: "follow" | "audience" }>,
    digest: string,
    now: Date,
  ): Promise<Verdict> => {
    const account = item.account.id;
    await followings.add(TENANT, account, [{ id: item.id, item, since: now }], now);
    const state = (await followings.read(TENANT, account, now)) ?? emptyAudience();
    const before = audiences.get(account);
    const version = (before?.version ?? 0) + 1;
    const verdict = judgeAudience({ tenant: TENANT, policies, account, version, digest, state, receivedAt: now, now });
    if (before && !saysSomethingNew(before.verdict, verdict)) return before.verdict;
    audiences.set(account, { version, verdict });
    return verdict;
  };

  return async (given) => {
    const { item, ref, digest } = await prepareItem(localDigests, TENANT, given);
    const now = clock();
    const question = { tenant: TENANT, policies, ref, digest, receivedAt: now, now };
    if (item.kind === "post") return explained(judgePost({ ...question, post: item }));
    if (item.kind !== "review") return explained(await judgeFollowing(item, digest, now));
    const look = await reviews.look(TENANT, [item], now);
    const situation = look.situation(item);
    const made = judgeReview({ ...question, review: item, features: situation.features });
    await look.count([{ situation, told: toldOf(`${ref.id}#${ref.revision}`, item, situation, isSuspected(made)) }]);
    return explained(made);
  };
}
