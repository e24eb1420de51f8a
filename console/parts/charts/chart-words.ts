import type { FollowWindow } from "../../../shared/domain/audience.ts";
import { KIND_NAMES } from "../../../shared/plots/plot-frame.ts";

export const windowKindWords: Readonly<Record<FollowWindow["kind"], string>> = KIND_NAMES;

const GROUPED = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const ONE_DIGIT = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** "2,003"; small ones that are no whole number with one digit: ".4". */
export const grouped = (count: number): string => (count < 10 ? ONE_DIGIT : GROUPED).format(count);

/** "21 Nov, 14:00 UTC": what happens by the platform's hours is said in UTC, as the counts are kept. */
export const hourText = (iso: string): string =>
  `${new Date(iso).toLocaleString(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" })} UTC`;

/** "21 Nov 2026" of a date or a moment, in UTC. */
export const dayText = (iso: string): string =>
  new Date(iso).toLocaleDateString(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** "12–18 %" of a share with its interval, whole percents. */
export const shareRange = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  `${Math.round(low * 100)}–${Math.round(high * 100)} %`;
