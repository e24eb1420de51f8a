import { useEffect, useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import type { AnswerOf } from "../../api/route-types.ts";
import type { Subscription } from "../../parts/subscription-words.ts";
import type { Known } from "./trouble.ts";

type Endpoint = AnswerOf<"get-endpoint">;

/** Requests at a time: there is no route that says it of all. */
const AT_ONCE = 5;

interface Looked {
  readonly key: string;
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly isOver: boolean;
}

/**
 * Asks how the receivers of some subscriptions are doing, one by one. Those that stand still are not asked about, and one
 * whose question fails stays unknown.
 * @param round asks anew whenever it is another
 * @returns `isOver` once every one has been asked about
 */
export function useEndpoints(all: readonly Subscription[], round: number) {
  const { call } = useApi();
  const ids = all.flatMap(({ id, paused }) => (paused ? [] : [id]));
  const key = `${round} ${ids.join(" ")}`;
  const [looked, set] = useState<Looked>();
  useEffect(() => {
    const stop = new AbortController();
    const left = key.split(" ").slice(1).filter(Boolean);
    const endpoints = new Map<string, Endpoint>();
    const ask = async () => {
      for (let id = left.shift(); id !== undefined; id = left.shift()) {
        const answer = await call("get-endpoint", { params: { id } }, { signal: stop.signal });
        if (answer.ok) endpoints.set(id, answer.value);
      }
    };
    Promise.all(Array.from({ length: AT_ONCE }, ask)).then(
      () => set({ key, endpoints, isOver: true }),
      (error) => {
        if (!stop.signal.aborted) throw error;
      },
    );
    return () => stop.abort();
  }, [key, call]);
  // Until all are known again, what was known of the round before stays: nothing jumps while somebody reads.
  const known = all.map((subscription): Known => ({ subscription, endpoint: looked?.endpoints.get(subscription.id) }));
  return { known, isOver: looked?.key === key && looked.isOver };
}
