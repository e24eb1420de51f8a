import { type Refused, sendEntries } from "./send-entries.ts";

interface Waiting<Entry> {
  readonly entry: Entry;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** SQS's own bound of one request. */
const BATCH = 10;
/** Milliseconds that an entry waits for others of its batch; a request for each would cost ten times as much. */
const LINGER = 3;

/**
 * Gathers what is sent within a few milliseconds into requests of up to ten entries.
 * @param send sends a batch and answers with the refused ones
 * @returns sends one entry: resolves once it was taken; rejects where it was not, whatever became of those beside it.
 */
export function gatherEntries<Entry extends object>(
  send: (entries: (Entry & { readonly Id: string })[]) => Promise<readonly Refused[]>,
): (entry: Entry) => Promise<void> {
  let waiting: Waiting<Entry>[] = [];
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    try {
      const lost = await sendEntries(
        batch.map(({ entry }, index) => ({ ...entry, Id: String(index) })),
        send,
      );
      for (const [index, { resolve, reject }] of batch.entries()) {
        if (lost.has(String(index))) reject(new Error("the service did not take an entry"));
        else resolve();
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return (entry) =>
    new Promise((resolve, reject) => {
      waiting.push({ entry, resolve, reject });
      if (waiting.length === BATCH) void flush();
      else timer ??= setTimeout(flush, LINGER);
    });
}
