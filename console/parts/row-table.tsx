import type { ReactNode } from "react";
import "./row-table.css";

export interface Column<Row> {
  readonly head: string;
  cell(row: Row, index: number): ReactNode;
  /** Figures stand at the end of their column, one under another. */
  readonly isFigure?: boolean;
}

interface RowTableProps<Row> {
  /** What the table holds, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  keyOf(row: Row, index: number): string;
  /** At most so high, in pixels; the rest scrolls. */
  readonly maxHeight?: number;
}

/** Said once more: a table that is laid out otherwise stops being one to some screen readers. */
const AS = {
  table: { role: "table" },
  rowgroup: { role: "rowgroup" },
  row: { role: "row" },
  columnheader: { role: "columnheader" },
  cell: { role: "cell" },
} as const;

/** A table that stacks each row's cells, with their heads beside them, where there is no room for columns. */
export function RowTable<Row>({ caption, columns, rows, keyOf, maxHeight }: RowTableProps<Row>) {
  // Whoever has no mouse scrolls by keys: a part that scrolls has to be reached, and named.
  const scrolls =
    maxHeight === undefined
      ? {}
      : { role: "region", "aria-label": caption, tabIndex: 0, style: { maxHeight, overflowY: "auto" as const } };
  return (
    <div className="row-table" {...scrolls}>
      <table {...AS.table} aria-label={caption}>
        <thead {...AS.rowgroup}>
          <tr {...AS.row}>
            {columns.map(({ head, isFigure }) => (
              <th key={head} {...AS.columnheader} scope="col" className={isFigure ? "figure" : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...AS.rowgroup}>
          {rows.map((row, index) => (
            <tr key={keyOf(row, index)} {...AS.row}>
              {columns.map(({ head, cell, isFigure }) => (
                <td key={head} {...AS.cell} data-head={head} className={isFigure ? "figure" : undefined}>
                  <div>{cell(row, index)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
