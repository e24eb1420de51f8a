const DAY = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const STEPS = [1, 2, 4, 7, 14] as const;
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240] as const;

export interface TimeTick {
  /** Milliseconds since the epoch, midnight UTC. */
  readonly at: number;
  readonly text: string;
}

/** `3 Nov` */
const dayText = (at: number): string => {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""}`;
};

function monthTicks(from: number, to: number, most: number): TimeTick[] {
  const monthOf = (at: number): number => new Date(at).getUTCFullYear() * 12 + new Date(at).getUTCMonth();
  const [first, last] = [monthOf(from), monthOf(to)];
  const step = MONTH_STEPS.find((months) => (last - first) / months < most) ?? 480;
  const ticks: TimeTick[] = [];
  for (let month = Math.ceil(first / step) * step; month <= last; month += step) {
    const at = Date.UTC(Math.floor(month / 12), month % 12);
    const year = String(Math.floor(month / 12));
    if (at >= from && at <= to)
      ticks.push({ at, text: step % 12 === 0 ? year : `${MONTHS[month % 12] ?? ""} ${year}` });
  }
  return ticks;
}

/** At most `most` round times between two, in milliseconds since the epoch: days, months or years. */
export function timeTicks(from: number, to: number, most: number): TimeTick[] {
  const step = STEPS.find((days) => (to - from) / (days * DAY) <= most);
  if (step === undefined) return monthTicks(from, to, most);
  const ticks: TimeTick[] = [];
  for (let at = Math.ceil(from / DAY) * DAY; at <= to; at += step * DAY) ticks.push({ at, text: dayText(at) });
  return ticks;
}
