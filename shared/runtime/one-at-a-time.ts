/**
 * Runs jobs of the same key one after the other, jobs of different keys side by side. Within one execution environment
 * only: it spares a batch the races that its own messages would lose against each other.
 */
export function oneAtATime(): <Value>(key: string, job: () => Promise<Value>) => Promise<Value> {
  const tails = new Map<string, Promise<unknown>>();
  return (key, job) => {
    const before = tails.get(key) ?? Promise.resolve();
    const mine = before.then(job, job);
    tails.set(key, mine);
    const forget = () => {
      if (tails.get(key) === mine) tails.delete(key);
    };
    mine.then(forget, forget);
    return mine;
  };
}
