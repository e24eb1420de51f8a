import type { Share } from "../../domain/audience.ts";
import type { LabelScore, Reason } from "../../domain/label.ts";
import type { FoundWindow } from "./find-windows.ts";
import { TEN_MINUTES_MS, TENS_A_DAY, TENS_AN_HOUR } from "./follow-delta.ts";
import type { Quality } from "./quality-shift.ts";
import type { SampleShares } from "./sample-shares.ts";

export const SOURCE = "audience-heuristic";
export const VERSION = "2";
/** From this lower bound of the fake share on, the audience as a whole is named. */
const SHARE_NAMED = 0.3;
const MOST_CERTAIN = 0.98;

/** A window with all that is said of it. */
export interface NamedWindow extends FoundWindow {
  readonly added: Share | undefined;
}

export const rounded = (value: number): number => Math.round(value * 1000) / 1000;
const percent = (share: number): number => Math.round(share * 100);

const label = (fields: Pick<LabelScore, "label" | "score" | "probability" | "severity" | "reasons">): LabelScore => ({
  ...fields,
  score: rounded(fields.score),
  probability: rounded(Math.min(MOST_CERTAIN, fields.probability)),
  spans: [],
  source: SOURCE,
  version: VERSION,
});

/** A tenth of an hour, so that a quarter of an hour is not none. */
const hoursOf = ({ start, end }: FoundWindow): number => Math.round(((end - start) / TENS_AN_HOUR) * 10) / 10;

function arrivalReason(window: FoundWindow): Reason {
  const from = new Date(window.start * TEN_MINUTES_MS).toISOString();
  const usual = window.usualPerHour;
  if (window.kind === "drip")
    return {
      code: "audience.drip",
      params: {
        count: window.followers,
        days: Math.max(1, Math.round((window.end - window.start) / TENS_A_DAY)),
        usual: Math.round(usual * 24),
        from: from.slice(0, 10),
      },
    };
  return {
    code: "audience.spike",
    params: {
      count: window.followers,
      hours: hoursOf(window),
      usual: Math.round(usual * 10) / 10,
      from: from.slice(0, 16),
    },
  };
}

/** What else speaks for the window, in its order of weight. */
function supportOf({ signals }: FoundWindow): Reason[] {
  return (["batch_made", "even_pace", "shared_cohort"] as const).flatMap((signal) =>
    signals.includes(signal) ? [{ code: `audience.${signal}` }] : [],
  );
}

const largestOf = (windows: readonly NamedWindow[], kinds: readonly FoundWindow["kind"][]): NamedWindow | undefined =>
  windows.filter(({ kind }) => kinds.includes(kind)).sort((a, b) => b.quality.part - a.quality.part)[0];

/** Purchase: the window with most suspicious followers stands for all. Surer the more the profiles worsened. */
export function boughtLabel(windows: readonly NamedWindow[], base: Quality): LabelScore[] {
  const largest = largestOf(windows, ["bought", "drip"]);
  if (largest === undefined) return [];
  const { quality, added } = largest;
  const share = quality.part / quality.whole;
  const usual = base.whole === 0 ? 0 : base.part / base.whole;
  const worse: Reason = {
    code: "audience.worse_profiles",
    params: { percent: percent(share), of: quality.whole, usualPercent: percent(usual) },
  };
  const count: Reason[] = added
    ? [{ code: "audience.added", params: { count: added.estimate, low: added.low, high: added.high } }]
    : [];
  return [
    label({
      label: "fake_following.bought",
      score: share - usual,
      // Hand-set: half sure at a shift of a twentieth, nearly sure at one of a half.
      probability: 0.5 + Math.min(0.48, Math.max(0, share - usual)),
      severity: 4,
      reasons: [arrivalReason(largest), worse, ...count, ...supportOf(largest)].slice(0, 4),
    }),
  ];
}

/** A burst of which too little is known, or whose accounts were made together though their profiles are as usual. */
export function burstLabel(windows: readonly NamedWindow[]): LabelScore[] {
  const largest = windows.filter(({ kind }) => kind === "unclear").sort((a, b) => b.followers - a.followers)[0];
  if (largest === undefined) return [];
  const support = supportOf(largest);
  return [
    label({
      label: "fake_following.burst",
      score: Math.log(largest.followers / Math.max(1, largest.usualPerHour)),
      // It may be either.
      probability: 0.4,
      severity: 1,
      reasons: [
        arrivalReason(largest),
        ...(support.length > 0 ? support : [{ code: "audience.unjudged", params: { of: largest.quality.whole } }]),
      ].slice(0, 4),
    }),
  ];
}

/** The audience as a whole, where its fake share is large for certain. */
export function botLabel({ fake, judged }: SampleShares): LabelScore[] {
  if (fake === undefined || fake.low < SHARE_NAMED) return [];
  return [
    label({
      label: "fake_following.bot",
      score: fake.estimate,
      probability: fake.estimate,
      severity: 3,
      reasons: [
        {
          code: "audience.fake_share",
          params: { percent: percent(fake.estimate), low: percent(fake.low), high: percent(fake.high), of: judged },
        },
      ],
    }),
  ];
}
