import { publishDecision } from "../../shared/queue/decision-events.ts";
import type { Topic } from "../../shared/queue/topic.ts";
import type { Cases } from "../../shared/store/cases.ts";

/** Seconds after which what is owed is taken as left behind by a crash, not as being published right now. */
const GRACE_SECONDS = 30;
/** Most cases a shard in one sweep; the next minute takes the rest. */
const MOST = 250;

export interface PublishOwed {
  readonly cases: Pick<Cases, "owing" | "get" | "settle">;
  readonly decisions: Topic;
}

/** Publishes the events that a crash left owing. @returns how many were published and how many failed. */
export const publishOwed =
  ({ cases, decisions }: PublishOwed) =>
  async (now: Date): Promise<{ readonly published: number; readonly failed: number }> => {
    const before = new Date(now.getTime() - GRACE_SECONDS * 1000);
    const owing = await cases.owing(before, MOST);
    const settled = await Promise.allSettled(
      owing.map(async ({ tenant, id }) => {
        const current = await cases.get(tenant, id);
        if (!current?.decision) return;
        await publishDecision(decisions, current);
        await cases.settle(tenant, id, current.decision.id);
      }),
    );
    const failed = settled.filter(({ status }) => status === "rejected").length;
    return { published: settled.length - failed, failed };
  };
