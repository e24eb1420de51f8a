import * as z from "zod";
import { problem } from "../shared/contracts/problem.ts";
import { routes } from "../shared/contracts/routes.ts";
import type { ItemKind } from "../shared/domain/item.ts";
import type { Ledger } from "./ledger.ts";

/** A value to send, and where it came from: what a refusal is reported with. */
export interface Sendable {
  readonly value: unknown;
  readonly place: string;
}

export interface StreamOptions {
  readonly url: string;
  readonly token: string;
  readonly ledger: Ledger;
  /** Called with place and sentence for each item that was refused. */
  readonly refused: (place: string, why: string) => void;
  /** Items in one request, and requests under way at once. */
  readonly batch: number;
  readonly parallel: number;
  /** Milliseconds between requests, so that a person can follow. */
  readonly pause: number;
}

/** A request that cannot be mended by sending it again. */
export class StreamFailed extends Error {
  override readonly name = "StreamFailed";
}

const ATTEMPTS = 8;
const answerSchema = routes.intake.answer.schema;
const kindOf = z.object({ kind: z.string() });

const why = ({ detail, errors = [] }: z.infer<typeof problem>): string =>
  errors.length > 0
    ? errors.map((fault) => `${fault.pointer}: ${fault.detail}${fault.fix ? ` (${fault.fix})` : ""}`).join("; ")
    : detail;

async function post(options: StreamOptions, batch: readonly Sendable[]): Promise<Response> {
  const body = JSON.stringify({ items: batch.map(({ value }) => value) });
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(`${options.url}${routes.intake.path}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${options.token}` },
        body,
      });
      const waits = response.status === 429 || response.status >= 500;
      if (!waits || attempt === ATTEMPTS) return response;
      await response.arrayBuffer();
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(5_000, 100 * 2 ** attempt)));
  }
}

async function send(options: StreamOptions, batch: readonly Sendable[]): Promise<void> {
  const response = await post(options, batch);
  const answered: unknown = await response.json();
  if (response.status === routes.intake.answer.status) {
    for (const [index, result] of answerSchema.parse(answered).results.entries()) {
      const place = batch[index]?.place ?? "";
      if (result.status === "accepted") {
        const kind = kindOf.parse(batch[index]?.value).kind as ItemKind;
        options.ledger.accepted({ kind, id: result.id, revision: result.revision });
      } else {
        options.ledger.refused();
        options.refused(place, why(result.problem));
      }
    }
    return;
  }
  const refusal = problem.parse(answered);
  if (refusal.status !== 422 && refusal.status !== 409)
    throw new StreamFailed(`intake answered ${refusal.status}: ${refusal.detail}`);
  options.ledger.refused(batch.length);
  for (const { place } of batch.slice(0, 1)) options.refused(place, why(refusal));
}

/** Sends items to the intake in batches, a few requests at once. @throws StreamFailed where intake cannot take any. */
export async function streamItems(items: AsyncIterable<Sendable> | Iterable<Sendable>, options: StreamOptions) {
  const underWay = new Set<Promise<void>>();
  let failure: unknown;
  let batch: Sendable[] = [];
  const flush = async () => {
    const sent = send(options, batch)
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => underWay.delete(sent));
    underWay.add(sent);
    batch = [];
    if (options.pause > 0) await new Promise((resolve) => setTimeout(resolve, options.pause));
    if (underWay.size >= options.parallel) await Promise.race(underWay);
  };
  for await (const one of items) {
    if (failure) break;
    batch.push(one);
    if (batch.length === options.batch) await flush();
  }
  if (batch.length > 0 && !failure) await flush();
  await Promise.all(underWay);
  if (failure) throw failure;
}
