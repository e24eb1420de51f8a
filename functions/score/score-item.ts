import type { routes } from "../../shared/contracts/routes.ts";
import { explainVerdict } from "../../shared/domain/explain-verdict.ts";
import type { Post, Review } from "../../shared/domain/item.ts";
import type { TenantSettings } from "../../shared/domain/tenant.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import type { PoliciesOf, PolicySet } from "../../shared/policy/compiled-policies.ts";
import { explainDecision } from "../../shared/policy/explain-decision.ts";
import type { Question } from "../../shared/policy/verdict-of.ts";
import { withCluster } from "../../shared/queue/cluster-digest.ts";
import type { ItemQueue } from "../../shared/queue/item-queue.ts";
import { prepareItem, toMessage } from "../../shared/queue/prepare-item.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, noSettings, refuse } from "../../shared/runtime/result.ts";
import type { SettingsOf } from "../../shared/runtime/tenant-context.ts";
import type { Quotas } from "../../shared/store/quotas.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";

export interface ScoreItem {
  readonly settingsOf: SettingsOf;
  readonly policiesOf: PoliciesOf;
  readonly quotas: Quotas;
  readonly keys: Keys;
  readonly verdicts: Pick<Verdicts, "receive">;
  readonly queue: ItemQueue;
  /** The scoring core of the item's kind; a review is judged by the states as they are. */
  readonly judge: (item: Post | Review, question: Question, settings: TenantSettings) => Promise<Verdict>;
}

const explained = ({ tenant: _, ...made }: Verdict, { documentOf }: PolicySet) => ({
  ...made,
  explanation: explainVerdict(made),
  ...explainDecision(made.policy, documentOf),
});

/**
 * Scores one item at once. With `store` the item and its verdict go to the kind's queue, whose step is the only writer
 * of verdicts: what is stored is what was answered here, unless the revision had its verdict before.
 */
export function scoreItem(ports: ScoreItem): UseCase<(typeof routes)["score"]> {
  const { settingsOf, policiesOf, quotas, keys, verdicts, queue, judge } = ports;
  return async ({ caller: { tenant }, query, body, now }) => {
    if (body.item.kind !== "post" && body.item.kind !== "review")
      return refuse("invalid_request", "An audience is judged over time, not by one message.", [
        { pointer: "/item/kind", detail: "not scored at once", fix: "hand it in through POST /v1/items" },
      ]);
    const settings = await settingsOf(tenant);
    if (!settings) return noSettings();
    const taken = await quotas.take(tenant, 1, settings.itemsPerMinute, now);
    if (!taken.ok) {
      const refused = refuse("over_quota", `The tenant may send ${settings.itemsPerMinute} items a minute.`, [
        { pointer: "/item", detail: "over the quota", fix: `send it again in ${taken.retryAfterSeconds} s` },
      ]);
      return { ...refused, retryAfterSeconds: taken.retryAfterSeconds };
    }
    const prepared = await prepareItem(keys, tenant, body.item);
    const { ref, digest } = prepared;
    // As prepared: fingerprints are compared in the keyed form in which they are stored.
    const policies = await policiesOf(tenant);
    const judged = await judge(prepared.item, { tenant, policies, ref, digest, receivedAt: now, now }, settings);
    const made = await withCluster(keys, prepared.item, judged);
    if (query.store === "false") return answer(explained(made, policies));

    const received = await verdicts.receive({ tenant, ref, digest, receivedAt: now });
    if (received === "conflict")
      return refuse("revision_conflict", "This revision was sent before with other content.", [
        { pointer: "/item/revision", detail: "known with other content", fix: "send an edit under a new revision" },
      ]);
    if (received !== "scored") {
      const message = await toMessage(keys, tenant, prepared, now);
      const [sent] = await queue.send([{ ...message, verdict: made }]);
      if (sent === "too_large")
        return refuse("too_large", "The item is over the 1 MiB of one message.", [
          { pointer: "/item", detail: "over 1 MiB as sent on", fix: "send a smaller item" },
        ]);
      if (sent !== "sent") return refuse("unavailable", "The queue did not take the item; send it again.");
    }
    return answer(explained(made, policies));
  };
}
