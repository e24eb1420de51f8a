import { createContext, type ReactNode, useContext, useMemo } from "react";
import { type AnswerCache, answerCache } from "./answer-cache.ts";
import type { Call } from "./call.ts";

interface Api {
  readonly call: Call;
  readonly cache: AnswerCache;
}

const ApiContext = createContext<Api | undefined>(undefined);

export function ApiProvider({ call, children }: { readonly call: Call; readonly children: ReactNode }) {
  const api = useMemo(() => ({ call, cache: answerCache() }), [call]);
  return <ApiContext value={api}>{children}</ApiContext>;
}

/** @returns the API for what the hooks do not cover: loops over pages, prefetching, heartbeats. */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error("useApi outside of an ApiProvider");
  return api;
}
