import { useAct } from "../../api/use-act.ts";
import { useStanding } from "./use-standing.ts";
import { VersionChange } from "./version-change.tsx";
import { WithNote } from "./with-note.tsx";
import type { PolicyView } from "./words.tsx";

interface StepBackProps {
  readonly policy: PolicyView;
  readonly step: "roll-back" | "deactivate";
  onClose(): void;
  refresh(): void;
}

/** Takes a version back, or ends a policy, after showing what decides then. */
export function StepBack({ policy, step, onClose, refresh }: StepBackProps) {
  const { id, epoch } = policy;
  const rollBack = useAct("roll-back-policy");
  const deactivate = useAct("deactivate-policy");
  const { act, busy, refused } = step === "roll-back" ? rollBack : deactivate;
  const tell = useStanding(refresh);
  const go = async (note: string) => {
    const answer = await act({ params: { id }, body: { note, expectedEpoch: epoch } });
    if (answer.ok) onClose();
    else if (answer.code === "policy_changed") refresh();
    tell(answer);
  };
  return (
    <WithNote
      title={step === "roll-back" ? `Roll ${id} back` : `Deactivate ${id}`}
      verb={step === "roll-back" ? "Roll back" : "Deactivate"}
      busy={busy}
      refused={refused}
      onClose={onClose}
      onGo={(note) => void go(note)}
    >
      {step === "roll-back" ? <LeadsBack policy={policy} /> : <Ends policy={policy} />}
    </WithNote>
  );
}

function LeadsBack({ policy: { id, active, history } }: { readonly policy: PolicyView }) {
  if (!active) {
    const version = history.find(({ event }) => event === "deactivated")?.from;
    return <p className="policy-line">Version {version} decides again, as before it was deactivated.</p>;
  }
  if (active.previous === undefined)
    return (
      <p className="policy-line">
        No version was active before {active.version}: the policy decides nothing then, and its items fall to what it
        refines.
      </p>
    );
  return <VersionChange id={id} from={active.version} to={active.previous} />;
}

const Ends = ({ policy: { inherits } }: { readonly policy: PolicyView }) => (
  <p className="policy-line">
    It decides nothing then: its items fall to {inherits ?? "the built-in policy"}. Its versions stay, and a rollback
    leads back.
  </p>
);
