interface Waiting<In, Out> {
  readonly input: In;
  readonly resolve: (value: Out) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Calls that come in the same turn of the event loop are handed to `answer` as one batch, such as the messages of one
 * Lambda invocation. `answer` gives one result for each input, in order; one that fails does not touch the others.
 */
export function together<In, Out>(
  answer: (inputs: readonly In[]) => Promise<readonly PromiseSettledResult<Out>[]>,
): (input: In) => Promise<Out> {
  let waiting: Waiting<In, Out>[] = [];
  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    try {
      const results = await answer(batch.map(({ input }) => input));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (result?.status === "fulfilled") resolve(result.value);
        else reject(result?.reason ?? new Error("a batch gave no answer"));
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  return (input) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(() => void flush());
      waiting.push({ input, resolve, reject });
    });
}
