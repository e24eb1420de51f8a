import type { Finding } from "./invariants.ts";

const MOST = 10;

/** The report of a soak, and whether everything held. */
export function reportOf(
  findings: readonly Finding[],
  done: ReadonlyMap<string, number>,
  mishaps: ReadonlyMap<string, number>,
): { readonly text: string; readonly held: boolean } {
  const held = findings.every(({ violations }) => violations.length === 0);
  const lines = [
    "done to it",
    ...[...done].map(([name, times]) => `  ${String(times).padStart(7)} × ${name}`),
    "mishaps it met",
    ...[...mishaps].sort((a, b) => b[1] - a[1]).map(([kind, times]) => `  ${String(times).padStart(7)} × ${kind}`),
    "invariants",
    ...findings.flatMap(({ invariant, checked, violations }) => [
      `  ${violations.length === 0 ? "held  " : "BROKEN"}  ${String(checked).padStart(7)} × ${invariant}`,
      ...violations.slice(0, MOST).map((violation) => `            ${violation}`),
      ...(violations.length > MOST ? [`            and ${violations.length - MOST} more`] : []),
    ]),
    held ? "every invariant held" : "AN INVARIANT WAS BROKEN",
  ];
  return { text: lines.join("\n"), held };
}
