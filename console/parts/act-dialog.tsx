import Button from "@cloudscape-design/components/button";
import type { ReactNode } from "react";
import type { Refused } from "../api/answered.ts";
import { Dialog } from "./dialog.tsx";
import { Failed } from "./states.tsx";
import "./parts.css";

interface ActDialogProps {
  readonly title: string;
  /** Of the button: what happens. */
  readonly verb: string;
  readonly busy: boolean;
  /** There is nothing to do yet, or at all. */
  readonly disabled?: boolean;
  readonly refused: Refused | undefined;
  readonly children: ReactNode;
  onClose(): void;
  onGo(): void;
}

/** Asks for what an act needs, or whether it is meant, and says why it was refused. Control and Enter do it, too. */
export const ActDialog = ({
  title,
  verb,
  busy,
  disabled = false,
  refused,
  children,
  onClose,
  onGo,
}: ActDialogProps) => (
  <Dialog
    title={title}
    onClose={onClose}
    keys={[{ keys: "Mod+Enter", title: verb, run: onGo, inFields: true, when: !disabled }]}
    footer={
      <span className="button-row">
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="primary" loading={busy} disabled={disabled} onClick={onGo}>
          {verb}
        </Button>
      </span>
    }
  >
    <div className="dialog-body">
      {children}
      {refused && <Failed refused={refused} />}
    </div>
  </Dialog>
);
