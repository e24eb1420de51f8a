const DAY_MS = 86_400_000;

/** How far back verdicts are looked at, by days; the journal of verdicts keeps 35. */
export const WINDOWS = [
  { value: "1", label: "the last 24 hours" },
  { value: "3", label: "the last 3 days" },
  { value: "7", label: "the last 7 days" },
  { value: "14", label: "the last 14 days" },
  { value: "30", label: "the last 30 days" },
  { value: "34", label: "the last 34 days" },
];

/** @returns when a window of so many days begins. */
export const sinceOf = (days: string): string => new Date(Date.now() - Number(days) * DAY_MS).toISOString();

/** "23 Oct – 22 Nov" of a window, in UTC. */
export function dayRange({ since, until }: { readonly since: string; readonly until: string }): string {
  const day = (iso: string): string =>
    new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
  const [first, last] = [day(since), day(until)];
  return first === last ? first : `${first} – ${last}`;
}

/** Milliseconds between two looks at work that goes on. */
export const LOOK_MS = 1_500;
