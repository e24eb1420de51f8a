interface Waiting<In> {
  readonly input: In;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers what the messages of a batch bring, so that one `take` does for all of them: when `whole` inputs are there, or
 * `lingerMs` after the first. They fail together.
 */
export function gathering<In>(
  take: (inputs: readonly In[]) => Promise<void>,
  lingerMs: number,
): (input: In, whole: number) => Promise<void> {
  let waiting: Waiting<In>[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    take(batch.map(({ input }) => input)).then(
      () => {
        for (const { resolve } of batch) resolve();
      },
      (error) => {
        for (const { reject } of batch) reject(error);
      },
    );
  };
  return (input, whole) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      if (waiting.length >= whole) flush();
      else timer ??= setTimeout(flush, lingerMs);
    });
}
