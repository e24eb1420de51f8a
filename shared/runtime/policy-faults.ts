import type { FaultOfPolicy } from "../contracts/policy-routes.ts";
import type { Fault } from "../contracts/problem.ts";
import type { PolicyFault } from "../policy/check-policy.ts";

const MOST = 50;
/** Messages quote names as they stand in the policy, which may be of any length. */
const MOST_CHARACTERS = 600;

const said = ({ rule, message }: PolicyFault): string => (rule === undefined ? message : `rule ${rule}: ${message}`);

const faultAt = ({ pointer, fix }: PolicyFault, base: string, detail: string): Fault => ({
  pointer: `${base}${pointer}`,
  detail: detail.slice(0, MOST_CHARACTERS),
  fix: fix ?? "see the language of conditions in docs/policies.md",
});

/** Faults of a policy as faults of the request that brought it: its pointers lie below `base`. */
export const requestFaults = (faults: readonly PolicyFault[], base: string): Fault[] =>
  faults.slice(0, MOST).map((one) => {
    const { line, column } = one;
    const where = line === undefined || column === undefined ? "" : ` (line ${line}, column ${column})`;
    return faultAt(one, base, `${said(one)}${where}`);
  });

/** The same with the place in the text at the pointer apart, for whoever marks it there. */
export const placedFaults = (faults: readonly PolicyFault[], base: string): FaultOfPolicy[] =>
  faults.slice(0, MOST).map((one) => {
    const { line, column, length = 1 } = one;
    const place = line === undefined || column === undefined ? {} : { place: { line, column, length } };
    return { ...faultAt(one, base, said(one)), ...place };
  });
