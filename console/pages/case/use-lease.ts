import { useCallback, useEffect, useRef, useState } from "react";
import type { Answered, Refused } from "../../api/answered.ts";
import { useApi } from "../../api/api-context.tsx";
import type { AnswerOf } from "../../api/route-types.ts";
import { leaseMinutes } from "../../facts/desk.ts";
import type { CaseRecord, Claim } from "./case-record.ts";

/** Milliseconds between heartbeats, while somebody is at the case. */
const BEAT = 60_000;

export interface Lease {
  /** `over`: it was this person's and has ended; nobody else is known to have it. */
  readonly state: "mine" | "others" | "free" | "over";
  readonly claim: Claim | undefined;
  /** Why the last try to claim or to keep it failed: who has it, or that it was decided. */
  readonly lost: Refused | undefined;
  readonly busy: boolean;
  take(): Promise<boolean>;
  release(): Promise<boolean>;
  /** Somebody does something: the next heartbeat is due. */
  touch(): void;
  /** Something else of the case was refused: who has it now. */
  refused(answer: Refused): void;
}

interface Held {
  readonly id: string;
  readonly claim: Claim | undefined;
  readonly wasMine: boolean;
  readonly lost?: Refused | undefined;
}

const heldBy = ({ id, claim }: CaseRecord): Held => ({ id, claim, wasMine: claim?.mine ?? false });

/** Who holds a case, with a heartbeat for as long as this person holds it and does something. */
export function useLease(record: CaseRecord): Lease {
  const { call } = useApi();
  const { id } = record;
  const [held, setHeld] = useState<Held>(() => heldBy(record));
  const [busy, setBusy] = useState(false);
  const active = useRef(true);
  const [seen, setSeen] = useState(record);
  if (seen !== record) {
    setSeen(record);
    setHeld(heldBy(record));
  }
  const living = useLiving(held.claim);
  const isMine = living?.mine ?? false;

  const changed = useCallback(
    (answer: Answered<AnswerOf<"claim-case">>) => {
      if (answer.ok) setHeld({ id, claim: answer.value.claim, wasMine: answer.value.claim?.mine ?? false });
      else if (answer.status === 409) setHeld((before) => ({ ...before, ...lostTo(answer), lost: answer }));
      else if (answer.status !== 0) setHeld((before) => ({ ...before, lost: answer }));
      return answer.ok;
    },
    [id],
  );

  const take = useCallback(async () => {
    setBusy(true);
    const answer = await call("claim-case", { params: { id }, body: { minutes: leaseMinutes } });
    setBusy(false);
    return changed(answer);
  }, [call, id, changed]);

  const release = useCallback(async () => {
    setBusy(true);
    const answer = await call("release-case", { params: { id }, body: {} });
    setBusy(false);
    if (!changed(answer)) return false;
    setHeld({ id, claim: undefined, wasMine: false });
    return true;
  }, [call, id, changed]);

  useEffect(() => {
    if (!isMine) return;
    const beat = async () => {
      if (!active.current || document.visibilityState !== "visible") return;
      active.current = false;
      changed(await call("extend-claim", { params: { id }, body: { minutes: leaseMinutes } }));
    };
    void beat();
    const timer = setInterval(() => void beat(), BEAT);
    return () => clearInterval(timer);
  }, [isMine, call, id, changed]);

  const touch = useCallback(() => {
    active.current = true;
  }, []);
  const state = living ? (isMine ? "mine" : "others") : held.wasMine ? "over" : "free";
  return { state, claim: living, lost: held.lost, busy, take, release, touch, refused: changed };
}

/** A claim for as long as it lasts; renders again when it ends. */
function useLiving(claim: Claim | undefined): Claim | undefined {
  const [, setEnded] = useState<Claim>();
  useEffect(() => {
    if (!claim) return;
    const timer = setTimeout(() => setEnded(claim), Math.max(0, Date.parse(claim.until) - Date.now()) + 1);
    return () => clearTimeout(timer);
  }, [claim]);
  return claim && Date.parse(claim.until) > Date.now() ? claim : undefined;
}

/** What a lost race says of who has the case now. */
function lostTo({ problem: { current } }: Refused): Pick<Held, "claim" | "wasMine"> {
  const { heldBy: by, heldUntil: until } = current ?? {};
  if (by === undefined || until === undefined) return { claim: undefined, wasMine: false };
  return { claim: { by, at: new Date().toISOString(), until, mine: false }, wasMine: false };
}
