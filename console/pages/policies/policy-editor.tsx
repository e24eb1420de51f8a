import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useRef, useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import { useAct } from "../../api/use-act.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { useGo } from "../../parts/go.tsx";
import { Section } from "../../parts/section.tsx";
import { Failed } from "../../parts/states.tsx";
import { CheckResult } from "./check-result.tsx";
import { draftOf, keepDraft, NEW } from "./drafts.ts";
import { policyPath } from "./paths.ts";
import { StartBacktest } from "./start-backtest.tsx";
import { usePolicyCheck } from "./use-policy-check.ts";
import type { PolicyView } from "./words.tsx";
import { type EditorHandle, YamlEditor } from "./yaml-editor.tsx";

interface PolicyEditorProps {
  /** Left out for one that is new. */
  readonly policy?: PolicyView;
  readonly base: number;
  readonly initial: string;
  /** A sentence that says why this id cannot be saved, if so. */
  idFault?(id: string): string | undefined;
  onSaved(version: number): void;
}

const idOf = (document: unknown): string => {
  const id = (document as { id?: unknown } | null | undefined)?.id;
  return typeof id === "string" ? id : "";
};

/** Writes a policy, with what is wrong at its place while it is written, and saves it as a version. */
export function PolicyEditor({ policy, base, initial, idFault, onSaved }: PolicyEditorProps) {
  const key = policy?.id ?? NEW;
  const go = useGo();
  const { cache } = useApi();
  const { flash } = useFlashes();
  const { act, busy, refused } = useAct("save-policy");
  const editor = useRef<EditorHandle>(null);
  const [begun] = useState(() => draftOf(key)?.text ?? initial);
  const [text, setText] = useState(begun);
  const [note, setNote] = useState("");
  const [trying, setTrying] = useState(false);
  const checked = usePolicyCheck(text);
  const id = idOf(checked.document);
  const wrongId =
    policy && id !== "" && id !== policy.id
      ? `Its id is ${policy.id}: under another id it would be another policy.`
      : idFault?.(id);
  const dirty = text !== initial;
  const canSave = checked.state === "good" && wrongId === undefined && dirty;

  const change = (next: string) => {
    setText(next);
    keepDraft(key, next === initial ? undefined : { text: next, base });
  };
  const save = async () => {
    if (!canSave) return;
    const body = { document: checked.document, ...(note.trim() !== "" && { note: note.trim() }) };
    const answer = await act({ params: { id }, body });
    if (!answer.ok) return;
    const { version, isNew } = answer.value;
    setNote("");
    keepDraft(key, undefined);
    flash({
      type: isNew ? "success" : "info",
      content: isNew
        ? `Saved as version ${version}. It decides nothing until it is activated.`
        : `It says the same as version ${version}: there is nothing new to save.`,
    });
    onSaved(version);
    cache.drop("list-policies");
    cache.drop("get-policy", { params: { id } });
    if (!policy) go(policyPath(id));
  };

  return (
    <Section title={policy ? `Version ${base}, to be saved as the next` : "What it says"}>
      <p className="policy-line quiet">
        YAML. Comments are not kept: reasons belong into the note, words for moderators into guidance. Tab leaves the
        editor; F8 leads to the next fault.
      </p>
      <YamlEditor
        ref={editor}
        initial={begun}
        label="The policy as YAML"
        faults={checked.faults}
        onChange={change}
        onSave={() => void save()}
      />
      <CheckResult checked={checked} wrongId={wrongId} goTo={(offset) => editor.current?.goTo(offset)} />
      {refused && <Failed refused={refused} />}
      <div className="policy-save">
        <FormField label="Note" description="What changes, for whoever reads the versions. It may be left out." stretch>
          <Input value={note} onChange={({ detail }) => setNote(detail.value.slice(0, 500))} />
        </FormField>
        <span className="button-row">
          <Button disabled={!dirty} onClick={() => editor.current?.replace(initial)}>
            Begin anew
          </Button>
          <Button disabled={checked.state !== "good"} onClick={() => setTrying(true)}>
            Try on the past
          </Button>
          <Button variant="primary" disabled={!canSave} loading={busy} onClick={() => void save()}>
            Save a version
          </Button>
        </span>
      </div>
      {trying && <StartBacktest policy={policy} document={checked.document} onClose={() => setTrying(false)} />}
    </Section>
  );
}
