import { type ColumnMap, FIELDS, type FieldName } from "./fields.ts";
import { isUnclearMoment, momentOf, truthOf } from "./parse-cell.ts";
import { type Cells, cellOf, type FileFacts } from "./profile-in-row.ts";

const isFlag = (field: FieldName): boolean => FIELDS[field].kind === "flag";

/** Fewer accounts than this do not show when they were collected. */
const ENOUGH_TO_DATE = 100;

/** Reads what has to be known of all rows: `see` each, then ask for the facts. */
export class FileSurvey {
  readonly #columns: ColumnMap;
  readonly #flags: readonly FieldName[];
  readonly #saidYes = new Set<FieldName>();
  readonly #saidNo = new Set<FieldName>();
  readonly #now: number;
  #youngest = Number.NEGATIVE_INFINITY;
  rows = 0;

  constructor(columns: ColumnMap, now: number) {
    this.#columns = columns;
    this.#flags = [...columns.keys()].filter(isFlag);
    this.#now = now;
  }

  see(cells: Cells): void {
    this.rows++;
    for (const field of this.#flags) {
      const said = truthOf(cellOf(cells, this.#columns.get(field)));
      if (said !== undefined) (said ? this.#saidYes : this.#saidNo).add(field);
    }
    const cell = cellOf(cells, this.#columns.get("createdAt"));
    const created = isUnclearMoment(cell) ? undefined : momentOf(cell);
    if (created !== undefined && created <= this.#now && created > this.#youngest) this.#youngest = created;
  }

  /**
   * Accounts were seen after the youngest of them was made: where nobody says when, that moment stands in, if there are
   * rows enough for it.
   */
  facts(seenAt: number | undefined): FileFacts {
    const dated = this.rows >= ENOUGH_TO_DATE && Number.isFinite(this.#youngest) ? this.#youngest : undefined;
    return {
      silentNo: new Set(this.#flags.filter((field) => this.#saidYes.has(field) && !this.#saidNo.has(field))),
      seenAt: seenAt ?? dated,
    };
  }
}
