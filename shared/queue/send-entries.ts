/** An entry that a batch call of SQS or SNS did not take. */
export interface Refused {
  readonly Id?: string | undefined;
  /** True: sending it again would fail again. */
  readonly SenderFault?: boolean | undefined;
}

const ATTEMPTS = 5;
const FIRST_WAIT = 20;

/**
 * Sends a batch, and again the entries that the service could not take: SDKs repeat a call that failed, not the entries
 * that failed within one.
 * @param send sends a batch and answers with the refused ones
 * @returns the ids that were refused to the end.
 */
export async function sendEntries<Entry extends { readonly Id: string }>(
  entries: readonly Entry[],
  send: (left: Entry[]) => Promise<readonly Refused[]>,
): Promise<ReadonlySet<string>> {
  const lost = new Set<string>();
  let left = [...entries];
  for (let attempt = 1; left.length > 0; attempt += 1) {
    const again = new Set<string>();
    for (const { Id = "", SenderFault } of await send(left)) {
      if (SenderFault || attempt === ATTEMPTS) lost.add(Id);
      else again.add(Id);
    }
    left = left.filter(({ Id }) => again.has(Id));
    if (left.length > 0)
      await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT * 2 ** attempt * (0.5 + Math.random())));
  }
  return lost;
}
