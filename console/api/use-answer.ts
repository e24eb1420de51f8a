import { useCallback, useEffect, useReducer, useRef } from "react";
import { keyOf } from "./answer-cache.ts";
import type { Refused } from "./answered.ts";
import { useApi } from "./api-context.tsx";
import type { AnswerOf, InputOf, ReadName } from "./route-types.ts";

/**
 * How a read stands. `value` stays while it is read again (`busy`), and after a failed second read (`failed` with a
 * `value`): pages show what they have and say that it may be old.
 */
export interface Shown<T> {
  /** `idle`: nothing was asked for. `loading`: the first answer is under way. */
  readonly state: "idle" | "loading" | "ready" | "failed";
  readonly value: T | undefined;
  readonly refused: Refused | undefined;
  readonly busy: boolean;
  /** When `value` was answered, in milliseconds since 1970. */
  readonly at: number | undefined;
  refresh(): void;
}

export interface AnswerOptions {
  /** Milliseconds for which a kept answer is shown without asking again; 0 where left out. */
  readonly fresh?: number;
  /** Milliseconds after which it asks again by itself, while the page can be seen; never where left out. */
  readonly every?: number;
}

interface Progress<T> {
  readonly key: string | undefined;
  readonly value?: T | undefined;
  readonly at?: number | undefined;
  readonly refused?: Refused | undefined;
  readonly busy: boolean;
}

/** Reads a route and keeps the answer; aborts where the input changes. `undefined` as input asks for nothing. */
export function useAnswer<N extends ReadName>(
  name: N,
  input: InputOf<N> | undefined,
  { fresh = 0, every }: AnswerOptions = {},
): Shown<AnswerOf<N>> {
  const { call, cache } = useApi();
  const key = input === undefined ? undefined : keyOf(name, input);
  const [progress, set] = useReducer((_: Progress<AnswerOf<N>>, next: Progress<AnswerOf<N>>) => next, {
    key: undefined,
    busy: false,
  });
  const asked = useRef(input);
  asked.current = input;
  const again = useRef<() => void>(() => {});

  useEffect(() => {
    if (key === undefined) return;
    const stop = new AbortController();
    let running = false;
    let isOld = false;
    const shown = (): Progress<AnswerOf<N>> => {
      const kept = cache.get(key);
      return kept?.answer.ok
        ? { key, value: kept.answer.value as AnswerOf<N>, at: kept.at, busy: running }
        : { key, busy: running };
    };
    const ask = async () => {
      if (running || asked.current === undefined) return;
      running = true;
      isOld = false;
      let last = shown();
      set(last);
      try {
        const answer = await call(name, asked.current, { signal: stop.signal });
        running = false;
        if (answer.ok) cache.set(key, answer);
        last = answer.ok ? shown() : { ...shown(), refused: answer };
        set(last);
        if (isOld) void ask();
      } catch (error) {
        if (!stop.signal.aborted) throw error;
      }
    };
    again.current = () => void ask();
    const forget = cache.listen(key, () => {
      // Dropped while it is being read: what is under way may be from before the change.
      if (running) isOld = isOld || !cache.get(key);
      else if (cache.get(key)) set(shown());
      else void ask();
    });
    const kept = cache.get(key);
    if (kept && Date.now() - kept.at < fresh) set(shown());
    else void ask();
    const timer =
      every === undefined
        ? undefined
        : setInterval(() => {
            if (document.visibilityState === "visible") void ask();
          }, every);
    return () => {
      stop.abort();
      forget();
      clearInterval(timer);
    };
  }, [key, name, call, cache, fresh, every]);

  const refresh = useCallback(() => again.current(), []);
  if (key === undefined)
    return { state: "idle", value: undefined, refused: undefined, busy: false, at: undefined, refresh };
  // Between a new input and its effect the answer to the old one must not be shown under the new name.
  const own: Progress<AnswerOf<N>> = progress.key === key ? progress : { key, busy: true };
  const state = own.refused ? "failed" : own.value === undefined ? "loading" : "ready";
  return { state, value: own.value, refused: own.refused, busy: own.busy, at: own.at, refresh };
}
