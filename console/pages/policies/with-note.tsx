import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { type ReactNode, useState } from "react";
import type { Refused } from "../../api/answered.ts";
import { ActDialog } from "../../parts/act-dialog.tsx";

const LONGEST = 500;

interface WithNoteProps {
  readonly title: string;
  /** Of the button: what happens. */
  readonly verb: string;
  readonly busy: boolean;
  readonly refused: Refused | undefined;
  readonly children?: ReactNode;
  onClose(): void;
  onGo(note: string): void;
}

/** Asks for the reason of an act that others will read in the history, and shows why it was refused. */
export function WithNote({ title, verb, busy, refused, children, onClose, onGo }: WithNoteProps) {
  const [note, setNote] = useState("");
  const [asked, setAsked] = useState(false);
  const said = note.trim();
  const fault =
    said.length > LONGEST
      ? `At most ${LONGEST} characters.`
      : asked && said === ""
        ? "Say why, in a few words."
        : undefined;
  const send = (): void => {
    setAsked(true);
    if (said !== "" && said.length <= LONGEST) onGo(said);
  };
  return (
    <ActDialog title={title} verb={verb} busy={busy} refused={refused} onClose={onClose} onGo={send}>
      {children}
      <FormField label="Why" description="For whoever reads the history." errorText={fault} stretch>
        <Textarea value={note} rows={3} onChange={({ detail }) => setNote(detail.value)} />
      </FormField>
    </ActDialog>
  );
}
