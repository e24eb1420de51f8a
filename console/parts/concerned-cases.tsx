import type { AnswerOf } from "../api/route-types.ts";
import { Age } from "./age.tsx";
import { CaseLinkLine } from "./case-link.tsx";

type Concerned = Pick<
  AnswerOf<"list-targets">["targets"][number],
  "open" | "items" | "decided" | "severity" | "since" | "labels" | "cases"
>;

const counted = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`;

/** What waits about a target or an account, what was decided of late, and why. */
export function ConcernedCases({ open, items, decided, severity, since, labels, cases }: Concerned) {
  return (
    <>
      <p className="card-line">
        <strong>
          {open === 0 ? "Nothing waits" : `${counted(open, "open case")}${items > open ? ` with ${items} items` : ""}`}
        </strong>
        {since !== undefined && (
          <span>
            waiting for <Age since={since} />
          </span>
        )}
        {decided > 0 && <span className="quiet">{counted(decided, "decision")} of late</span>}
        <span className="quiet">severity {severity} of 7</span>
      </p>
      {labels.length > 0 && (
        <ul className="label-badges" aria-label="Labels">
          {labels.map(({ label, title, cases: of }) => (
            <li key={label} className="label-badge">
              {title} <span className="quiet">{counted(of, "case")}</span>
            </li>
          ))}
        </ul>
      )}
      <ul className="card-line case-links" aria-label="Cases">
        {cases.map((link) => (
          <li key={link.id}>
            <CaseLinkLine link={link} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Says how far a list looked, where that was not everywhere. */
export function HowFar({ looked: { open, all } }: { readonly looked: AnswerOf<"list-targets">["looked"] }) {
  return (
    <p className="quiet">
      {all
        ? `Looked through ${counted(open, "open case")} and the latest decisions.`
        : `Looked through the ${open} open cases that have waited longest in their lanes, and the latest decisions; more cases wait.`}
    </p>
  );
}
