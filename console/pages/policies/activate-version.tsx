import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { useAct } from "../../api/use-act.ts";
import { useStanding } from "./use-standing.ts";
import { VersionChange } from "./version-change.tsx";
import { versionOptions } from "./version-options.ts";
import { WithNote } from "./with-note.tsx";
import type { PolicyView } from "./words.tsx";

interface ActivateVersionProps {
  readonly policy: PolicyView;
  onClose(): void;
  refresh(): void;
}

/** Lets a saved version decide, after showing what changes by it. */
export function ActivateVersion({ policy, onClose, refresh }: ActivateVersionProps) {
  const { id, active, newest, epoch } = policy;
  const [version, setVersion] = useState(newest);
  const { act, busy, refused } = useAct("activate-policy");
  const tell = useStanding(refresh);
  const options = versionOptions(policy);
  const go = async (note: string) => {
    const answer = await act({ params: { id }, body: { version, note, expectedEpoch: epoch } });
    if (answer.ok) onClose();
    // Whoever was slower sees what the policy is now, and decides again.
    else if (answer.code === "policy_changed") refresh();
    tell(answer);
  };
  return (
    <WithNote
      title={`Activate ${id}`}
      verb={`Activate version ${version}`}
      busy={busy}
      refused={refused}
      onClose={onClose}
      onGo={(note) => void go(note)}
    >
      <FormField label="Version" stretch>
        <Select
          expandToViewport
          options={options}
          selectedOption={options.find(({ value }) => value === String(version)) ?? null}
          onChange={({ detail }) => setVersion(Number(detail.selectedOption.value))}
        />
      </FormField>
      {active === undefined ? (
        <p className="policy-line">No version of it decides now.</p>
      ) : active.version === version ? (
        <p className="policy-line">This version decides already.</p>
      ) : (
        <VersionChange id={id} from={active.version} to={version} />
      )}
    </WithNote>
  );
}
