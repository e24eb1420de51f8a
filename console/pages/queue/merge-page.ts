/** What is known of a list that is read page by page. */
export interface Listing<Row extends { readonly id: string }> {
  readonly rows: readonly Row[];
  /** Leads to what comes after the last row; undefined at the end. */
  readonly cursor: string | undefined;
}

/** A newer first page over a list: what it covers is replaced, what comes after stays. */
export function renewHead<Row extends { readonly id: string }>(
  { rows, cursor }: Listing<Row>,
  head: Listing<Row>,
): Listing<Row> {
  const last = head.rows.at(-1);
  if (!last || head.cursor === undefined) return head;
  const at = rows.findIndex(({ id }) => id === last.id);
  if (at < 0) return head;
  const covered = new Set(head.rows.map(({ id }) => id));
  return { rows: [...head.rows, ...rows.slice(at + 1).filter(({ id }) => !covered.has(id))], cursor };
}

/** The next page under a list; rows that moved up meanwhile stand once. */
export function append<Row extends { readonly id: string }>({ rows }: Listing<Row>, next: Listing<Row>): Listing<Row> {
  return { rows: [...rows, ...without(next.rows, rows)], cursor: next.cursor };
}

/** `rows` without those of `others`; the set is made of `rows`, which is a page, since `others` may be the whole list. */
function without<Row extends { readonly id: string }>(rows: readonly Row[], others: readonly Row[]): readonly Row[] {
  const wanted = new Set(rows.map(({ id }) => id));
  const doubled = new Set<string>();
  for (const { id } of others) if (wanted.has(id)) doubled.add(id);
  return rows.filter(({ id }) => !doubled.has(id));
}
