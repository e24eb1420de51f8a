import type { VerdictMessage } from "../../shared/contracts/messages.ts";
import { isUnderLegalHold, needsReview, openCase as opened } from "../../shared/domain/case.ts";
import type { Clock } from "../../shared/runtime/clock.ts";
import type { Authors } from "../../shared/store/authors.ts";
import type { Cases } from "../../shared/store/cases.ts";

export interface OpenCase {
  readonly cases: Pick<Cases, "open">;
  readonly authors: Pick<Authors, "erasedAt">;
  readonly clock: Clock;
}

/**
 * Opens the case of a flagged verdict; a repeated message opens nothing. Nor does one whose author was erased while it
 * waited: the erasure found no case that it could have put under a pseudonym.
 */
export const openCase =
  ({ cases, authors, clock }: OpenCase) =>
  async ({ verdict }: VerdictMessage): Promise<void> => {
    if (!needsReview(verdict)) return;
    const receivedAt = new Date(verdict.receivedAt);
    const erasedAt = await authors.erasedAt(verdict.tenant, verdict.authorId, receivedAt);
    if (erasedAt && erasedAt >= receivedAt && !isUnderLegalHold(verdict)) return;
    await cases.open(opened(verdict, clock()));
  };
