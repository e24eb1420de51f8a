import type { AuditFact } from "../domain/audit.ts";
import type { Case } from "../domain/case.ts";
import { describeError, logger } from "../runtime/logger.ts";
import type { Cases } from "../store/cases.ts";
import type { Depths } from "../store/depths.ts";
import { type AnnounceDecision, announceDecision } from "./announce-decision.ts";

/** Members of a cluster that are told at once; the sweep tells the rest within a minute or two. */
const AT_ONCE = 100;

export interface Concluding extends AnnounceDecision {
  readonly cases: Pick<Cases, "owed" | "advance" | "settle">;
  readonly depths: Pick<Depths, "add">;
}

/** What follows from a change that is stored: its event, the log's and the journal's entries, the queue's counts. */
export type Conclude = (
  before: Case,
  after: Case,
  caller: Pick<AuditFact, "role">,
  now: Date,
  most?: number,
) => Promise<void>;

/** None of it undoes the change where it fails: the event and the entries are owed, and the sweep sees to them. */
export function conclude(ports: Concluding): Conclude {
  const announce = announceDecision(ports);
  const tell: Conclude = async (_before, after, { role }, now, most = AT_ONCE) => {
    // Only the table knows which members came before the decision.
    const owed = after.cluster ? await ports.cases.owed(after.tenant, after.id) : { case: after, members: 1 };
    if (owed) await announce(owed, now, most, role ? { role } : {});
  };
  const count = async (before: Case, after: Case): Promise<void> => {
    if (before.state === "open") await ports.depths.add(before, -1);
    if (after.state === "open") await ports.depths.add(after, 1);
  };
  return async (...change) => {
    const [before, after] = change;
    const done = await Promise.allSettled([tell(...change), count(before, after)]);
    for (const one of done)
      if (one.status === "rejected")
        logger.warn("the change is stored, what follows is left to the sweep", describeError(one.reason));
  };
}
