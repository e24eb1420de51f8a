import Modal, { type ModalProps } from "@cloudscape-design/components/modal";
import { type ReactNode, useEffect, useId } from "react";
import type { KeyBinding } from "../keys/key-registry.ts";
import { useKeyRegistry, useKeys } from "../keys/keys-context.tsx";

interface DialogProps {
  readonly title: string;
  onClose(): void;
  /** Keys while it is open; the page's own rest. */
  readonly keys?: readonly KeyBinding[];
  /** Buttons, the most important last. */
  readonly footer?: ReactNode;
  readonly size?: ModalProps.Size;
  readonly children: ReactNode;
}

const NO_KEYS: readonly KeyBinding[] = [];

/** A modal dialog, there for as long as it is rendered. Keeps the focus inside, closes on Escape, silences other keys. */
export function Dialog({ title, onClose, keys = NO_KEYS, footer, size = "medium", children }: DialogProps) {
  const scope = useId();
  const registry = useKeyRegistry();
  useKeys(scope, keys);
  useEffect(() => registry.openDialog(scope), [registry, scope]);
  return (
    <Modal visible header={title} onDismiss={onClose} closeAriaLabel="Close" footer={footer} size={size}>
      {children}
    </Modal>
  );
}
