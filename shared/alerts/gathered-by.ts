import type { Alert, Tally } from "../domain/alert.ts";
import type { ItemRef } from "../domain/id.ts";
import { type Gathered, MOST_SAMPLES } from "./alert-life.ts";
import { tallyOf, together } from "./tally.ts";

interface Minute {
  readonly tally: Tally;
  readonly samples: readonly ItemRef[];
  readonly lastAt: string;
}

/** All that an alert has gathered: the event that began it, and the minutes in which others were counted. */
export function gatheredBy(
  { first, openedAt }: Pick<Alert, "first" | "openedAt">,
  minutes: readonly Minute[],
): Gathered {
  const own = first.item ? [first.item.ref] : [];
  return {
    tally: minutes.map(({ tally }) => tally).reduce(together, tallyOf({ facts: first })),
    samples: [...own, ...minutes.flatMap(({ samples }) => samples)].slice(0, MOST_SAMPLES),
    lastAt: [openedAt, ...minutes.map(({ lastAt }) => lastAt)].sort().at(-1) ?? openedAt,
  };
}
