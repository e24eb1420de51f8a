import { useEffect, useRef, useState } from "react";
import type { Refused } from "../../api/answered.ts";
import { useApi } from "../../api/api-context.tsx";
import { useAct } from "../../api/use-act.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { ActDialog } from "../../parts/act-dialog.tsx";
import { Moment } from "../../parts/age.tsx";
import { counted } from "../../parts/alert-words.ts";
import { Switched } from "../../parts/fields.tsx";
import { Failed, Loading } from "../../parts/states.tsx";
import { type Counts, countWindow, type Replayable, type Window } from "./count-window.ts";
import type { State } from "./delivery-query.ts";

interface ReplayWindowProps {
  /** Of the subscription. */
  readonly id: string;
  /** That the log is narrowed to. */
  readonly state: State | undefined;
  readonly window: Window;
  onClose(): void;
}

const deliveries = (count: number): string => counted(count, "delivery", "deliveries");
const sum = (counts: Counts, states: readonly Replayable[]): number =>
  states.reduce((all, state) => all + counts[state], 0);

/** Sends again what the log shows of a window, page by page, after saying how many that are. */
export function ReplayWindow({ id, state, window, onClose }: ReplayWindowProps) {
  const { call, cache } = useApi();
  const { flash } = useFlashes();
  const { act, refused } = useAct("replay-deliveries");
  const [counts, setCounts] = useState<Counts>();
  const [uncounted, setUncounted] = useState<Refused>();
  const [takesAll, takeAll] = useState(false);
  const [done, setDone] = useState<number>();
  const isStopped = useRef(false);

  const { since, until } = window;
  useEffect(() => {
    const stop = new AbortController();
    countWindow(call, id, { since, until }, stop.signal).then(
      (answer) => (answer.ok ? setCounts(answer.value) : setUncounted(answer)),
      (error) => {
        if (!stop.signal.aborted) throw error;
      },
    );
    return () => stop.abort();
  }, [call, id, since, until]);

  const isOneState = state !== undefined && state !== "waiting";
  const states: Replayable[] = isOneState
    ? [state]
    : ["failed", "cancelled", ...(takesAll ? ["delivered" as const] : [])];
  const found = counts && sum(counts, states);
  const isNothing = counts?.isCut === false && found === 0;
  const many = counts?.isCut ? "all of them" : found;

  const close = () => {
    isStopped.current = true;
    onClose();
  };
  const go = async () => {
    let cursor: string | undefined;
    let replayed = 0;
    setDone(0);
    do {
      const body = { since, until, states, ...(cursor !== undefined && { cursor }) };
      const answer = await act({ params: { id }, body });
      cache.drop("list-deliveries");
      if (!answer.ok) return setDone(undefined);
      replayed += answer.value.replayed;
      setDone(replayed);
      cursor = answer.value.cursor;
    } while (cursor !== undefined && !isStopped.current);
    if (!isStopped.current) onClose();
    flash({
      type: replayed > 0 ? "success" : "info",
      content: `${replayed > 0 ? `${deliveries(replayed)} on the way again.` : "Nothing was sent again."}${cursor === undefined ? "" : " You stopped before the rest."}`,
    });
  };
  return (
    <ActDialog
      title="Replay what is shown?"
      verb={found === undefined || isNothing ? "Send again" : `Send ${many?.toLocaleString()} again`}
      busy={done !== undefined}
      disabled={counts === undefined || isNothing}
      refused={refused}
      onClose={close}
      onGo={() => void go()}
    >
      <p>
        Made from <Moment at={since} /> until <Moment at={until} />. Each goes out under the id that it had, with ten
        new attempts; what arrived once is known to the receiver by that id.
      </p>
      {!counts && !uncounted && <Loading what="Counting" lines={1} />}
      {uncounted && <Failed refused={uncounted} />}
      {counts && (
        <p role="status">
          <strong>
            {isNothing
              ? "There is nothing to send again."
              : `${counts.isCut ? "More than " : ""}${deliveries(found ?? 0)}:`}
          </strong>{" "}
          {!isNothing && states.map((one) => `${counts[one].toLocaleString()} ${one}`).join(", ")}
        </p>
      )}
      {!isOneState && (
        <Switched
          label="What has arrived, too"
          description="Otherwise only what failed or was cancelled."
          checked={takesAll}
          onChange={takeAll}
        />
      )}
      {done !== undefined && done > 0 && <p role="status">{deliveries(done)} so far.</p>}
    </ActDialog>
  );
}
