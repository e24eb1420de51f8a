import type { FollowWindow } from "../../shared/domain/audience.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import type { AudienceStates } from "../../shared/store/audience-states.ts";
import type { SharedCohorts } from "../../shared/store/shared-cohorts.ts";

export interface CompareCohorts {
  readonly states: Pick<AudienceStates, "read" | "share">;
  readonly cohorts: Pick<SharedCohorts, "meet">;
}

const DAY_MS = 86_400_000;
/** Followers by whom a day is compared with those of other accounts, and days of one verdict: what it may cost. */
const LOOKED_AT = 8;
const MOST_DAYS = 3;

const isSuspicious = ({ kind }: FollowWindow): boolean => kind !== "viral";
const isWithin = (day: number, { start, end }: FollowWindow): boolean =>
  day * DAY_MS < Date.parse(end) && (day + 1) * DAY_MS > Date.parse(start);

/**
 * Looks whether other accounts of the tenant gained the same followers in suspicious times of their own. Asked once for
 * each new version of a verdict that tells of such a time.
 * @returns whether something new was found: then the account is to be judged again
 */
export function compareCohorts({ states, cohorts }: CompareCohorts) {
  return async ({ tenant, ref, audience }: Verdict, now: Date): Promise<boolean> => {
    const windows = audience?.windows.filter(isSuspicious) ?? [];
    if (windows.length === 0) return false;
    const state = await states.read(tenant, ref.id, now);
    const days = state?.sample.cohorts.filter(({ day }) => windows.some((window) => isWithin(day, window))) ?? [];
    let isNew = false;
    for (const { day, hashes, shared = 0 } of days.slice(0, MOST_DAYS)) {
      const count = await cohorts.meet(tenant, ref.id, hashes.slice(0, LOOKED_AT), now);
      if (count <= shared) continue;
      await states.share(tenant, ref.id, day, count, now);
      isNew = true;
    }
    return isNew;
  };
}
