import { cpus, loadavg } from "node:os";

/** Processor time in cores: what a process used of a stretch, over how long the stretch was. */
export interface MachineUse {
  /** Cores of the machine. */
  readonly cores: number;
  /** The embedded cloud and the bench, which are one process. */
  readonly cloud: number;
  readonly receiver: number;
  /** Everybody else on the machine. */
  readonly others: number;
  /** Processes that wanted to run, mean of the last minute. */
  readonly load: number;
}

/** Begins a stretch; asked again, it says what was used since. @param receiverMs what the receiver has used so far */
export function watchMachine(receiverMs: number): (receiverMs: number) => MachineUse {
  const busyMs = (): number =>
    cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  const [began, busy, own] = [performance.now(), busyMs(), process.cpuUsage()];
  return (receiverNow) => {
    const ms = performance.now() - began;
    const { user, system } = process.cpuUsage(own);
    const cloud = (user + system) / 1000 / ms;
    const receiver = (receiverNow - receiverMs) / ms;
    const all = (busyMs() - busy) / ms;
    return {
      cores: cpus().length,
      cloud,
      receiver,
      others: Math.max(0, all - cloud - receiver),
      load: loadavg()[0] ?? 0,
    };
  };
}
