import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { useAct } from "../../api/use-act.ts";
import { ActDialog } from "../../parts/act-dialog.tsx";
import { useGo } from "../../parts/go.tsx";
import { backtestPath } from "./paths.ts";
import { versionOptions } from "./version-options.ts";
import { sinceOf, WINDOWS } from "./windows.ts";
import type { PolicyView } from "./words.tsx";

interface StartBacktestProps {
  readonly policy?: PolicyView | undefined;
  /** Unsaved words of the editor; a saved version is chosen where it is left out. */
  readonly document?: unknown;
  onClose(): void;
}

/** Begins a backtest and leads to it. */
export function StartBacktest({ policy, document, onClose }: StartBacktestProps) {
  const go = useGo();
  const { act, busy, refused } = useAct("start-backtest");
  const [window, setWindow] = useState<string>("30");
  const [version, setVersion] = useState(policy?.newest ?? 1);
  const versions = policy ? versionOptions(policy) : [];
  const start = async () => {
    const candidate = document === undefined && policy ? { policy: { id: policy.id, version } } : { document };
    const answer = await act({ body: { ...candidate, since: sinceOf(window) } });
    if (answer.ok) go(backtestPath(answer.value.id));
  };
  return (
    <ActDialog
      title="Try it on the past"
      verb="Begin"
      busy={busy}
      refused={refused}
      onClose={onClose}
      onGo={() => void start()}
    >
      <p className="policy-line">
        What would {document === undefined ? "a saved version" : "the policy as it stands in the editor"} have done with
        the verdicts of that time, beside what is active now? Nothing changes by asking.
      </p>
      {document === undefined && policy && (
        <FormField label="Version" stretch>
          <Select
            expandToViewport
            options={versions}
            selectedOption={versions.find(({ value }) => value === String(version)) ?? null}
            onChange={({ detail }) => setVersion(Number(detail.selectedOption.value))}
          />
        </FormField>
      )}
      <FormField label="Verdicts of" stretch>
        <Select
          expandToViewport
          options={WINDOWS}
          selectedOption={WINDOWS.find(({ value }) => value === window) ?? null}
          onChange={({ detail }) => setWindow(detail.selectedOption.value ?? "30")}
        />
      </FormField>
    </ActDialog>
  );
}
