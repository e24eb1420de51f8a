import { useCallback, useRef, useState } from "react";
import type { Answered, Refused } from "./answered.ts";
import { useApi } from "./api-context.tsx";
import type { ActName, AnswerOf, InputOf } from "./route-types.ts";

export interface Act<N extends ActName> {
  /** Sends. While one is under way a second call answers with the first one's answer and sends nothing. */
  act(input: InputOf<N>): Promise<Answered<AnswerOf<N>>>;
  readonly busy: boolean;
  /** Why the last one failed; gone with the next. */
  readonly refused: Refused | undefined;
  clear(): void;
}

/** An id for acts that name one: the same act sent again with it is done once. */
export const newActId = (): string => crypto.randomUUID();

/** Changes something by a route, once at a time. */
export function useAct<N extends ActName>(name: N): Act<N> {
  const { call } = useApi();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  const running = useRef<Promise<Answered<AnswerOf<N>>>>(undefined);
  const act = useCallback(
    (input: InputOf<N>) => {
      running.current ??= (async () => {
        setBusy(true);
        setRefused(undefined);
        try {
          const answer = await call(name, input);
          if (!answer.ok) setRefused(answer);
          return answer;
        } finally {
          running.current = undefined;
          setBusy(false);
        }
      })();
      return running.current;
    },
    [call, name],
  );
  const clear = useCallback(() => setRefused(undefined), []);
  return { act, busy, refused, clear };
}
