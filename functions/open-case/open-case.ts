import type { EventMessage, VerdictMessage } from "../../shared/contracts/messages.ts";
import { type Case, isUnderLegalHold, needsReview, openCase as opened } from "../../shared/domain/case.ts";
import { clusterKeyOf } from "../../shared/domain/cluster-key.ts";
import { queueOf, type Routing } from "../../shared/domain/routing.ts";
import type { TenantSettings } from "../../shared/domain/tenant.ts";
import type { Topic } from "../../shared/queue/topic.ts";
import type { Clock } from "../../shared/runtime/clock.ts";
import { describeError, logger } from "../../shared/runtime/logger.ts";
import type { Authors } from "../../shared/store/authors.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { Clusters } from "../../shared/store/clusters.ts";
import type { Depths } from "../../shared/store/depths.ts";

export interface OpenCase {
  readonly cases: Pick<Cases, "open">;
  readonly clusters: Pick<Clusters, "leader" | "takeOver" | "join">;
  readonly depths: Pick<Depths, "add">;
  readonly authors: Pick<Authors, "erasedAt">;
  /** The tenant's queues, remembered for a while. */
  readonly routingOf: (tenant: string) => Promise<Routing>;
  readonly settingsOf: (tenant: string) => Promise<TenantSettings | undefined>;
  readonly events: Topic;
  readonly clock: Clock;
}

/**
 * Opens the case of a flagged verdict in the queue that the tenant's rules name, or joins it to the open case of its
 * cluster; a repeated message does no more than the first. Nor does one whose author was erased while it waited: the
 * erasure found no case that it could have put under a pseudonym.
 */
export function openCase({ cases, clusters, depths, authors, routingOf, settingsOf, events, clock }: OpenCase) {
  /** @returns whether a case now waits that did not before, and whether it waits by itself and not in a cluster */
  const place = async (made: Case, now: Date): Promise<{ readonly isNew: boolean; readonly leads: boolean }> => {
    const { tenant, id, cluster } = made;
    if (!cluster) return { isNew: await cases.open(made), leads: true };
    const leader = await clusters.leader(tenant, cluster.key, id, now);
    if (leader === id) return { isNew: await cases.open(made), leads: true };
    const { kind, opened: isNew } = await clusters.join(made, leader, now);
    // What comes next joins this one. Where somebody else was faster it joins theirs.
    if (kind === "closed") await clusters.takeOver(tenant, cluster.key, leader, id, now);
    return { isNew, leads: false };
  };

  /** Tells those who want to hear of new cases. A repeat tells them again: they know the case by its id. */
  const tell = async ({ tenant, id, verdict }: Case): Promise<void> => {
    const settings = await settingsOf(tenant);
    if (!settings?.eventFeed && !settings?.alerts.places.includes("case")) return;
    const message: EventMessage = { v: 1, tenant, event: { type: "case.opened", case: id, at: verdict.scoredAt } };
    await events.publish(message, { tenant, type: "case.opened" });
  };

  return async ({ verdict }: VerdictMessage): Promise<void> => {
    if (!needsReview(verdict)) return;
    const receivedAt = new Date(verdict.receivedAt);
    const erasedAt = await authors.erasedAt(verdict.tenant, verdict.authorId, receivedAt);
    if (erasedAt && erasedAt >= receivedAt && !isUnderLegalHold(verdict)) return;
    const now = clock();
    const { cluster: _, ...rest } = verdict;
    const key = clusterKeyOf(verdict);
    const queue = queueOf(await routingOf(verdict.tenant), verdict);
    const made = opened({ ...rest, ...(key ? { cluster: key } : {}) }, now, queue);
    const { isNew, leads } = await place(made, now);
    if (leads) await tell(made);
    if (!isNew) return;
    // A count that is one off is no reason to open the case again.
    await depths.add(made, 1).catch((error) => logger.warn("not counted in", describeError(error)));
  };
}
