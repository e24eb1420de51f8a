import { type AnnounceDecision, announceDecision } from "../../shared/queue/announce-decision.ts";
import type { Cases } from "../../shared/store/cases.ts";

/** Seconds after which what is owed is taken as left behind by a crash, not as being published right now. */
const GRACE_SECONDS = 30;
/** Most cases a shard in one sweep; the next minute takes the rest. */
const MOST = 250;
/** Members of one cluster in one sweep: more than a cluster has. */
const MOST_MEMBERS = 1_000;

export interface PublishOwed extends AnnounceDecision {
  readonly cases: Pick<Cases, "owing" | "owed" | "advance" | "settle">;
}

/** Publishes the events that a crash, or a large cluster, left owing. @returns how many were published and how many failed. */
export function publishOwed(ports: PublishOwed) {
  const { cases } = ports;
  const announce = announceDecision(ports);
  return async (now: Date): Promise<{ readonly published: number; readonly failed: number }> => {
    const before = new Date(now.getTime() - GRACE_SECONDS * 1000);
    const owing = await cases.owing(before, MOST);
    const settled = await Promise.allSettled(
      owing.map(async ({ tenant, id }) => {
        const owed = await cases.owed(tenant, id);
        if (owed) await announce(owed, now, MOST_MEMBERS);
      }),
    );
    const failed = settled.filter(({ status }) => status === "rejected").length;
    return { published: settled.length - failed, failed };
  };
}
