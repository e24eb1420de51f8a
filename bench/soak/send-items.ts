import type { Accepted, Promises } from "./promises.ts";
import { nameOf } from "./promises.ts";

interface Item {
  readonly kind: Accepted["kind"];
  readonly id: string;
  readonly account?: { readonly id: string };
  readonly followers?: readonly unknown[];
}
interface Result {
  readonly status: "accepted" | "refused";
  readonly index?: number;
  readonly id?: string;
  readonly revision?: string;
}

/** How to reach the API now: another address after each restart. */
export type Reach = () => { readonly url: string; readonly token: string } | undefined;

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 4_000;
const PATIENCE = 15_000;

/** One request; undefined where no answer came. */
export async function ask(reach: Reach, method: string, path: string, body?: unknown) {
  const to = reach();
  if (!to) return undefined;
  try {
    const response = await fetch(`${to.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${to.token}`, "content-type": "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: whoever asks knows what the route answers
    return { status: response.status, json: (await response.json()) as any };
  } catch {
    return undefined;
  }
}

/**
 * Sends items as a platform does, again and again until each of them is accepted: an item without an answer may or may
 * not have been taken, and sending it again is harmless.
 * @returns false where `until` (milliseconds since 1970) came first; what is not accepted then is not promised.
 */
export async function sendItems(
  reach: Reach,
  promises: Promises,
  items: readonly unknown[],
  until: number,
): Promise<boolean> {
  let left = items as readonly Item[];
  for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, 2 * pause)) {
    const answer = await ask(reach, "POST", "/v1/items", { items: left });
    const results: readonly Result[] = answer?.json?.results ?? [];
    const taken = new Set<Item>();
    results.forEach((result, position) => {
      const item = left[result.index ?? position];
      if (result.status !== "accepted" || !item) return;
      taken.add(item);
      note(promises, item, result.revision ?? "");
    });
    left = left.filter((item) => !taken.has(item));
    if (left.length === 0) return true;
    if (Date.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
  }
}

function note({ accepted }: Promises, { kind, id, account, followers }: Item, revision: string): void {
  const follows = account && { account: account.id, count: followers?.length ?? 0 };
  const one = { kind, id, revision, ...(follows && { follows }) };
  accepted.set(nameOf(one), one);
}
