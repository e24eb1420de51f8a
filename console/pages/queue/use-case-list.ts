import { useCallback, useEffect, useRef, useState } from "react";
import type { Refused } from "../../api/answered.ts";
import { useApi } from "../../api/api-context.tsx";
import type { CaseSummary } from "./case-words.ts";
import { append, type Listing, renewHead } from "./merge-page.ts";
import type { QueueQuery } from "./queue-query.ts";

const FIRST = "50";
const FURTHER = "200";
/** Milliseconds after which the head of the list is read again while it can be seen. */
const PACE = 15_000;
/** A page may be empty and still lead on, where filters let few cases through: so many are asked for in a row. */
const MOST_EMPTY = 20;

export interface CaseList {
  readonly rows: readonly CaseSummary[];
  /** `loading`: the first page is under way. */
  readonly state: "loading" | "ready" | "failed";
  readonly refused: Refused | undefined;
  /** Whether there is more below. */
  readonly hasMore: boolean;
  readonly isReadingMore: boolean;
  more(): void;
  refresh(): void;
  /** Takes a case out before the next reading does: it was decided. */
  drop(id: string): void;
  /** Shows who has a case before the next reading does. */
  setClaim(id: string, claim: CaseSummary["claim"]): void;
}

type Cases = Listing<CaseSummary>;

interface Standing {
  readonly key: string;
  readonly listing?: Cases | undefined;
  readonly refused?: Refused | undefined;
  readonly more: boolean;
}

/** Lists that were left, so that coming back from a case shows them where they stood. Two: a queue and one beside it. */
const left = new Map<string, Cases>();
const MOST_LEFT = 2;

function keep(key: string, listing: Cases): void {
  left.delete(key);
  left.set(key, listing);
  const [oldest] = left.keys();
  if (left.size > MOST_LEFT && oldest !== undefined) left.delete(oldest);
}

/** Open cases of a queue in fair order, page by page; the head is read again by itself. */
export function useCaseList({ asked }: Pick<QueueQuery, "asked">): CaseList {
  const { call } = useApi();
  const key = JSON.stringify(asked);
  const [standing, set] = useState<Standing>({ key, listing: left.get(key), more: false });
  const newest = useRef(standing);
  const show = useCallback((next: Standing) => {
    newest.current = next;
    if (next.listing) keep(next.key, next.listing);
    set(next);
  }, []);

  const read = useCallback(
    async (limit: string, cursor: string | undefined, signal: AbortSignal) => {
      let rows: CaseSummary[] = [];
      let at = cursor;
      for (let tries = 0; ; tries += 1) {
        const query = { ...asked, limit, ...(at !== undefined && { cursor: at }) };
        const answer = await call("list-cases", { query }, { signal });
        if (!answer.ok) return answer;
        rows = [...rows, ...answer.value.cases];
        at = answer.value.cursor;
        if (rows.length > 0 || at === undefined || tries === MOST_EMPTY) return { ok: true as const, rows, cursor: at };
      }
    },
    [call, asked],
  );

  const stop = useRef(new AbortController());
  const refresh = useCallback(async () => {
    const { signal } = stop.current;
    const answer = await read(FIRST, undefined, signal).catch(() => undefined);
    if (!answer || signal.aborted) return;
    const { listing, more } = newest.current;
    if (!answer.ok) show({ key, listing, refused: answer, more });
    else show({ key, listing: listing ? renewHead(listing, answer) : answer, more });
  }, [read, show, key]);

  useEffect(() => {
    stop.current = new AbortController();
    if (newest.current.key !== key) show({ key, listing: left.get(key), more: false });
    void refresh();
    const timer = setInterval(() => document.visibilityState === "visible" && void refresh(), PACE);
    return () => {
      stop.current.abort();
      clearInterval(timer);
    };
  }, [key, refresh, show]);

  const more = useCallback(async () => {
    const { listing, more: isReading } = newest.current;
    if (isReading || listing?.cursor === undefined) return;
    const { signal } = stop.current;
    show({ ...newest.current, more: true });
    const answer = await read(FURTHER, listing.cursor, signal).catch(() => undefined);
    if (!answer || signal.aborted) return;
    const now = newest.current;
    if (!answer.ok) show({ ...now, refused: answer, more: false });
    else show({ key, listing: now.listing ? append(now.listing, answer) : answer, more: false });
  }, [read, show, key]);

  const drop = useCallback(
    (id: string) => {
      const { listing } = newest.current;
      if (listing)
        show({ ...newest.current, listing: { ...listing, rows: listing.rows.filter((row) => row.id !== id) } });
    },
    [show],
  );

  const setClaim = useCallback<CaseList["setClaim"]>(
    (id, claim) => {
      const { listing } = newest.current;
      const row = listing?.rows.find((one) => one.id === id);
      if (!listing || !row || (row.claim?.by === claim?.by && row.claim?.until === claim?.until)) return;
      const { claim: _, ...free } = row;
      const renewed = claim ? { ...free, claim } : free;
      show({
        ...newest.current,
        listing: { ...listing, rows: listing.rows.map((one) => (one === row ? renewed : one)) },
      });
    },
    [show],
  );

  const shown: Standing = standing.key === key ? standing : { key, listing: left.get(key), more: false };
  const { listing, refused, more: isReadingMore } = shown;
  return {
    rows: listing?.rows ?? NO_ROWS,
    state: listing ? "ready" : refused ? "failed" : "loading",
    refused,
    hasMore: listing?.cursor !== undefined,
    isReadingMore,
    more,
    refresh,
    drop,
    setClaim,
  };
}

const NO_ROWS: readonly CaseSummary[] = [];
