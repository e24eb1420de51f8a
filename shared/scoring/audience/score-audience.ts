import type { LabelScore } from "../../domain/label.ts";
import { type Score, strongestFirst } from "../score.ts";
import { type Interval, trueShare } from "../statistics.ts";
import { type AudienceState, HOUR_MS, SUSPICIOUS_FROM } from "./audience-state.ts";
import { findWindows, type SpikeWindow } from "./find-windows.ts";
import { knownChances } from "./follower-sample.ts";
import { PROFILE_QUALITY } from "./profile-quality.ts";

/** An anomaly window as a verdict states it: RFC 3339 times, `end` exclusive. */
interface AudienceWindow {
  readonly start: string;
  readonly end: string;
  readonly followers: number;
  readonly suspicious: number;
  readonly kind: SpikeWindow["kind"];
}

export interface AudienceScore {
  readonly score: Score;
  /** Best known number of followers now. */
  readonly followers: number;
  /** Share of fake followers 0 to 1 with its 95% interval; undefined where fewer than 10 sampled profiles are known. */
  readonly fakeShare: (Interval & { readonly estimate: number }) | undefined;
  readonly windows: readonly AudienceWindow[];
}

const SOURCE = "audience-heuristic";
const VERSION = "1";
const LEAST_SAMPLED = 10;
/** From this lower bound of the fake share on, the audience as a whole is named. */
const SHARE_NAMED = 0.3;
const MOST_CERTAIN = 0.98;
const MOST_WINDOWS = 8;

const round = (value: number): number => Math.round(value * 1000) / 1000;
const percent = (share: number): number => Math.round(share * 100);

/** The count that the platform stated last, and what was seen to follow after it; without one, all follows seen. */
function followersOf(state: AudienceState): number {
  const last = state.snapshots.at(-1);
  if (last === undefined) return state.follows;
  const { newest, columns } = state.hours;
  const after = Math.floor((last.at * 60_000) / HOUR_MS) + 1;
  const follows = columns[0] ?? [];
  const kept = Math.min(follows.length, Math.max(0, newest - after + 1));
  return last.followers + (kept === 0 ? 0 : follows.slice(-kept).reduce((sum, count) => sum + count, 0));
}

const label = (fields: Pick<LabelScore, "label" | "score" | "probability" | "severity" | "reasons">): LabelScore => ({
  ...fields,
  score: round(fields.score),
  probability: round(Math.min(MOST_CERTAIN, fields.probability)),
  spans: [],
  source: SOURCE,
  version: VERSION,
});

const spikeReason = (window: SpikeWindow) => ({
  code: "audience.spike",
  params: {
    count: window.followers,
    hours: window.end - window.start,
    usual: Math.round(window.usualPerHour * 10) / 10,
    from: new Date(window.start * HOUR_MS).toISOString().slice(0, 16),
  },
});

/** Purchase: the window with most followers stands for all. Surer the more the profiles worsened. */
function boughtLabel(windows: readonly SpikeWindow[]): LabelScore[] {
  const [largest] = windows.filter(({ kind }) => kind === "bought").sort((a, b) => b.followers - a.followers);
  if (largest === undefined) return [];
  const share = largest.suspicious / largest.scored;
  const shift = share - (largest.usualShare ?? 0);
  return [
    label({
      label: "fake_following.bought",
      score: shift,
      // Hand-set: half sure at a shift of a twentieth, nearly sure at one of a half.
      probability: 0.5 + Math.min(0.48, shift),
      severity: 4,
      reasons: [
        spikeReason(largest),
        {
          code: "audience.worse_profiles",
          params: {
            percent: percent(share),
            of: largest.scored,
            usualPercent: percent(largest.usualShare ?? 0),
          },
        },
      ],
    }),
  ];
}

function burstLabel(windows: readonly SpikeWindow[]): LabelScore[] {
  const [largest] = windows.filter(({ kind }) => kind === "unclear").sort((a, b) => b.followers - a.followers);
  if (largest === undefined) return [];
  return [
    label({
      label: "fake_following.burst",
      score: Math.log(largest.followers / Math.max(1, largest.usualPerHour)),
      // It may be either: nothing is known of who followed.
      probability: 0.4,
      severity: 1,
      reasons: [spikeReason(largest), { code: "audience.unjudged", params: { of: largest.scored } }],
    }),
  ];
}

function botLabel(state: AudienceState, share: AudienceScore["fakeShare"]): LabelScore[] {
  if (share === undefined || share.low < SHARE_NAMED) return [];
  const sampled = knownChances(state.sample).length;
  return [
    label({
      label: "fake_following.bot",
      score: share.estimate,
      probability: share.estimate,
      severity: 3,
      reasons: [
        {
          code: "audience.fake_share",
          params: {
            percent: percent(share.estimate),
            low: percent(share.low),
            high: percent(share.high),
            of: sampled,
          },
        },
      ],
    }),
  ];
}

/**
 * Scores an account's audience as far as it is known. A spike of follows whose profiles are worse than usual is
 * "consistent with purchase"; one with profiles as usual is viral and gets no label; one of whose profiles too little is
 * known is a burst. `now` (milliseconds since the epoch) lets quiet hours since the last follow count as seen. Pure.
 */
export function scoreAudience(state: AudienceState, now?: number): AudienceScore {
  const until = now === undefined ? state.hours.newest : Math.floor(now / HOUR_MS);
  const windows = findWindows(state, until);
  const followers = followersOf(state);
  const chances = knownChances(state.sample);
  const flagged = chances.filter((chance) => chance >= SUSPICIOUS_FROM).length;
  const fakeShare =
    chances.length < LEAST_SAMPLED
      ? undefined
      : trueShare(flagged, chances.length, PROFILE_QUALITY, Math.max(followers, chances.length));
  const labels = [...boughtLabel(windows), ...botLabel(state, fakeShare), ...burstLabel(windows)].sort(strongestFirst);
  const of = (kind: SpikeWindow["kind"]): number => windows.filter((window) => window.kind === kind).length;
  return {
    score: {
      labels,
      features: {
        followers,
        follows_seen: state.follows,
        profiles_judged: state.scored,
        profiles_suspicious: state.suspicious,
        sampled: chances.length,
        sampled_suspicious: flagged,
        ...(fakeShare === undefined
          ? {}
          : {
              fake_share: round(fakeShare.estimate),
              fake_share_low: round(fakeShare.low),
              fake_share_high: round(fakeShare.high),
            }),
        windows_bought: of("bought"),
        windows_viral: of("viral"),
        windows_unclear: of("unclear"),
      },
      models: [`${SOURCE}@${VERSION}`, "profile-points@1"],
      degraded: false,
    },
    followers,
    fakeShare,
    windows: windows.slice(-MOST_WINDOWS).map(({ start, end, followers: count, suspicious, kind }) => ({
      start: new Date(start * HOUR_MS).toISOString(),
      end: new Date(end * HOUR_MS).toISOString(),
      followers: count,
      suspicious,
      kind,
    })),
  };
}
