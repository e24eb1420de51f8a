import { keyOf } from "../../api/answer-cache.ts";
import type { useApi } from "../../api/api-context.tsx";

type Api = ReturnType<typeof useApi>;

/** The case after this one, claimed and read while this one is being decided. */
interface Ahead {
  /** The case that is being decided. */
  readonly before: string;
  readonly found: Promise<string | undefined>;
}

/** What is claimed ahead is free again soon where nobody comes for it, should releasing it fail. */
const MINUTES_AHEAD = 3;

let ahead: Ahead | undefined;

async function claimNext({ call, cache }: Api, queue: string | undefined): Promise<string | undefined> {
  const body = { minutes: MINUTES_AHEAD, ...(queue !== undefined && { queue }) };
  const answer = await call("next-case", { body });
  const id = answer.ok ? answer.value.case?.id : undefined;
  if (id === undefined) return undefined;
  const input = { params: { id } };
  const read = await call("get-case", input);
  if (read.ok) cache.set(keyOf("get-case", input), read);
  return id;
}

/** Claims and reads the case after `before`, once. */
export function lookAhead(api: Api, before: string, queue: string | undefined): void {
  if (ahead?.before === before) return;
  giveUpAhead(api);
  ahead = { before, found: claimNext(api, queue) };
}

/** A case that is held already, and is to come after `before`. */
export function keepAhead(api: Api, before: string, id: string): void {
  giveUpAhead(api);
  ahead = { before, found: Promise.resolve(id) };
}

/** @returns the case after `before`, and forgets it: whoever asks works it now. Undefined where none was claimed. */
export async function takeAhead(before: string | undefined): Promise<string | undefined> {
  if (!ahead || ahead.before !== before) return undefined;
  const { found } = ahead;
  ahead = undefined;
  return found;
}

/**
 * Gives the case after this one back to its queue: the moderator turned away.
 * @param unless the case that they turned to: it stays theirs
 */
export function giveUpAhead({ call }: Api, unless?: string): void {
  if (!ahead) return;
  const { found } = ahead;
  ahead = undefined;
  void found.then(async (id) => {
    if (id !== undefined && id !== unless) await call("release-case", { params: { id }, body: {} });
  });
}
