import { setTimeout as sleep } from "node:timers/promises";

/** How well a pace was kept; milliseconds. */
export interface Pace {
  readonly began: number;
  readonly ended: number;
  /** By which sending began too late: of 19 in 20, and at the worst. */
  readonly late95: number;
  readonly latest: number;
}

/**
 * Sends bursts at an even pace, whether or not those before have been answered: whoever waits for answers measures
 * itself. `send` is told when its burst was due.
 * @throws what any of them threw
 */
export async function keepPace(
  { rate, seconds, burst }: { readonly rate: number; readonly seconds: number; readonly burst: number },
  send: (due: Date, count: number) => Promise<void>,
): Promise<Pace> {
  const began = Date.now();
  const late: number[] = [];
  const sent: Promise<void>[] = [];
  let fault: unknown;
  const bursts = Math.ceil((rate * seconds) / burst);
  for (let n = 0; n < bursts && fault === undefined; n += 1) {
    const due = began + (n * burst * 1000) / rate;
    const left = due - Date.now();
    if (left > 0) await sleep(left);
    late.push(Math.max(0, Date.now() - due));
    sent.push(
      send(new Date(due), burst).catch((error: unknown) => {
        fault ??= error;
      }),
    );
  }
  await Promise.all(sent);
  if (fault !== undefined) throw fault;
  late.sort((a, b) => a - b);
  return {
    began,
    ended: Date.now(),
    late95: late[Math.floor(late.length * 0.95)] ?? 0,
    latest: late.at(-1) ?? 0,
  };
}
