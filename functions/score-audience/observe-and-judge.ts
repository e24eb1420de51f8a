import type { ItemMessage } from "../../shared/contracts/messages.ts";
import type { TenantSettings } from "../../shared/domain/tenant.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import type { PoliciesOf } from "../../shared/policy/compiled-policies.ts";
import { type AudienceJudge, saysSomethingNew } from "../../shared/policy/judge-audience.ts";
import { type MessagePorts, openMessage } from "../../shared/queue/open-message.ts";
import type { Topic } from "../../shared/queue/topic.ts";
import { publishVerdict } from "../../shared/queue/verdict-delivery.ts";
import { gatheredNotes, type VerdictNotes } from "../../shared/queue/verdict-notes.ts";
import { allSettled } from "../../shared/runtime/all-settled.ts";
import type { Clock } from "../../shared/runtime/clock.ts";
import { together } from "../../shared/runtime/together.ts";
import { Unprocessable } from "../../shared/runtime/unprocessable.ts";
import type { AudienceItem, AudienceStates } from "../../shared/store/audience-states.ts";
import type { AudienceVerdicts } from "../../shared/store/audience-verdicts.ts";
import type { SharedCohorts } from "../../shared/store/shared-cohorts.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";
import { compareCohorts } from "./compare-cohorts.ts";

export interface ObserveAndJudge extends MessagePorts {
  readonly verdicts: Pick<Verdicts, "find" | "reflect">;
  readonly states: Pick<AudienceStates, "add" | "read" | "share">;
  readonly cohorts: Pick<SharedCohorts, "meet">;
  readonly audiences: AudienceVerdicts;
  readonly topic: Topic;
  readonly notes: VerdictNotes;
  readonly policiesOf: PoliciesOf;
  readonly judge: AudienceJudge;
  readonly clock: Clock;
}

/** A message on its way through the step. */
interface Work {
  readonly message: ItemMessage;
  readonly item: AudienceItem;
  readonly settings: TenantSettings;
  /** It was counted, judged and published before. */
  readonly reflected: boolean;
}

/** The verdict as it stands, and whether it was made now. */
interface Judged {
  readonly made: Verdict;
  readonly isNew: boolean;
}

/** Versions that may be added by others while this one is being made. */
const ATTEMPTS = 8;
/** How long a message can come again that was counted but not reflected; see `MARK_MINUTES` of the states. */
const REPEATS_MS = 15 * 60_000;

const accountOf = ({ message, item }: Work): string => `${message.tenant}#${item.account.id}`;

/**
 * Messages of follows, and snapshots, into their accounts' states, each once, and from there into a new version of the
 * account's verdict where it says something new. Those of one account that come in one invocation are one unit: one write
 * of the counts and one look at the verdict. A repeat finds the state as it is and judges that again.
 */
export function observeAndJudge(ports: ObserveAndJudge): (message: ItemMessage) => Promise<void> {
  const { verdicts, states, audiences, topic, policiesOf, judge, clock } = ports;
  const note = gatheredNotes(ports.notes);
  const compare = compareCohorts(ports);

  const open = async (message: ItemMessage, now: Date): Promise<Work | undefined> => {
    const opened = await openMessage(ports, message, ["follow", "audience"]);
    if (!opened) return undefined;
    const { tenant, ref } = message;
    const known = await verdicts.find(tenant, ref.kind, ref.id, now, ref.revision);
    // Reflected is published, too. The marks of the state would not do: they are of its latest events only.
    return { message, ...opened, reflected: known.reflected.includes(ref.revision) };
  };

  /** @returns undefined where the account was forgotten in between. */
  const judgeAgain = async (
    { message: { tenant, digest, receivedAt: received }, item, settings }: Work,
    now: Date,
  ): Promise<Judged | undefined> => {
    const account = item.account.id;
    const receivedAt = new Date(received);
    const policies = await policiesOf(tenant);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = await audiences.latest(tenant, account, now);
      // After the version that it is held against: no version may rest on less than the one before it.
      const state = await states.read(tenant, account, now);
      if (state === undefined) return undefined;
      const version = (before?.version ?? 0) + 1;
      const made = judge({ tenant, policies, account, version, digest, state, receivedAt, now });
      // After a lost race the same may stand there by this very step: the SDK repeats a write whose answer was lost.
      if (before?.verdict && !saysSomethingNew(before.verdict, made))
        return { made: before.verdict, isNew: attempt > 1 };
      if (await audiences.add(made, version, settings.verdictDays)) return { made, isNew: true };
    }
    throw new Error("the audience's versions were contended too long");
  };

  /** @returns whether the verdict was made now, or by these messages before. */
  const judgeAndTell = async (works: readonly Work[], last: Work, now: Date, accounts: number) => {
    const { tenant } = last.message;
    const judged = await judgeAgain(last, now);
    // A version that one of these messages made before may be what a crash left between it and its event.
    const isTheirs = works.some(({ message }) => message.digest === judged?.made.digest);
    if (!judged || (!judged.isNew && !isTheirs)) return undefined;
    const { made, isNew: isFirst } = judged;
    const by = { policies: await policiesOf(tenant), breakerFactor: last.settings.breakerFactor };
    await allSettled([publishVerdict(topic, made, last.settings), note(tenant, { made, isFirst }, by, accounts)]);
    return made;
  };

  const observe = async (works: readonly Work[], now: Date, accounts: number): Promise<void> => {
    const last = works.at(-1);
    if (!last) return;
    const { tenant } = last.message;
    const news = works.map(({ message: { ref, receivedAt }, item }) => ({
      id: `${ref.kind}#${ref.id}#${ref.revision}`,
      item,
      since: new Date(Math.max(Date.parse(receivedAt), now.getTime() - REPEATS_MS)),
    }));
    await states.add(tenant, last.item.account.id, news, now);
    const made = await judgeAndTell(works, last, now, accounts);
    if (made && (await compare(made, now))) await judgeAndTell(works, last, now, accounts);
  };

  const reflect = async ({ message, settings }: Work): Promise<void> => {
    const { tenant, ref, digest } = message;
    const receipt = { tenant, ref, digest, receivedAt: new Date(message.receivedAt) };
    if ((await verdicts.reflect(receipt, settings.verdictDays)) === "conflict")
      throw new Unprocessable("revision_conflict");
  };

  return together(async (messages) => {
    const now = clock();
    const opened = await Promise.allSettled(messages.map((message) => open(message, now)));
    const works = opened.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
    const byAccount = Map.groupBy(
      works.filter(({ reflected }) => !reflected),
      accountOf,
    );
    const outcomes = new Map(
      await Promise.all(
        [...byAccount].map(async ([account, own]) => {
          const [outcome] = await Promise.allSettled([observe(own, now, byAccount.size)]);
          return [account, outcome] as const;
        }),
      ),
    );
    return await Promise.allSettled(
      opened.map(async (one) => {
        if (one.status === "rejected") throw one.reason;
        const work = one.value;
        if (!work) return;
        const outcome = work.reflected ? undefined : outcomes.get(accountOf(work));
        if (outcome?.status === "rejected") throw outcome.reason;
        await reflect(work);
      }),
    );
  });
}
