import type { AnswerOf } from "../../api/route-types.ts";
import { labelTitles } from "../../facts/desk.ts";
import { Age } from "../../parts/age.tsx";
import { Go } from "../../parts/go.tsx";
import { itemPath } from "../../parts/paths.ts";
import { RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { type Action, ActionName, shareText } from "./words.tsx";

type Difference = AnswerOf<"get-shadow">["latest"][number];

/** What one side makes of an item, and by which rule. */
interface Opinion {
  readonly action: Action;
  readonly queue: string;
  readonly rule: string;
  readonly policy: string;
  readonly values?: Difference["decided"]["values"];
}

export interface Differing extends Pick<Difference, "ref" | "scoredAt" | "labels" | "language"> {
  readonly surface: string;
  readonly was: Opinion;
  readonly would: Opinion;
}

interface DifferenceListProps {
  readonly caption: string;
  /** The head of what was, or is. */
  readonly was: string;
  readonly rows: readonly Differing[];
}

/** Items that two policies treat differently, each with the rules and values that made it so; no words of them. */
export const DifferenceList = ({ caption, was, rows }: DifferenceListProps) => (
  <RowTable
    caption={caption}
    columns={[
      {
        head: "Item",
        cell: ({ ref, surface, language, scoredAt }) => (
          <>
            <Go to={itemPath(ref.kind, ref.id)}>
              <SafeInline text={ref.id} />
            </Go>
            <div className="quiet">
              {ref.kind}, {[surface, language].filter(Boolean).join(", ")}, <Age since={scoredAt} ago />
            </div>
          </>
        ),
      },
      {
        head: "Found",
        cell: ({ labels }) =>
          labels.map(({ label, probability }) => (
            <div key={label}>
              {labelTitles[label] ?? label} <span className="quiet">{shareText(probability)}</span>
            </div>
          )),
      },
      { head: was, cell: ({ was: opinion }) => <OpinionCell {...opinion} /> },
      { head: "Would be", cell: ({ would }) => <OpinionCell {...would} /> },
    ]}
    rows={rows}
    keyOf={({ ref }) => `${ref.kind} ${ref.id} ${ref.revision}`}
  />
);

const valueText = (value: number | boolean | string): string =>
  typeof value === "number" ? String(Number(value.toFixed(3))) : String(value);

const OpinionCell = ({ action, queue, rule, policy, values = {} }: Opinion) => (
  <>
    <ActionName action={action} />
    {action !== "allow" && queue !== "default" && <span className="quiet"> in {queue}</span>}
    <div className="quiet">{rule === "none" ? "no rule applies" : `${rule} of ${policy}`}</div>
    {Object.entries(values).map(([name, value]) => (
      <div key={name} className="quiet policy-value">
        <SafeInline text={`${name} ${valueText(value)}`} />
      </div>
    ))}
  </>
);
