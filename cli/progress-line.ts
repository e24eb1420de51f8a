const number = new Intl.NumberFormat("en-GB");
const BAR = 24;

/** A whole number with thousands separated. */
export const grouped = (count: number): string => number.format(count);

/** "1 item", "2,000 items". */
export const counted = (count: number, one: string, more = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : more}`;

/** Seconds as `0:07` or `1:02:03`. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const two = (part: number): string => String(part).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

export interface Progress {
  /** 0 to 1; undefined where the whole is not known. */
  readonly share: number | undefined;
  /** Since this run began. */
  readonly seconds: number;
  /** The share at which this run began: what an earlier one did says nothing of this one's speed. */
  readonly from?: number;
  /** Items done since the command began, for the rate. */
  readonly done: number;
  readonly facts: readonly string[];
}

/** `[██████░░] 42%  12,000 accepted · 3 refused · 812/s · 0:12 left`. */
export function progressLine({ share, seconds, from = 0, done, facts }: Progress): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const parts = [...facts, `${grouped(Math.round(rate))}/s`];
  if (share === undefined) return parts.join(" · ");
  const full = Math.round(Math.min(1, share) * BAR);
  if (share - from > 0.02 && share < 1 && seconds > 1 && done > 0)
    parts.push(`${clockTime((seconds / (share - from)) * (1 - share))} left`);
  const bar = `[${"█".repeat(full)}${"░".repeat(BAR - full)}] ${String(Math.floor(share * 100)).padStart(3)}%`;
  return `${bar}  ${parts.join(" · ")}`;
}
