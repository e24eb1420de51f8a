import type { FunctionStats } from "../../local/lambda/function.ts";

export interface FunctionUse {
  readonly invocations: number;
  readonly milliseconds: number;
  readonly memoryMb: number;
}

type ByName<T> = Readonly<Record<string, T>>;

/** What each function did between two looks; those that did nothing are left out. */
export function useBetween(before: ByName<FunctionStats>, after: ByName<FunctionStats>): Record<string, FunctionUse> {
  const used = Object.entries(after).map(([name, { invocations, totalMs, memoryMb }]): [string, FunctionUse] => [
    name,
    {
      invocations: invocations - (before[name]?.invocations ?? 0),
      milliseconds: totalMs - (before[name]?.totalMs ?? 0),
      memoryMb,
    },
  ]);
  return Object.fromEntries(used.filter(([, { invocations }]) => invocations > 0));
}

export const invocationsOf = (use: ByName<FunctionUse>): number =>
  Object.values(use).reduce((sum, { invocations }) => sum + invocations, 0);

/** Gigabyte-seconds: memory that the function is given, times how long it ran. */
export const gbSecondsOf = (use: ByName<FunctionUse>): number =>
  Object.values(use).reduce((sum, { milliseconds, memoryMb }) => sum + (milliseconds / 1000) * (memoryMb / 1024), 0);
