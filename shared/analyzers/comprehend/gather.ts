/** One asker's wait for its part of a group's answer. */
interface Waiting<Asked, Answer> {
  readonly asked: Asked;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Gathers what is asked under one key within `lingerMs` milliseconds and has it answered together: the messages of one
 * batch are handled side by side, and those of one thread are to share their requests.
 * @param answer the answers in the order of what was asked
 */
export function gather<Asked, Answer>(
  lingerMs: number,
  answer: (asked: readonly Asked[]) => Promise<readonly Answer[]>,
): (key: string, asked: Asked) => Promise<Answer> {
  const groups = new Map<string, Waiting<Asked, Answer>[]>();

  async function flush(key: string): Promise<void> {
    const group = groups.get(key) ?? [];
    groups.delete(key);
    try {
      const answers = await answer(group.map(({ asked }) => asked));
      for (const [index, { resolve, reject }] of group.entries()) {
        const own = answers[index];
        if (own === undefined) reject(new Error("a group was answered in part"));
        else resolve(own);
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  return (key, asked) =>
    new Promise((resolve, reject) => {
      const group = groups.get(key);
      const one = { asked, resolve, reject };
      if (group) {
        group.push(one);
        return;
      }
      groups.set(key, [one]);
      if (lingerMs === 0) void flush(key);
      else setTimeout(() => void flush(key), lingerMs);
    });
}
