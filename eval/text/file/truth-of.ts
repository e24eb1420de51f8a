/** What a cell has to hold to count as yes, where 1, true and yes are not meant. */
export interface Meaning {
  /** Cells that equal it are yes, all others no. */
  readonly positive?: string;
  /** Numbers from it on are yes, lower ones no. */
  readonly atLeast?: number;
}

/**
 * What a cell of the label's column says: 1, 0, or undefined where it is empty. Where nothing else is meant, 1, true and yes
 * against 0, false and no. "unclear" is anything else.
 */
export function truthOf(cell: unknown, { positive, atLeast }: Meaning): 0 | 1 | undefined | "unclear" {
  const text = typeof cell === "string" ? cell.trim() : String(cell ?? "");
  if (text === "") return undefined;
  if (positive !== undefined) return text === positive ? 1 : 0;
  const number = Number(text);
  if (atLeast !== undefined) return Number.isNaN(number) ? "unclear" : number >= atLeast ? 1 : 0;
  const lower = text.toLowerCase();
  if (lower === "true" || lower === "yes" || number === 1) return 1;
  if (lower === "false" || lower === "no" || number === 0) return 0;
  return "unclear";
}
