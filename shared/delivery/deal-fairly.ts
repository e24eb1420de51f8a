/** What waits for one endpoint, in its order. */
export interface Line<Waiting> {
  readonly tenant: string;
  readonly waiting: readonly Waiting[];
}

/**
 * Deals out what waits, as cards are dealt: to one tenant after the other, of each tenant to one endpoint after the other.
 * Nobody gets a second before everybody who has one waiting got a first.
 * @param most taken in all
 */
export function dealFairly<Waiting>(lines: readonly Line<Waiting>[], most: number): Waiting[] {
  const tenants = new Map<string, Line<Waiting>[]>();
  for (const line of lines) tenants.set(line.tenant, [...(tenants.get(line.tenant) ?? []), line]);
  let rows = [...tenants.values()].map(ofTenant);
  const dealt: Waiting[] = [];
  while (rows.length > 0 && dealt.length < most) {
    const left: typeof rows = [];
    for (const row of rows) {
      const { value, done } = row.next();
      if (done) continue;
      if (dealt.length === most) break;
      dealt.push(value);
      left.push(row);
    }
    rows = left;
  }
  return dealt;
}

function* ofTenant<Waiting>(lines: readonly Line<Waiting>[]): Generator<Waiting, void> {
  for (let turn = 0, isMore = true; isMore; turn += 1) {
    isMore = false;
    for (const { waiting } of lines) {
      const one = waiting[turn];
      if (one === undefined) continue;
      isMore = true;
      yield one;
    }
  }
}
