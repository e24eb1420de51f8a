/** Worked on at the same time. */
const AT_ONCE = 10;

/** Works on many things, some at a time; rejects with the first that fails, when those beside it have ended. */
export async function inTurns<Of, Result>(of: readonly Of[], work: (one: Of) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < of.length; from += AT_ONCE) {
    const done = await Promise.allSettled(of.slice(from, from + AT_ONCE).map(work));
    for (const one of done) {
      if (one.status === "rejected") throw one.reason;
      results.push(one.value);
    }
  }
  return results;
}
