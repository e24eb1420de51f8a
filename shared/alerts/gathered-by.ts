import type { Alert, Tally } from "../domain/alert.ts";
import type { ItemRef } from "../domain/id.ts";
import { type Gathered, MOST_SAMPLES } from "./alert-life.ts";
import { tallyOf, together } from "./tally.ts";

interface Part {
  readonly tally: Tally;
  readonly samples: readonly ItemRef[];
  readonly lastAt: string;
}

/** All that an alert has gathered: the event that began it, and what was counted since, the earliest first. */
export function gatheredBy({ first, openedAt }: Pick<Alert, "first" | "openedAt">, parts: readonly Part[]): Gathered {
  const own = first.item ? [first.item.ref] : [];
  return {
    tally: parts.map(({ tally }) => tally).reduce(together, tallyOf({ facts: first })),
    samples: [...own, ...parts.flatMap(({ samples }) => samples)].slice(0, MOST_SAMPLES),
    lastAt: [openedAt, ...parts.map(({ lastAt }) => lastAt)].sort().at(-1) ?? openedAt,
  };
}
