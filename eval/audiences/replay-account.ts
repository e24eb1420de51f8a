import {
  type AudienceState,
  emptyAudience,
  observeFollows,
  observeSnapshot,
} from "../../shared/scoring/audience/audience-state.ts";
import { type AudienceScore, scoreAudience } from "../../shared/scoring/audience/score-audience.ts";
import type { Chance } from "./chance.ts";
import { deliver, type Platform } from "./deliver.ts";
import type { MadeAccount } from "./made-account.ts";
import { type NaiveAlarms, naiveDetector } from "./naive-detectors.ts";

/** What stands after one message, at `at` (milliseconds since the epoch). */
export interface Reading {
  readonly at: number;
  /** Follows told so far. */
  readonly seen: number;
  /** Follows in this message; 0 for a snapshot. */
  readonly follows: number;
  readonly state: AudienceState;
  readonly score: AudienceScore;
  readonly naive: NaiveAlarms;
}

const NO_ALARMS: NaiveAlarms = { threeSigma: false, fiveTimes: false };

/**
 * Everything told of an account, through the reducers and the scorer that ship, message by message as the pipeline does.
 * @param from nothing is scored before, to save time. @param look may end the replay by answering "enough".
 */
export function replayAccount(
  account: MadeAccount,
  platform: Platform,
  draw: Chance,
  from: number,
  look: (reading: Reading) => "enough" | undefined,
): void {
  const naive = naiveDetector(account.begins, account.days);
  let state = emptyAudience();
  for (const message of deliver(account, platform, draw)) {
    let alarms = NO_ALARMS;
    if ("snapshot" in message) state = observeSnapshot(state, message.snapshot, account.id);
    else {
      state = observeFollows(state, message.followers, account.id);
      alarms = naive.observe(message.followers.map(({ followedAt }) => Date.parse(followedAt)));
    }
    if (message.at < from) continue;
    const follows = "snapshot" in message ? 0 : message.followers.length;
    const score = scoreAudience(state, message.at);
    if (look({ at: message.at, seen: message.seen, follows, state, score, naive: alarms }) === "enough") break;
  }
}

/** The verdict says that followers were bought. */
export const namesPurchase = ({ score }: AudienceScore): boolean =>
  score.labels.some(({ label }) => label === "fake_following.bought");
