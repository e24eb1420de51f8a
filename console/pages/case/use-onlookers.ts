import { useEffect, useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import { useMe } from "../../session/me.tsx";

/** Presence lasts a minute at the API; it is said twice in that time. */
const PACE = 30_000;

/** @returns who else looks at the case; says meanwhile that this person does. */
export function useOnlookers(id: string): readonly string[] {
  const { call } = useApi();
  const isWorker = useMe().may("look-at-case");
  const [others, set] = useState<readonly string[]>([]);
  useEffect(() => {
    set([]);
    if (!isWorker) return;
    const stop = new AbortController();
    const look = async () => {
      if (document.visibilityState !== "visible") return;
      const answer = await call("look-at-case", { params: { id }, body: {} }, { signal: stop.signal }).catch(
        () => undefined,
      );
      if (answer?.ok) set(answer.value.others.map(({ by }) => by));
    };
    void look();
    const timer = setInterval(() => void look(), PACE);
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [id, call, isWorker]);
  return others;
}
