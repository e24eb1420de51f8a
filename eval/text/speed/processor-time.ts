/** Milliseconds of this thread's own processor time: what else the machine does is not counted. */
export function processorTime(work: () => void): number {
  const begun = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(begun);
  return (user + system) / 1000;
}
