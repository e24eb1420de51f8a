import type { Answered } from "./answered.ts";
import type { InputOf, ReadName } from "./route-types.ts";

/** As many answers as are kept; the one unused longest goes first. */
const LARGEST = 60;

export interface Kept {
  readonly answer: Answered<unknown>;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface AnswerCache {
  get(key: string): Kept | undefined;
  set(key: string, answer: Answered<unknown>): void;
  /** Tells whenever an answer under this key was set or dropped. */
  listen(key: string, listener: () => void): () => void;
  /** Forgets answers of a route, or of one input, and has pages that show them ask again. */
  drop<N extends ReadName>(name: N, input?: InputOf<N>): void;
}

/** @returns what answers are kept under: the same input in another order of fields is another key, which costs one more call. */
export const keyOf = <N extends ReadName>(name: N, input: InputOf<N>): string => `${name} ${JSON.stringify(input)}`;

/** Answers of reading routes, in memory only. */
export function answerCache(): AnswerCache {
  const answers = new Map<string, Kept>();
  const listeners = new Map<string, Set<() => void>>();
  const tell = (key: string): void => {
    for (const listener of listeners.get(key) ?? []) listener();
  };
  return {
    get: (key) => answers.get(key),
    set(key, answer) {
      answers.delete(key);
      answers.set(key, { answer, at: Date.now() });
      for (const old of answers.keys()) {
        if (answers.size <= LARGEST) break;
        if (!listeners.has(old)) answers.delete(old);
      }
      tell(key);
    },
    listen(key, listener) {
      const own = listeners.get(key) ?? new Set();
      listeners.set(key, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0) listeners.delete(key);
      };
    },
    drop(name, input) {
      const one = input === undefined ? undefined : keyOf(name, input);
      const keys = new Set([...answers.keys(), ...listeners.keys()]);
      for (const key of keys) {
        if (one === undefined ? !key.startsWith(`${name} `) : key !== one) continue;
        answers.delete(key);
        tell(key);
      }
    },
  };
}
