import * as z from "zod";
import { problem } from "../../shared/contracts/problem.ts";
import { MAX_ITEMS, routes } from "../../shared/contracts/routes.ts";
import type { ItemRef } from "../../shared/domain/id.ts";
import { MAX_LINE_BYTES } from "./read-lines.ts";

/** A value to send, and the line (or place in a list) that it came from. */
export interface Sendable {
  readonly line: number;
  readonly value: unknown;
}

/** What became of a value: the revision that was accepted, or why it was refused. Neither holds people's words. */
export type Outcome =
  | { readonly line: number; readonly accepted: ItemRef }
  | { readonly line: number; readonly refused: string };

export interface SendOptions {
  readonly url: string;
  readonly token: string;
  /** Called once for each value, as answers come in; not in the order of lines. */
  readonly answered: (outcome: Outcome) => void;
  /** Called with what is being waited for, when an answer asks to wait or nothing answers. */
  readonly waiting?: (why: string) => void;
  /** Items in one request (at most 100), and requests under way at once. */
  readonly batch: number;
  readonly parallel: number;
  /** Milliseconds between requests, so that a person can follow. */
  readonly pause: number;
  /** Seconds for which nothing may answer before giving up. */
  readonly patience: number;
}

/** Intake cannot take any items: sending goes no further. The message holds no words of the items. */
export class SendFailed extends Error {
  override readonly name = "SendFailed";
}

/** Bytes of one request that leave room for the envelope around the items. */
const MAX_BYTES = MAX_LINE_BYTES - 1_000;
/** Waits for a quota that never has room: the minute is over after the first. */
const MOST_QUOTA_WAITS = 5;

const answerSchema = routes.intake.answer.schema;
const kindOf = z.object({ kind: z.enum(["post", "review", "follow", "audience"]) });
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Entry extends Sendable {
  readonly json: string;
}

type Problem = z.infer<typeof problem>;

const isUnavailable = ({ type }: Problem): boolean => type.endsWith(":unavailable");

/** Why a value was refused, place by place. @param pointer where it stood in the request: `/items/3`. */
function why({ detail, errors = [] }: Problem, pointer: string): string {
  const own = errors.filter((fault) => fault.pointer === pointer || fault.pointer.startsWith(`${pointer}/`));
  if (own.length === 0) return detail;
  return own
    .map(({ pointer: at, detail: what, fix }) => `${at.slice(pointer.length) || "/"}: ${what}${fix ? ` (${fix})` : ""}`)
    .join("; ");
}

interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter: number | undefined;
}

async function ask({ url, token }: SendOptions, entries: readonly Entry[]): Promise<Answered | undefined> {
  try {
    const response = await fetch(`${url}${routes.intake.path}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: `{"items":[${entries.map(({ json }) => json).join(",")}]}`,
    });
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    const retryAfter = Number.isFinite(seconds) && seconds >= 0 ? Math.min(120, seconds) : undefined;
    return { status: response.status, body: await response.json(), retryAfter };
  } catch {
    // Refused, reset, cut off, or a proxy's page in place of JSON: the same remedy for all.
    return undefined;
  }
}

/** Sends until there is an answer that is not "later". @throws SendFailed where there is none in time. */
async function post(options: SendOptions, entries: readonly Entry[]): Promise<Answered> {
  let failingSince: number | undefined;
  let quotaWaits = 0;
  for (let attempt = 1; ; attempt += 1) {
    const answered = await ask(options, entries);
    if (answered && answered.status < 500 && answered.status !== 429) return answered;
    if (answered?.status === 429) {
      quotaWaits += 1;
      if (quotaWaits > MOST_QUOTA_WAITS)
        throw new SendFailed("intake has no room in the tenant's quota, minute after minute; send fewer at once");
      const seconds = answered.retryAfter ?? 2 ** quotaWaits;
      options.waiting?.(`the tenant's quota of this minute is used up; going on in ${seconds} s`);
      await sleep(seconds * 1000);
      continue;
    }
    failingSince ??= Date.now();
    if (Date.now() - failingSince > options.patience * 1000)
      throw new SendFailed(
        answered
          ? `intake has answered ${answered.status} for ${options.patience} s; see the logs of its functions`
          : `nothing has answered for ${options.patience} s; is it still running?`,
      );
    options.waiting?.(answered ? `intake answers ${answered.status}; trying again` : "nothing answers; trying again");
    const backoff = Math.min(5_000, 100 * 2 ** attempt);
    // Requests that failed together must not come back together.
    await sleep(answered?.retryAfter === undefined ? backoff * (0.5 + Math.random() / 2) : answered.retryAfter * 1000);
  }
}

