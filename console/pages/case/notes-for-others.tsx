import Button from "@cloudscape-design/components/button";
import Textarea from "@cloudscape-design/components/textarea";
import { type RefObject, useRef, useState } from "react";
import { newActId, useAct } from "../../api/use-act.ts";
import { useAnnounce } from "../../app/announcer.tsx";
import { Age } from "../../parts/age.tsx";
import { SafeInline, SafeText } from "../../parts/safe-text.tsx";
import { Failed } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import type { CaseRecord } from "./case-record.ts";
import type { CaseWork } from "./case-work.ts";

interface NotesForOthersProps {
  readonly work: CaseWork;
  readonly place: RefObject<HTMLDivElement | null>;
}

/** What others at the desk should know. Kept while it could not be sent, and never changed once it was. */
export function NotesForOthers({ work: { record, draft, change }, place }: NotesForOthersProps) {
  const me = useMe();
  const announce = useAnnounce();
  const { act, busy, refused } = useAct("note-case");
  const text = draft.forOthers;
  const [added, setAdded] = useState<CaseRecord["notes"]>([]);
  /** The same words sent again are the same note; others are another. */
  const sent = useRef({ id: newActId(), text: "" });
  const notes = [...record.notes, ...added.filter(({ id }) => record.notes.every((one) => one.id !== id))];
  const mayWrite = me.may("note-case");
  if (!mayWrite && notes.length === 0) return null;

  const send = async () => {
    if (text.trim() === "") return;
    if (sent.current.text !== text) sent.current = { id: newActId(), text };
    const answer = await act({ params: { id: record.id }, body: sent.current });
    if (!answer.ok) return;
    sent.current = { id: newActId(), text: "" };
    setAdded((before) => [...before, answer.value]);
    change({ forOthers: "" });
    announce("The note is added.");
  };

  return (
    <section className="case-notes" aria-label="Notes for others">
      <h3>Notes for others</h3>
      {notes.length > 0 && (
        <ul className="case-list">
          {notes.map(({ id, by, at, text: said }) => (
            <li key={id}>
              <span className="quiet">
                {me.is(by) ? "you" : <SafeInline text={by} />}, <Age since={at} ago />
              </span>
              <SafeText text={said} />
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <div ref={place} className="case-note-field">
          <Textarea
            ariaLabel="A note for others at the desk"
            placeholder="A note for others at the desk (c)"
            rows={text === "" ? 1 : 3}
            value={text}
            readOnly={busy}
            onChange={({ detail }) => change({ forOthers: detail.value })}
            onKeyDown={(event) => {
              if (event.detail.key !== "Enter" || !(event.detail.ctrlKey || event.detail.metaKey)) return;
              event.preventDefault();
              void send();
            }}
          />
          {text.trim() !== "" && (
            <Button loading={busy} onClick={() => void send()}>
              Add the note
            </Button>
          )}
          {refused && <Failed refused={refused} onRetry={() => void send()} />}
        </div>
      )}
    </section>
  );
}
