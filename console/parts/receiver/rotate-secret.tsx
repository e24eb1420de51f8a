import { useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import { useAct } from "../../api/use-act.ts";
import { ActDialog } from "../act-dialog.tsx";
import { ShownOnce } from "../shown-once.tsx";

interface RotateSecretProps {
  /** Of the subscription. */
  readonly id: string;
  onClose(): void;
}

/** Makes a new signing secret, then shows it, once. */
export function RotateSecret({ id, onClose }: RotateSecretProps) {
  const { cache } = useApi();
  const { act, busy, refused } = useAct("rotate-secret");
  const [secret, setSecret] = useState<string>();
  const make = async () => {
    const answer = await act({ params: { id }, body: {} });
    if (!answer.ok) return;
    setSecret(answer.value.secret);
    cache.drop("get-endpoint", { params: { id } });
  };
  if (secret !== undefined)
    return (
      <ShownOnce
        title="The signing secret"
        what="secret"
        secret={secret}
        warning="This is the only time that it is shown. Whoever has it can write messages that look like ours."
        onClose={onClose}
      />
    );
  return (
    <ActDialog
      title="Make a new signing secret?"
      verb="Make a new secret"
      busy={busy}
      refused={refused}
      onClose={onClose}
      onGo={() => void make()}
    >
      <p>
        Messages are signed with both for 24 hours, so that the receiver can change over; then with the new one only.
      </p>
    </ActDialog>
  );
}
