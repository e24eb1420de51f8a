import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { useRef, useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import { useAct } from "../../api/use-act.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Failed } from "../../parts/states.tsx";

interface RotateSecretProps {
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
  if (secret !== undefined) return <Secret secret={secret} onClose={onClose} />;
  return (
    <Dialog
      title="Make a new signing secret?"
      onClose={onClose}
      footer={
        <span className="subscriptions-buttons">
          <Button variant="link" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" loading={busy} onClick={() => void make()}>
            Make a new secret
          </Button>
        </span>
      }
    >
      <p>
        Messages are signed with both for 24 hours, so that the receiver can change over; then with the new one only.
      </p>
      {refused && <Failed refused={refused} />}
    </Dialog>
  );
}

function Secret({ secret, onClose }: { readonly secret: string; onClose(): void }) {
  const [copied, setCopied] = useState<boolean>();
  const words = useRef<HTMLElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      setCopied(true);
    } catch {
      // Without leave to use the clipboard the person copies it by hand: it is selected for them.
      if (words.current) getSelection()?.selectAllChildren(words.current);
      setCopied(false);
    }
  };
  return (
    <Dialog
      title="The signing secret"
      onClose={onClose}
      footer={
        <span className="subscriptions-buttons">
          <Button iconName="copy" onClick={() => void copy()}>
            Copy the secret
          </Button>
          <Button variant="primary" onClick={onClose}>
            I have kept it
          </Button>
        </span>
      }
    >
      <div className="subscriptions-form">
        <Alert type="warning" statusIconAriaLabel="Warning">
          This is the only time that it is shown. Whoever has it can write messages that look like ours.
        </Alert>
        <code className="subscriptions-secret" ref={words}>
          {secret}
        </code>
        <div role="status">
          {copied === true && "Copied."}
          {copied === false && "The browser does not let us copy: the secret is selected, copy it by hand."}
        </div>
      </div>
    </Dialog>
  );
}