/** Sends a batch and reports each of its values once. What the queue could not take is sent again, halves of what was too large. */
async function send(options: SendOptions, entries: readonly Entry[]): Promise<void> {
  for (let rest = entries, round = 0; rest.length > 0; round += 1) {
    const { status, body } = await post(options, rest);
    const again: Entry[] = [];
    if (status === routes.intake.answer.status) {
      for (const [index, result] of answerSchema.parse(body).results.entries()) {
        const entry = rest[index];
        if (!entry) throw new SendFailed("intake answered for more items than were sent");
        if (result.status === "accepted") {
          const { kind } = kindOf.parse(entry.value);
          options.answered({ line: entry.line, accepted: { kind, id: result.id, revision: result.revision } });
        } else if (isUnavailable(result.problem) && round < MOST_QUOTA_WAITS) again.push(entry);
        else options.answered({ line: entry.line, refused: why(result.problem, `/items/${index}`) });
      }
    } else {
      const refusal = problem.safeParse(body);
      if (!refusal.success) throw new SendFailed(`what answers at ${options.url} is not Touchstone (status ${status})`);
      const { data } = refusal;
      if (status === 413 && rest.length > 1) {
        await send(options, rest.slice(0, rest.length >> 1));
        await send(options, rest.slice(rest.length >> 1));
        return;
      }
      if (status !== 422 && status !== 409 && status !== 413)
        throw new SendFailed(`intake answered ${status}: ${data.detail}`);
      for (const [index, { line }] of rest.entries()) options.answered({ line, refused: why(data, `/items/${index}`) });
    }
    if (again.length > 0) await sleep(500 * 2 ** round);
    rest = again;
  }
}

/**
 * Sends items to the intake in batches, a few requests at once; waits where it is told to and repeats what got no
 * answer, which is harmless: an item that was taken before is not taken twice.
 * @throws SendFailed where intake cannot take any. Every value is answered once, unless it throws.
 */
export async function sendItems(
  items: AsyncIterable<Sendable> | Iterable<Sendable>,
  options: SendOptions,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const size = Math.min(MAX_ITEMS, options.batch);
  let failure: unknown;
  let batch: Entry[] = [];
  let bytes = 0;
  const flush = async () => {
    const sent = send(options, batch)
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => underWay.delete(sent));
    underWay.add(sent);
    batch = [];
    bytes = 0;
    if (options.pause > 0) await sleep(options.pause);
    if (underWay.size >= options.parallel) await Promise.race(underWay);
  };
  for await (const { line, value } of items) {
    if (failure) break;
    const json = JSON.stringify(value);
    const own = Buffer.byteLength(json) + 1;
    if (own > MAX_BYTES) {
      options.answered({ line, refused: `over the ${MAX_BYTES} bytes of one request (send a smaller item)` });
      continue;
    }
    if (batch.length > 0 && bytes + own > MAX_BYTES) await flush();
    batch.push({ line, value, json });
    bytes += own;
    if (batch.length === size) await flush();
  }
  if (batch.length > 0 && !failure) await flush();
  await Promise.all(underWay);
  if (failure) throw failure;
}
