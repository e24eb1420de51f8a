import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { type ReactNode, useRef, useState } from "react";
import { Dialog } from "./dialog.tsx";
import "./parts.css";

interface ShownOnceProps {
  readonly title: string;
  /** What it is called in sentences: "token". */
  readonly what: string;
  readonly secret: string;
  /** That it is shown this once, and what it opens. */
  readonly warning: ReactNode;
  onClose(): void;
}

/** Shows a secret that nobody can see again once this is closed. */
export function ShownOnce({ title, what, secret, warning, onClose }: ShownOnceProps) {
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
      title={title}
      onClose={onClose}
      footer={
        <span className="button-row">
          <Button iconName="copy" onClick={() => void copy()}>
            Copy the {what}
          </Button>
          <Button variant="primary" onClick={onClose}>
            I have kept it
          </Button>
        </span>
      }
    >
      <div className="dialog-body">
        <Alert type="warning" statusIconAriaLabel="Warning">
          {warning}
        </Alert>
        <code className="secret" ref={words}>
          {secret}
        </code>
        <div role="status">
          {copied === true && "Copied."}
          {copied === false && `The browser does not let us copy: the ${what} is selected, copy it by hand.`}
        </div>
      </div>
    </Dialog>
  );
}
