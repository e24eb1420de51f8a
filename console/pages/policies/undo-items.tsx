import { Go } from "../../parts/go.tsx";
import { itemPath } from "../../parts/paths.ts";
import { RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { outcomeWords, type Undo } from "./undo-words.ts";
import { Move } from "./words.tsx";

export type UndoItem = Omit<NonNullable<Undo["result"]>["sample"][number], "rank">;

interface UndoItemsProps {
  readonly caption: string;
  readonly items: readonly UndoItem[];
  readonly dryRun: boolean;
}

/** Verdicts that rest on a cause, each with what becomes or became of it. */
export const UndoItems = ({ caption, items, dryRun }: UndoItemsProps) => (
  <RowTable
    caption={caption}
    columns={[
      {
        head: "Item",
        cell: ({ ref }) => (
          <>
            <Go to={itemPath(ref.kind, ref.id)}>
              <SafeInline text={ref.id} />
            </Go>{" "}
            <span className="quiet">
              {ref.kind}, revision <SafeInline text={ref.revision} />
            </span>
          </>
        ),
      },
      { head: "By the rule", cell: ({ rule }) => rule },
      { head: "Change", cell: ({ from, to }) => <Move from={from} to={to} /> },
      {
        head: "What becomes of it",
        cell: ({ outcome, decided }) =>
          `${outcomeWords(outcome, dryRun)}${decided === undefined ? "" : ` (${decided === "uphold" ? "upheld" : "overturned"})`}`,
      },
    ]}
    rows={items}
    keyOf={({ ref }) => `${ref.kind} ${ref.id} ${ref.revision}`}
  />
);
