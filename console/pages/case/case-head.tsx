import Button from "@cloudscape-design/components/button";
import { type RefObject, useState } from "react";
import { Age, Countdown } from "../../parts/age.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { useMe } from "../../session/me.tsx";
import { ACTION_WORDS, LANE_WORDS, languageWord, placeOf, reasonOf } from "../queue/case-words.ts";
import type { CaseRecord } from "./case-record.ts";
import { HandOver } from "./hand-over.tsx";
import type { Lease } from "./use-lease.ts";
import { useOnlookers } from "./use-onlookers.ts";

interface CaseHeadProps {
  readonly record: CaseRecord;
  readonly lease: Lease;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readAgain(): void;
}

/** What the case is about, who has it, and who else looks at it. */
export function CaseHead({ record, lease, heading, readAgain }: CaseHeadProps) {
  const { verdict, lane, ref, openedAt, cluster } = record;
  const { action, surface, visibility, language, severity, status } = verdict;
  const titles = verdict.explanation.map(({ title }) => ({ title }));
  const items = cluster?.size ?? 1;
  return (
    <header className="case-head">
      <h2 ref={heading} tabIndex={-1}>
        {ACTION_WORDS[action]} {placeOf({ ref, surface, visibility })}: {reasonOf(titles)}
      </h2>
      <p className="case-facts quiet">
        <span className="case-lane" data-lane={lane}>
          {LANE_WORDS[lane]}
        </span>
        <span>severity {severity} of 7</span>
        {language !== undefined && <span>{languageWord(language)}</span>}
        {items > 1 && <span>{items} items</span>}
        <span>
          waits <Age since={openedAt} />
        </span>
        <span>
          <SafeInline text={ref.id} />
        </span>
        {status === "degraded" && <span>scored with parts missing</span>}
      </p>
      {record.state === "open" && <Held record={record} lease={lease} readAgain={readAgain} />}
      <Onlookers id={record.id} />
    </header>
  );
}

function Held({ record, lease, readAgain }: Omit<CaseHeadProps, "heading">) {
  const me = useMe();
  const [isHanding, setHanding] = useState(false);
  const { state, claim, busy, take, release } = lease;
  const mayTake = me.may("claim-case");
  const mayHand = me.may("transfer-case") && (state === "mine" || me.may("set-queues"));
  return (
    <div className="case-held">
      {state === "mine" && claim && (
        <span>
          You have it for <Countdown until={claim.until} over="no longer" />
        </span>
      )}
      {state === "others" && claim && (
        <span>
          <SafeInline text={claim.by} /> has it for <Countdown until={claim.until} over="no longer" />
        </span>
      )}
      {state === "free" && <span>Nobody has it</span>}
      {state === "over" && <span>Your claim is over</span>}
      {mayTake && (state === "free" || state === "over") && (
        <Button variant="inline-link" loading={busy} onClick={() => void take()}>
          Take it (t)
        </Button>
      )}
      {state === "mine" && (
        <Button variant="inline-link" loading={busy} onClick={() => void release()}>
          Give it back
        </Button>
      )}
      {mayHand && (
        <Button variant="inline-link" onClick={() => setHanding(true)}>
          Hand over
        </Button>
      )}
      {isHanding && (
        <HandOver id={record.id} isMine={state === "mine"} onClose={() => setHanding(false)} onDone={readAgain} />
      )}
    </div>
  );
}

function Onlookers({ id }: { readonly id: string }) {
  const others = useOnlookers(id);
  if (others.length === 0) return null;
  return (
    <p className="case-onlookers" role="status">
      <bdi>{others.join(", ")}</bdi> {others.length === 1 ? "looks" : "look"} at this too
    </p>
  );
}
