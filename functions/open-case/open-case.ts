import type { VerdictMessage } from "../../shared/contracts/messages.ts";
import { needsReview, openCase as opened } from "../../shared/domain/case.ts";
import type { Clock } from "../../shared/runtime/clock.ts";
import type { Cases } from "../../shared/store/cases.ts";

/** Opens the case of a flagged verdict; a repeated message opens nothing. */
export const openCase =
  (cases: Pick<Cases, "open">, clock: Clock) =>
  async ({ verdict }: VerdictMessage): Promise<void> => {
    if (needsReview(verdict)) await cases.open(opened(verdict, clock()));
  };
