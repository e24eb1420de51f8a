import Button from "@cloudscape-design/components/button";
import type { ReactNode } from "react";
import type { Refused } from "../../api/answered.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Failed } from "../../parts/states.tsx";

interface ConfirmProps {
  readonly title: string;
  /** Of the button: what happens. */
  readonly verb: string;
  readonly busy: boolean;
  readonly refused: Refused | undefined;
  readonly children: ReactNode;
  onClose(): void;
  onGo(): void;
}

/** Asks once more before something that cannot be taken back. */
export const Confirm = ({ title, verb, busy, refused, children, onClose, onGo }: ConfirmProps) => (
  <Dialog
    title={title}
    onClose={onClose}
    footer={
      <span className="settings-buttons">
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="primary" loading={busy} onClick={onGo}>
          {verb}
        </Button>
      </span>
    }
  >
    <div className="settings-form">
      <p className="settings-line">{children}</p>
      {refused && <Failed refused={refused} />}
    </div>
  </Dialog>
);
