import { type SettleDecision, settleDecision } from "../../shared/queue/settle-decision.ts";
import type { Cases } from "../../shared/store/cases.ts";

/** Seconds after which what is owed is taken as left behind by a crash, not as being published right now. */
const GRACE_SECONDS = 30;
/** Most cases a shard in one sweep; the next minute takes the rest. */
const MOST = 250;

export interface PublishOwed extends SettleDecision {
  readonly cases: Pick<Cases, "owing" | "get" | "settle">;
}

/** Publishes the events that a crash left owing. @returns how many were published and how many failed. */
export const publishOwed =
  (ports: PublishOwed) =>
  async (now: Date): Promise<{ readonly published: number; readonly failed: number }> => {
    const { cases } = ports;
    const before = new Date(now.getTime() - GRACE_SECONDS * 1000);
    const owing = await cases.owing(before, MOST);
    const settled = await Promise.allSettled(
      owing.map(async ({ tenant, id }) => {
        const current = await cases.get(tenant, id);
        if (!current?.decision) return;
        await settleDecision(ports, current);
      }),
    );
    const failed = settled.filter(({ status }) => status === "rejected").length;
    return { published: settled.length - failed, failed };
  };
