import type { ItemMessage } from "../../shared/contracts/messages.ts";
import type { Review } from "../../shared/domain/item.ts";
import type { TenantSettings } from "../../shared/domain/tenant.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import type { PoliciesOf, PolicySet } from "../../shared/policy/compiled-policies.ts";
import { isSuspected, type ReviewJudge } from "../../shared/policy/judge-review.ts";
import { withCluster } from "../../shared/queue/cluster-digest.ts";
import { type MessagePorts, openMessage, verdictFor } from "../../shared/queue/open-message.ts";
import type { Topic } from "../../shared/queue/topic.ts";
import { verdictDelivery } from "../../shared/queue/verdict-delivery.ts";
import type { VerdictNotes } from "../../shared/queue/verdict-notes.ts";
import type { Clock } from "../../shared/runtime/clock.ts";
import { together } from "../../shared/runtime/together.ts";
import { Unprocessable } from "../../shared/runtime/unprocessable.ts";
import type { Contents } from "../../shared/store/contents.ts";
import type { ToCount } from "../../shared/store/count-reviews.ts";
import { type ReviewSituation, type Told, toldOf } from "../../shared/store/review-changes.ts";
import type { ReviewLook, ReviewSignals } from "../../shared/store/review-signals.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";
import { type Place, placeAmong } from "./place-among.ts";

export interface JudgeAndObserve extends MessagePorts {
  readonly keys: Pick<Keys, "open" | "digest">;
  readonly verdicts: Pick<Verdicts, "record" | "revisions" | "settle">;
  readonly contents: Pick<Contents, "keep">;
  readonly signals: Pick<ReviewSignals, "look">;
  readonly topic: Topic;
  readonly notes: VerdictNotes;
  readonly policiesOf: PoliciesOf;
  readonly judge: ReviewJudge;
  readonly clock: Clock;
}

/** A message on its way through the step. */
interface Work {
  readonly message: ItemMessage;
  readonly review: Review;
  readonly settings: TenantSettings;
  readonly place: Place;
}

/** A review with its verdict, and what is left to be counted of it. */
interface Recorded {
  readonly made: Verdict;
  readonly isFirst: boolean;
  readonly toCount?: ToCount;
}

/** Works in order, each with what a stage made of it; those that failed are noted and go no further. */
type Stage = <In, Out>(
  works: readonly (readonly [Work, In])[],
  job: (work: Work, value: In) => Promise<Out>,
) => Promise<(readonly [Work, Out])[]>;

const idOf = ({ ref }: ItemMessage): string => `${ref.id}#${ref.revision}`;

/**
 * Reviews from the queue to their verdicts, and into the states that later reviews are scored by; those that come in one
 * invocation are read, judged one after the other and counted together. A verdict comes first, by one conditional put
 * that also says what the states owe; a repeat counts a review only while they do, and as what was said then.
 */
