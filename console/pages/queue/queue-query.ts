import { useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";
import type { InputOf } from "../../api/route-types.ts";
import { useMe } from "../../session/me.tsx";

type ListQuery = NonNullable<InputOf<"list-cases">["query"]>;

/** What the list can be narrowed by; each is a field of the address, so that a reload and a link keep it. */
export const FILTERS = ["kind", "label", "language", "brand", "held"] as const;
export type Filter = (typeof FILTERS)[number];

export interface QueueQuery {
  /** The queue that is shown. */
  readonly queue: string;
  /** The queue that was chosen; undefined while nobody chose, and `next` then looks in all that the person works. */
  readonly chosen: string | undefined;
  readonly filters: Readonly<Partial<Record<Filter, string>>>;
  /** What the API is asked. */
  readonly asked: ListQuery;
  /** To be put behind a path that shows the same list: "?queue=appeals", or nothing. */
  readonly search: string;
  set(change: Readonly<Partial<Record<Filter | "queue", string | undefined>>>): void;
}

/** The queue and filters that the address names. */
export function useQueueQuery(): QueueQuery {
  const { queues } = useMe();
  const [params, setParams] = useSearchParams();
  const text = params.toString();
  const set = useCallback<QueueQuery["set"]>(
    (change) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(change)) {
            if (value) next.set(name, value);
            else next.delete(name);
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return useMemo(() => {
    const read = new URLSearchParams(text);
    const chosen = read.get("queue") ?? undefined;
    const queue = chosen ?? queues[0] ?? "default";
    const filters = Object.fromEntries(
      FILTERS.flatMap((name) => {
        const value = read.get(name);
        return value ? [[name, value]] : [];
      }),
    );
    // The API says what is wrong with a value that it does not know: an address may have been written by hand.
    const asked = { queue, ...filters } as ListQuery;
    return { queue, chosen, filters, asked, search: text && `?${text}`, set };
  }, [text, queues, set]);
}
