import type { Profile } from "../../shared/scoring/audience/profile-score.ts";
import type { ColumnMap, FieldName } from "./fields.ts";
import { countOf, momentOf, numberOf, truthOf, wordsOf } from "./parse-cell.ts";

const DAY_MS = 86_400_000;
/** A share of digits without the length: the profile has both, of which the score reads the ratio. */
const ANY_LENGTH = 100;

export type Cells = Readonly<Record<string, unknown>>;

/** Leaves out what is undefined, as the schema of profiles asks. */
export const known = (facts: { [Fact in keyof Profile]: Profile[Fact] | undefined }): Profile =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Profile;

export function digitsIn(text: string): number {
  let digits = 0;
  for (const sign of text) if (sign >= "0" && sign <= "9") digits++;
  return digits;
}

/** JSON Lines hold numbers, truth and null as such. */
export const cellOf = (cells: Cells, column: string | undefined): string | undefined => {
  const value = column === undefined ? undefined : cells[column];
  return value === undefined || value === null || typeof value === "object" ? undefined : String(value);
};

/** What has to be known of all rows before one can be read. */
export interface FileFacts {
  /** Fields of yes and no whose column says no by saying nothing: exports of old Twitter dumps do. */
  readonly silentNo: ReadonlySet<FieldName>;
  /** When all rows were seen, where they do not say it themselves. */
  readonly seenAt: number | undefined;
}

/**
 * The facts of one row and when it was seen (milliseconds since the epoch). Of names, handles and texts only lengths and
 * digits are kept; a cell that cannot be read as its field is a fact that is missing.
 */
export function profileInRow(
  cells: Cells,
  columns: ColumnMap,
  { silentNo, seenAt: seenAll }: FileFacts,
): { readonly profile: Profile; readonly seenAt: number | undefined } {
  const cell = (field: FieldName): string | undefined => cellOf(cells, columns.get(field));
  const count = (field: FieldName): number | undefined => countOf(cell(field));
  const flag = (field: FieldName): boolean | undefined =>
    columns.has(field) ? (truthOf(cell(field)) ?? (silentNo.has(field) ? false : undefined)) : undefined;
  /** An empty text is a text of no length. */
  const length = (field: FieldName): number | undefined =>
    columns.has(field) ? [...(wordsOf(cell(field)) ?? "")].length : undefined;

  const days = numberOf(cell("ageDays"));
  const perDay = numberOf(cell("statusesPerDay"));
  const share = numberOf(cell("handleDigitShare"));
  const handle = wordsOf(cell("handle"));
  const picture = flag("hasPicture");
  const url = cell("url");
  const created = momentOf(cell("createdAt"));
  // Where only the age is known any moment will do.
  const seenAt =
    momentOf(cell("seenAt")) ?? seenAll ?? (days === undefined ? undefined : (created ?? 0) + days * DAY_MS);
  const made = created ?? (days === undefined || seenAt === undefined ? undefined : seenAt - days * DAY_MS);
  const handleDigits = count("handleDigits") ?? (handle === undefined ? undefined : digitsIn(handle));
  return {
    seenAt: days !== undefined && made !== undefined ? made + Math.max(0, days) * DAY_MS : seenAt,
    profile: known({
      createdAt: made === undefined ? undefined : new Date(made).toISOString(),
      followers: count("followers"),
      following: count("following"),
      statuses:
        count("statuses") ?? (perDay === undefined || days === undefined ? undefined : Math.round(perDay * days)),
      favourites: count("favourites"),
      listed: count("listed"),
      defaultProfile: flag("defaultProfile"),
      defaultImage: flag("defaultImage") ?? (picture === undefined ? undefined : !picture),
      verified: flag("verified"),
      private: flag("private"),
      hasUrl: flag("hasUrl") ?? (columns.has("url") ? (truthOf(url) ?? wordsOf(url) !== undefined) : undefined),
      nameLength: count("nameLength") ?? length("name"),
      handleLength: share === undefined ? (count("handleLength") ?? handle?.length) : ANY_LENGTH,
      handleDigits: share === undefined ? handleDigits : Math.round(Math.min(1, Math.max(0, share)) * ANY_LENGTH),
      bioLength: count("bioLength") ?? length("bio"),
    }),
  };
}
