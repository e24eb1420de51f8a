import type { AudienceAssessment, FollowWindow, Share } from "../../domain/audience.ts";
import { type Score, strongestFirst } from "../score.ts";
import { burstiness } from "./arrival-gaps.ts";
import { AGE_DAYS } from "./audience-counts.ts";
import { botLabel, boughtLabel, burstLabel, type NamedWindow, rounded, SOURCE, VERSION } from "./audience-labels.ts";
import { audienceNotes } from "./audience-notes.ts";
import { engagementResidual, lostShare, MINUTE_MS } from "./audience-snapshots.ts";
import type { AudienceState } from "./audience-state.ts";
import { type FoundWindow, findWindows } from "./find-windows.ts";
import { DAY_MS, HOUR_MS, TEN_MINUTES_MS, TENS_AN_HOUR } from "./follow-delta.ts";
import type { Quality } from "./quality-shift.ts";
import { followsSince, sampleShares } from "./sample-shares.ts";
import { boughtIn, moreSignals, whileGrowing } from "./window-facts.ts";

export interface AudienceScore {
  readonly score: Score;
  /** All that is said of the audience; whose it is, is added by whoever knows. */
  readonly assessment: Omit<AudienceAssessment, "account">;
}

const MOST_WINDOWS = 8;

/** The count that the platform stated last, and what was seen to follow after it; without one, all follows seen. */
function followersOf(state: AudienceState): number {
  const last = state.sample.snapshots.at(-1);
  if (last === undefined) return state.counts.follows;
  return last.followers + followsSince(state, Math.floor((last.at * MINUTE_MS) / HOUR_MS) + 1);
}

const roundedShare = ({ estimate, low, high }: Share): Share => ({
  estimate: rounded(estimate),
  low: rounded(low),
  high: rounded(high),
});

/** A window with how many were bought in it and what else speaks for it; one that only its ages betray is not viral. */
function named(state: AudienceState, base: Quality, window: FoundWindow): NamedWindow {
  const signals = [...window.signals, ...moreSignals(state, window)];
  const isBought = window.kind === "bought" || window.kind === "drip";
  const kind = window.kind === "viral" && signals.includes("batch_made") ? "unclear" : window.kind;
  const added = isBought ? boughtIn(window, base) : undefined;
  const grows = window.end > state.counts.hours.newest * TENS_AN_HOUR;
  return { ...window, kind, signals, added: added && grows ? whileGrowing(added) : added };
}

const time = (slot: number): string => new Date(slot * TEN_MINUTES_MS).toISOString();

const stated = ({ start, end, followers, quality, kind, signals, added }: NamedWindow): FollowWindow => ({
  start: time(start),
  end: time(end),
  followers,
  scored: quality.whole,
  suspicious: quality.part,
  kind,
  signals: [...signals],
  ...(added ? { added } : {}),
});

/** The latest of each sort come first to be kept: bought ones before all others. */
function mostTelling(windows: readonly NamedWindow[]): NamedWindow[] {
  const isBought = ({ kind }: NamedWindow): boolean => kind === "bought" || kind === "drip";
  return windows
    .toSorted((a, b) => Number(isBought(b)) - Number(isBought(a)) || b.start - a.start)
    .slice(0, MOST_WINDOWS)
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * Scores an account's audience as far as it is known. A rise of follows whose profiles are worse than usual is "consistent
 * with purchase"; one with profiles as usual is viral and gets no label; one of whose profiles too little is known is a
 * burst. `now` (milliseconds since the epoch) lets quiet hours since the last follow count as seen. Pure.
 */
export function scoreAudience(state: AudienceState, now?: number): AudienceScore {
  const { counts, sample } = state;
  const until = now === undefined ? counts.hours.newest : Math.floor(now / HOUR_MS);
  const { windows: found, base } = findWindows(counts, until);
  const windows = found.map((window) => named(state, base, window));
  const followers = followersOf(state);
  const shares = sampleShares(state, followers);
  const labels = [...boughtLabel(windows, base), ...botLabel(shares), ...burstLabel(windows)].sort(strongestFirst);
  const of = (kind: FoundWindow["kind"]): number => windows.filter((window) => window.kind === kind).length;
  const day = Math.floor((until * HOUR_MS) / DAY_MS);
  const pace = burstiness(counts.gaps, day - AGE_DAYS + 1, day + 1);
  const lost7 = lostShare(sample.snapshots, counts, 7);
  const lost30 = lostShare(sample.snapshots, counts, 30);
  const residual = engagementResidual(sample.snapshots);
  const notes = audienceNotes(state, shares);
  const { fake, inactive } = shares;
  return {
    score: {
      labels,
      features: {
        followers,
        follows_seen: counts.follows,
        profiles_judged: counts.scored,
        profiles_suspicious: counts.suspicious,
        sampled: shares.judged,
        sampled_suspicious: shares.suspicious,
        ...(fake === undefined
          ? {}
          : {
              fake_share: rounded(fake.estimate),
              fake_share_low: rounded(fake.low),
              fake_share_high: rounded(fake.high),
            }),
        windows_bought: of("bought"),
        windows_drip: of("drip"),
        windows_viral: of("viral"),
        windows_unclear: of("unclear"),
      },
      models: [`${SOURCE}@${VERSION}`, "profile-trees@1"],
      degraded: false,
    },
    assessment: {
      followers,
      scored: counts.scored,
      ...(fake ? { fakeShare: roundedShare(fake) } : {}),
      ...(inactive ? { inactiveShare: roundedShare(inactive) } : {}),
      windows: mostTelling(windows).map(stated),
      ...(lost7 === undefined && lost30 === undefined
        ? {}
        : {
            lost: {
              ...(lost7 === undefined ? {} : { days7: rounded(lost7) }),
              ...(lost30 === undefined ? {} : { days30: rounded(lost30) }),
            },
          }),
      ...(pace === undefined ? {} : { burstiness: rounded(pace) }),
      ...(residual === undefined ? {} : { engagementResidual: rounded(residual) }),
      ...(notes.length > 0 ? { notes } : {}),
    },
  };
}
