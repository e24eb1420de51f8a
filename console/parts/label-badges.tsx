import { percent } from "./duration.ts";
import "./parts.css";

export interface ShownLabel {
  readonly label: string;
  readonly title: string;
  /** 0 to 1. */
  readonly probability?: number | undefined;
  /** 1 to 7. */
  readonly severity?: number | undefined;
}

const LEVELS = [
  [6, "severe"],
  [4, "high"],
  [0, "low"],
] as const;

/** Labels with their severity as bars and in words, never by colour alone. */
export function LabelBadges({ labels }: { readonly labels: readonly ShownLabel[] }) {
  return (
    <ul className="label-badges" aria-label="Labels">
      {labels.map((one) => (
        <Badge key={one.label} {...one} />
      ))}
    </ul>
  );
}

function Badge({ title, probability, severity }: ShownLabel) {
  const [, level] = LEVELS.find(([least]) => (severity ?? 0) >= least) ?? LEVELS[2];
  return (
    <li className="label-badge" data-level={level}>
      {severity !== undefined && (
        <span className="level" role="img" aria-label={`severity ${severity} of 7`} title={`Severity ${severity} of 7`}>
          {[1, 2, 3, 4, 5, 6, 7].map((step) => (
            <i key={step} className={step <= severity ? "on" : undefined} />
          ))}
        </span>
      )}
      {title}
      {probability !== undefined && <span className="quiet">{percent(probability)}</span>}
    </li>
  );
}
