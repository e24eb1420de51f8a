import type { Fault } from "../contracts/problem.ts";
import type { PolicyFault } from "../policy/check-policy.ts";

const MOST = 50;
/** Messages quote names as they stand in the policy, which may be of any length. */
const MOST_CHARACTERS = 600;

/** Faults of a policy as faults of the request that brought it: its pointers lie below `base`. */
export const requestFaults = (faults: readonly PolicyFault[], base: string): Fault[] =>
  faults.slice(0, MOST).map(({ pointer, line, column, rule, message, fix }) => ({
    pointer: `${base}${pointer}`,
    detail: [
      ...(rule === undefined ? [] : [`rule ${rule}: `]),
      message,
      ...(line === undefined || column === undefined ? [] : [` (line ${line}, column ${column})`]),
    ]
      .join("")
      .slice(0, MOST_CHARACTERS),
    fix: fix ?? "see the language of conditions in docs/policies.md",
  }));
