import fc from "fast-check";
import { itemMessage, verdictMessage } from "../../shared/contracts/messages.ts";
import type { ItemRef } from "../../shared/domain/id.ts";
import { type Item, item } from "../../shared/domain/item.ts";
import { verdict } from "../../shared/domain/verdict.ts";
import { toAsciiJson } from "../../shared/runtime/read-json.ts";
import { hostileBody } from "./hostile.ts";
import { nearValid } from "./near-valid.ts";
import { validOf } from "./schema-arbitrary.ts";
import { PLANTED } from "./words.ts";

/** A message to put straight into a queue (by its stack output), and how it has to end where that is certain. */
export interface MessagePlan {
  readonly queue: string;
  readonly sort: "valid" | "near" | "hostile" | "poison";
  readonly body: string;
  /** The reason that its dead letter has to carry. */
  readonly reason?: string;
}

const ITEM_QUEUES: Readonly<Record<string, readonly Item["kind"][]>> = {
  QueuePosts: ["post"],
  QueueReviews: ["review"],
  QueueAudiences: ["follow", "audience"],
};
const CASE_QUEUE = "QueueReview";

type ItemEnvelope = { v: 1; tenant: string; ref: ItemRef; digest: string; receivedAt: string; item: Item };

/** A number that no other message of the run has: every message is about an item of its own. */
function counter(seed: number): () => string {
  let last = 0;
  return () => `fuzz-${seed}-${++last}`;
}

/** As intake would send it: the queue itself refuses some characters, and nothing would be learned. */
const escaped = (json: string): string =>
  json.replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const digestArbitrary = fc.stringMatching(/^[A-Za-z0-9_-]{43}$/);

function itemEnvelopes(tenant: string, kinds: readonly Item["kind"][], now: Date): fc.Arbitrary<ItemEnvelope> {
  const items = validOf(item).filter(({ kind }) => kinds.includes(kind)) as fc.Arbitrary<Item>;
  return fc.tuple(items, digestArbitrary).map(([made, digest]) => ({
    v: 1,
    tenant,
    ref: { kind: made.kind, id: made.id, revision: "r1" },
    digest,
    receivedAt: now.toISOString(),
    item: made,
  }));
}

const named = (envelope: ItemEnvelope, id: string): ItemEnvelope => ({
  ...envelope,
  ref: { ...envelope.ref, id },
  item: { ...envelope.item, id },
});

/** What can never be handled, with the reason that says so. */
function poisonOf(
  envelope: ItemEnvelope,
  other: string,
  verdictOf: () => object,
): readonly (readonly [object, string])[] {
  const { item: _, ...sealed } = envelope;
  const { ref, tenant, digest } = envelope;
  const noise = Buffer.from(`not sealed ${PLANTED}`).toString("base64");
  return [
    [{ ...envelope, tenant: "nobody-at-all" }, "tenant_unknown"],
    [{ ...envelope, ref: { ...ref, id: `${ref.id}-other` } }, "item_is_not_the_referenced_one"],
    [{ ...envelope, ref: { ...ref, kind: ref.kind === "post" ? "review" : "post" } }, "item_is_not_the_referenced_one"],
    [{ ...envelope, sealed: noise }, "message_does_not_fit_schema"],
    [
      { ...sealed, sealed: noise },
      ref.kind === "follow" || ref.kind === "audience" ? "audience_came_sealed" : "failed.Unsealable",
    ],
    ...(ref.kind === "post" || ref.kind === "review"
      ? ([
          [{ ...envelope, verdict: { ...verdictOf(), tenant: other, ref, digest } }, "verdict_of_another_item"],
          [
            { ...envelope, verdict: { ...verdictOf(), tenant, ref: { ...ref, revision: "r2" }, digest } },
            "verdict_of_another_item",
          ],
        ] as const)
      : []),
  ];
}

/**
 * Messages for every queue: `runs` valid ones, as many of each other sort, and a poison of each kind; the same ones for
 * the same seed.
 */
export function messagePlans(runs: number, seed: number, tenant: string, other: string, now: Date): MessagePlan[] {
  const next = counter(seed);
  const take = <T>(arbitrary: fc.Arbitrary<T>): T[] => fc.sample(arbitrary, { numRuns: runs, seed });
  const verdicts = take(validOf(verdict));
  let taken = 0;
  const verdictOf = () => verdicts[taken++ % verdicts.length] ?? {};
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");
  const plans: MessagePlan[] = [];
  const broken = (queue: string, valid: fc.Arbitrary<unknown>) => {
    for (const body of take(nearValid(valid))) plans.push({ queue, sort: "near", body: escaped(body) });
    for (const body of take(hostileBody(valid))) plans.push({ queue, sort: "hostile", body: text(body) });
  };

  for (const [queue, kinds] of Object.entries(ITEM_QUEUES)) {
    const envelopes = itemEnvelopes(tenant, kinds, now);
    for (const envelope of take(envelopes)) {
      const message = named(envelope, next());
      plans.push({ queue, sort: "valid", body: toAsciiJson(itemMessage.parse(message)) });
    }
    broken(
      queue,
      envelopes.map((envelope) => named(envelope, next())),
    );
    for (const kind of kinds) {
      const [envelope] = fc.sample(itemEnvelopes(tenant, [kind], now), { numRuns: 1, seed });
      if (!envelope) continue;
      for (const [body, reason] of poisonOf(named(envelope, next()), other, verdictOf))
        plans.push({ queue, sort: "poison", body: toAsciiJson(body), reason });
    }
  }

  const messages = validOf(verdictMessage).map((message) => ({
    ...message,
    verdict: { ...message.verdict, tenant, ref: { ...message.verdict.ref, id: next() } },
  }));
  for (const body of take(messages)) plans.push({ queue: CASE_QUEUE, sort: "valid", body: toAsciiJson(body) });
  broken(CASE_QUEUE, messages);
  return plans;
}
