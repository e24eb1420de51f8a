export type Step = "queue" | "case" | "context";

const STEPS: readonly (readonly [Step, string])[] = [
  ["queue", "Queue"],
  ["case", "Case"],
  ["context", "Context"],
];

interface StepBarProps {
  readonly step: Step;
  setStep(step: Step): void;
}

/** Where the panes do not fit beside each other: which of them is shown. */
export function StepBar({ step, setStep }: StepBarProps) {
  return (
    <nav className="bench-steps" aria-label="What is shown">
      {STEPS.map(([name, title]) => (
        <button key={name} type="button" data-name={name} aria-pressed={name === step} onClick={() => setStep(name)}>
          {title}
        </button>
      ))}
    </nav>
  );
}
