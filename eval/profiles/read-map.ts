import { safeText } from "../../cli/safe-text.ts";
import { UsageError } from "../text/options.ts";
import { type ColumnMap, FIELD_NAMES, type FieldName, wellKnown } from "./fields.ts";
import { momentOf } from "./parse-cell.ts";

const SHOWN = 60;
const listed = (names: readonly string[]): string =>
  names
    .slice(0, SHOWN)
    .map((name) => safeText(name.slice(0, SHOWN)))
    .join(", ");

/** A field by its name, or by one that columns of it often have. */
const fieldOf = (name: string): FieldName | undefined =>
  FIELD_NAMES.find((field) => field === name) ?? wellKnown([name]).keys().next().value;

export interface ReadMap {
  readonly columns: ColumnMap;
  /** `seenAt=2015-05-01`: one moment for all rows, milliseconds since the epoch. */
  readonly seenAt?: number;
}

/**
 * Which column holds which field: what `--map field=column,…` says, or, where it is left out, by the columns' names.
 * @throws UsageError in one line that names what is unknown and lists what is known
 */
export function readMap(map: string | undefined, columns: readonly string[]): ReadMap {
  if (map === undefined) {
    const found = wellKnown(columns);
    if (found.size > 0) return { columns: found };
    throw new UsageError(
      `no column has a name that is known: say --map field=column,… with the fields ${FIELD_NAMES.join(", ")} and the columns ${listed(columns)}`,
    );
  }
  const found = new Map<FieldName, string>();
  let seenAt: number | undefined;
  for (const part of map.split(",").map((one) => one.trim())) {
    if (part === "") continue;
    const sign = part.indexOf("=");
    const named = part.slice(0, Math.max(0, sign)).trim();
    const field = fieldOf(named);
    const column = part.slice(sign + 1).trim();
    if (sign < 1 || column === "") throw new UsageError(`--map: ${safeText(part)} is not field=column`);
    if (field === undefined)
      throw new UsageError(`--map: there is no field ${safeText(named)}; the fields are ${FIELD_NAMES.join(", ")}`);
    if (found.has(field)) throw new UsageError(`--map names the field ${field} twice`);
    if (columns.includes(column)) found.set(field, column);
    else {
      seenAt = field === "seenAt" ? momentOf(column) : undefined;
      if (seenAt === undefined)
        throw new UsageError(
          `--map: there is no column ${safeText(column)} for ${field}; the columns are ${listed(columns)}`,
        );
    }
  }
  if (found.size === 0) throw new UsageError(`--map names no column; the columns are ${listed(columns)}`);
  return { columns: found, ...(seenAt === undefined ? {} : { seenAt }) };
}
