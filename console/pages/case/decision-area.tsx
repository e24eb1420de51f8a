import { Countdown } from "../../parts/age.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { useMe } from "../../session/me.tsx";
import type { CaseWork } from "./case-work.ts";
import { DecidedBar } from "./decided-bar.tsx";
import { DecisionBar } from "./decision-bar.tsx";
import { LostNotice } from "./lost-notice.tsx";
import type { KeyPlaces } from "./use-case-keys.ts";
import type { Deciding } from "./use-deciding.ts";

export interface DecisionAreaProps {
  readonly work: CaseWork;
  readonly deciding: Deciding;
  readonly places: KeyPlaces;
}

/** What can be done about the case now, always in sight; where nothing can, why. */
export function DecisionArea({ work, deciding, places }: DecisionAreaProps) {
  const { record, lease } = work;
  return (
    <section className="decision-area" aria-label="Decision">
      <LostNotice work={work} />
      {deciding.mayDecide ? (
        <DecisionBar work={work} deciding={deciding} places={places} />
      ) : record.state === "open" ? (
        <NotNow lease={lease} forSeniors={deciding.forSeniors} />
      ) : (
        <DecidedBar work={work} />
      )}
    </section>
  );
}

function NotNow({ lease: { state, claim }, forSeniors }: Pick<CaseWork, "lease"> & { readonly forSeniors: boolean }) {
  const me = useMe();
  if (!me.may("decide")) return <p>Your role reads cases and decides none.</p>;
  if (forSeniors) return <p>This case was escalated: seniors and leads decide it.</p>;
  if (state === "others" && claim)
    return (
      <p>
        <SafeInline text={claim.by} /> has this case for <Countdown until={claim.until} over="no longer" />. You can
        read it; <kbd>n</kbd>
        takes another.
      </p>
    );
  return null;
}
