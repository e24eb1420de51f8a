import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { Failed } from "../../parts/states.tsx";
import type { TextFault } from "./policy-text.ts";
import type { Checked } from "./use-policy-check.ts";

interface CheckResultProps {
  readonly checked: Checked;
  readonly wrongId: string | undefined;
  /** Takes the focus to a place of the text. */
  goTo(offset: number): void;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** Whether the text can be saved, and each fault with a way to its place. */
export function CheckResult({ checked, wrongId, goTo }: CheckResultProps) {
  const { state, faults, refused, retry } = checked;
  const errors = faults.filter(({ severity }) => severity === "error").length;
  const warnings = faults.length - errors;
  return (
    <div className="policy-check">
      <div role="status">
        {state === "checking" && <StatusIndicator type="in-progress">Checking</StatusIndicator>}
        {state === "good" && wrongId === undefined && (
          <StatusIndicator type={warnings > 0 ? "warning" : "success"}>
            {warnings > 0 ? `It can be saved; ${counted(warnings, "rule")} will hardly do what was meant` : "It holds"}
          </StatusIndicator>
        )}
        {(state === "bad" || state === "unread") && (
          <StatusIndicator type="error">
            {errors > 0 ? counted(errors, "fault") : "It cannot be read"}; it cannot be saved so
          </StatusIndicator>
        )}
        {wrongId !== undefined && <StatusIndicator type="error">{wrongId}</StatusIndicator>}
      </div>
      {faults.length > 0 && (
        <ul className="policy-faults">
          {faults.map((fault) => (
            <li key={`${fault.from} ${fault.message}`}>
              <FaultLine fault={fault} goTo={goTo} />
            </li>
          ))}
        </ul>
      )}
      {refused && <Failed refused={refused} onRetry={retry} />}
    </div>
  );
}

function FaultLine({
  fault: { from, line, severity, message },
  goTo,
}: { readonly fault: TextFault } & Pick<CheckResultProps, "goTo">) {
  return (
    <button type="button" className="policy-fault" data-severity={severity} onClick={() => goTo(from)}>
      <span>Line {line}</span>
      {severity === "warning" && <span className="unseen">Warning:</span>}
      <span>{message}</span>
    </button>
  );
}
