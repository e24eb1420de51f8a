/**
 * Works on many things in their order, some at the same time, for as long as there is time; one that fails keeps no other
 * from its turn.
 * @returns what became of those that were begun, in their order: the first of `of`, all of them where time sufficed
 */
export async function inTime<Of, Result>(
  of: readonly Of[],
  atOnce: number,
  hasTime: () => boolean,
  work: (one: Of) => Promise<Result>,
): Promise<readonly PromiseSettledResult<Result>[]> {
  const results: PromiseSettledResult<Result>[] = [];
  const entries = of.entries();
  const worker = async (): Promise<void> => {
    while (hasTime()) {
      const { value, done } = entries.next();
      if (done) return;
      const [index, one] = value;
      const [result] = await Promise.allSettled([work(one)]);
      results[index] = result;
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, of.length) }, worker));
  return results;
}
