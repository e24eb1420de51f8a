import { makeProblem, PROBLEMS } from "../../shared/contracts/problem.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import { type Item, item } from "../../shared/domain/item.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import type { ItemQueue } from "../../shared/queue/item-queue.ts";
import { type PreparedItem, prepareItem, toMessage } from "../../shared/queue/prepare-item.ts";
import { FOR_FAULTS, faultsOf } from "../../shared/runtime/faults.ts";
import type { HttpRequest, UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, noSettings, refuse } from "../../shared/runtime/result.ts";
import type { SettingsOf } from "../../shared/runtime/tenant-context.ts";
import type { Quotas } from "../../shared/store/quotas.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";

type Route = (typeof routes)["intake"];

export interface AcceptItems {
  readonly settingsOf: SettingsOf;
  readonly quotas: Quotas;
  readonly keys: Keys;
  readonly verdicts: Pick<Verdicts, "receive">;
  readonly queue: ItemQueue;
}

const [UNAVAILABLE] = PROBLEMS.unavailable;

interface Refusal {
  readonly status: "refused";
  readonly index: number;
  readonly problem: ReturnType<typeof makeProblem>;
}
interface Acceptance {
  readonly status: "accepted";
  readonly id: string;
  readonly revision: string;
}
interface Candidate {
  readonly index: number;
  readonly prepared: PreparedItem;
}

const refusal = (index: number, code: Parameters<typeof makeProblem>[0], detail: string, fix: string): Refusal => ({
  status: "refused",
  index,
  problem: makeProblem(code, detail, [{ pointer: `/items/${index}`, detail, fix }]),
});

const conflict = (index: number): Refusal =>
  refusal(
    index,
    "revision_conflict",
    "This revision was sent before with other content.",
    "send an edit under a new revision, or leave revision out",
  );

function parseItem(value: unknown, index: number): Item | Refusal {
  const parsed = item.safeParse(value, FOR_FAULTS);
  if (parsed.success) return parsed.data;
  const faults = faultsOf(parsed.error, `/items/${index}`);
  return {
    status: "refused",
    index,
    problem: makeProblem("invalid_request", "The item does not fit its schema.", faults),
  };
}

/** A request that is larger than the whole quota would never pass, however long it waits. */
const whenOver = (
  items: number,
  { itemsPerMinute }: { readonly itemsPerMinute: number },
  { retryAfterSeconds }: { readonly retryAfterSeconds: number },
): string =>
  items > itemsPerMinute ? `send at most ${itemsPerMinute} items at once` : `send it again in ${retryAfterSeconds} s`;

/**
 * Takes up to 100 items. An accepted item has a receipt and a message in its queue: it will get a verdict or end in
 * the dead-letter queue. Sending an item again is harmless; the same revision with other content is refused.
 */
export function acceptItems(ports: AcceptItems): UseCase<Route> {
  const { settingsOf, quotas, keys, verdicts, queue } = ports;

  const receive = async (
    tenant: string,
    { index, prepared }: Candidate,
    now: Date,
  ): Promise<Candidate | Acceptance | Refusal> => {
    const { ref, digest } = prepared;
    const received = await verdicts.receive({ tenant, ref, digest, receivedAt: now });
    if (received === "conflict") return conflict(index);
    // A receipt without a verdict may be what a crash left before the message was sent: send it (again).
    return received === "scored" ? { status: "accepted", id: ref.id, revision: ref.revision } : { index, prepared };
  };

  return async ({ caller: { tenant }, body: { items }, now }: HttpRequest<Route>) => {
    const results: (Acceptance | Refusal)[] = [];
    const parsed = items.map(parseItem);
    const seen = new Map<string, string>();
    const candidates: Candidate[] = [];
    for (const [index, one] of parsed.entries()) {
      if ("status" in one) {
        results[index] = one;
        continue;
      }
      const prepared = await prepareItem(keys, tenant, one);
      const identity = `${prepared.ref.kind}#${prepared.ref.id}#${prepared.ref.revision}`;
      const before = seen.get(identity);
      if (before !== undefined && before !== prepared.digest) {
        results[index] = conflict(index);
        continue;
      }
      seen.set(identity, prepared.digest);
      candidates.push({ index, prepared });
    }

    const settings = await settingsOf(tenant);
    if (!settings) return noSettings();
    if (candidates.length > 0) {
      const taken = await quotas.take(tenant, candidates.length, settings.itemsPerMinute, now);
      if (!taken.ok) {
        const problem = makeProblem(
          "over_quota",
          `The tenant may send ${settings.itemsPerMinute} items a minute. Nothing of this request was taken.`,
          [{ pointer: "/items", detail: "over the quota", fix: whenOver(candidates.length, settings, taken) }],
        );
        return { ok: false, problem, retryAfterSeconds: taken.retryAfterSeconds };
      }
    }

    const received = await Promise.all(candidates.map((candidate) => receive(tenant, candidate, now)));
    const toSend: Candidate[] = [];
    received.forEach((one, position) => {
      const index = candidates[position]?.index ?? 0;
      if ("prepared" in one) toSend.push(one);
      else results[index] = one;
    });
    const messages = await Promise.all(toSend.map(({ prepared }) => toMessage(keys, tenant, prepared, now)));
    const sent = await queue.send(messages);
    for (const [position, { index, prepared }] of toSend.entries()) {
      const { id, revision } = prepared.ref;
      if (sent[position] === "sent") results[index] = { status: "accepted", id, revision };
      else if (sent[position] === "too_large")
        results[index] = refusal(
          index,
          "too_large",
          "The item is over the 1 MiB of one message.",
          "send a smaller item",
        );
      else results[index] = refusal(index, "unavailable", "The queue did not take the item.", "send it again");
    }

    const refused = results.filter((result) => result.status === "refused");
    if (refused.length < results.length) return answer({ results });
    const [only] = refused;
    if (refused.length === 1 && only) return { ok: false, problem: only.problem };
    if (refused.every(({ problem }) => problem.status === UNAVAILABLE))
      return refuse("unavailable", "The queue did not take the items; send them again.");
    return refuse(
      "none_accepted",
      "Every item was refused; see errors.",
      refused.flatMap(({ problem }) => problem.errors ?? []),
    );
  };
}