export function judgeAndObserve(ports: JudgeAndObserve): (message: ItemMessage) => Promise<void> {
  const { verdicts, signals, notes, policiesOf, judge, clock } = ports;
  const deliver = verdictDelivery(ports.contents, ports.topic);

  const open = async (message: ItemMessage, now: Date): Promise<Work | undefined> => {
    const opened = await openMessage(ports, message, ["review"]);
    if (!opened) return undefined;
    const known = await verdicts.revisions(message.tenant, "review", message.ref.id, now);
    return { message, review: opened.item, settings: opened.settings, place: placeAmong(known, message, now) };
  };

  /** Judges in the order of the reviews' own times: each knows those before it. */
  const judgeAll = (works: readonly Work[], look: ReviewLook, policies: PolicySet, now: Date) =>
    works
      .toSorted((a, b) => Date.parse(a.review.createdAt) - Date.parse(b.review.createdAt))
      .map((work): readonly [Work, { readonly judged: Verdict; readonly situation: ReviewSituation } | Error] => {
        const { message, review, place } = work;
        try {
          const situation = look.situation(review, place.replaces?.told);
          const { tenant, ref, digest } = message;
          const question = { tenant, policies, ref, digest, receivedAt: new Date(message.receivedAt), now };
          const judged = verdictFor(message, () => judge({ ...question, review, features: situation.features }));
          if (place.counts) look.note(situation, toldOf(idOf(message), review, situation, isSuspected(judged)));
          return [work, { judged, situation }];
        } catch (error) {
          return [work, error instanceof Error ? error : new Error("judging failed")];
        }
      });

  const record = async (work: Work, scored: Verdict, situation: ReviewSituation): Promise<Recorded> => {
    const { message, review, settings, place } = work;
    const judged = await withCluster(ports.keys, review, scored);
    const { told: replaced, owed } = place.replaces ?? {};
    const told = toldOf(idOf(message), review, situation, isSuspected(judged), replaced);
    const recorded = await verdicts.record(judged, settings.verdictDays, place.counts ? told : undefined);
    if (recorded.kind === "conflict") throw new Unprocessable("revision_conflict");
    const made = recorded.verdict;
    const before = owed && replaced ? { owed: { told: replaced, since: owed } } : {};
    if (recorded.kind === "recorded")
      return { made, isFirst: true, ...(place.counts ? { toCount: { situation, told, ...before } } : {}) };
    if (!recorded.owing) return { made, isFirst: false };
    const since = new Date(made.scoredAt);
    return { made, isFirst: false, toCount: { situation, told: recorded.counted as Told, since, ...before } };
  };

  const noteAll = async (
    tenant: string,
    works: readonly (readonly [Work, Recorded])[],
    policies: PromiseSettledResult<PolicySet>,
  ): Promise<void> => {
    const settings = works[0]?.[0].settings;
    if (!settings) return;
    if (policies.status === "rejected") throw policies.reason;
    const noted = works.map(([, { made, isFirst }]) => ({ made, isFirst }));
    await notes.note(tenant, noted, { policies: policies.value, breakerFactor: settings.breakerFactor });
  };

  const judgeTenant = async (tenant: string, works: readonly Work[], now: Date, stage: Stage): Promise<void> => {
    const done = works.flatMap((work) =>
      work.place.done ? [[work, { made: work.place.done, isFirst: false }] as const] : [],
    );
    const open = works.filter(({ place }) => !place.done);
    const reviews = open.map(({ review }) => review);
    const [looked, policies] = await Promise.allSettled([
      open.length === 0
        ? undefined
        : signals.look(tenant, reviews, now).then(async (look) => {
            await look.ready();
            return look;
          }),
      policiesOf(tenant),
    ]);
    const seen = await stage(
      open.map((work) => [work, undefined] as const),
      async () => {
        if (looked.status === "rejected") throw looked.reason;
        if (policies.status === "rejected") throw policies.reason;
        return looked.value;
      },
    );
    const look = seen[0]?.[1];
    const judged = look && policies.status === "fulfilled" ? judgeAll(open, look, policies.value, now) : [];
    const recorded = await stage(judged, async (work, value) => {
      if (value instanceof Error) throw value;
      return await record(work, value.judged, value.situation);
    });
    const toCount = recorded.flatMap(([work, { toCount: one }]) => (one ? [{ work, one }] : []));
    const all: readonly (readonly [Work, Recorded])[] = [...done, ...recorded];
    const [counted, [noted]] = await Promise.all([
      look ? look.count(toCount.map(({ one }) => one)) : [],
      Promise.allSettled([noteAll(tenant, all, policies)]),
    ]);
    const outcomes = new Map(toCount.map(({ work }, index) => [work, counted[index]]));
    await stage<Recorded, void>(all, async (work, { made }) => {
      const outcome = outcomes.get(work);
      if (outcome?.status === "rejected") throw outcome.reason;
      if (noted.status === "rejected") throw noted.reason;
      if (outcome) await verdicts.settle(tenant, work.message.ref);
      await deliver(made, work.review, work.settings, now);
    });
  };

  return together(async (messages) => {
    const now = clock();
    const faults = new Map<ItemMessage, unknown>();
    const stage: Stage = async (works, job) => {
      const results = await Promise.allSettled(works.map(([work, value]) => job(work, value)));
      return results.flatMap((result, index) => {
        const [work] = works[index] ?? [];
        if (!work) return [];
        if (result.status === "fulfilled") return [[work, result.value] as const];
        faults.set(work.message, result.reason);
        return [];
      });
    };
    const opened = await Promise.allSettled(messages.map((message) => open(message, now)));
    const works = opened.flatMap((result, index) => {
      const message = messages[index];
      if (message && result.status === "rejected") faults.set(message, result.reason);
      return result.status === "fulfilled" && result.value ? [result.value] : [];
    });
    const byTenant = Map.groupBy(works, ({ message }) => message.tenant);
    await Promise.all(byTenant.entries().map(([tenant, own]) => judgeTenant(tenant, own, now, stage)));
    return messages.map((message) =>
      faults.has(message)
        ? { status: "rejected", reason: faults.get(message) }
        : { status: "fulfilled", value: undefined },
    );
  });
}
