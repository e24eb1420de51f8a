import type { ItemMessage } from "../../shared/contracts/messages.ts";
import type { Item } from "../../shared/domain/item.ts";
import type { TenantSettings } from "../../shared/domain/tenant.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import { type AudienceJudge, saysSomethingNew } from "../../shared/policy/judge-audience.ts";
import { type MessagePorts, openMessage } from "../../shared/queue/open-message.ts";
import type { Topic } from "../../shared/queue/topic.ts";
import { publishVerdict } from "../../shared/queue/verdict-delivery.ts";
import type { Clock } from "../../shared/runtime/clock.ts";
import { Unprocessable } from "../../shared/runtime/unprocessable.ts";
import {
  type AudienceState,
  audienceState,
  emptyAudience,
  observeFollows,
  observeSnapshot,
} from "../../shared/scoring/audience/audience-state.ts";
import type { AudienceVerdicts } from "../../shared/store/audience-verdicts.ts";
import type { Signals, Subject } from "../../shared/store/signals.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";

export interface ObserveAndJudge extends MessagePorts {
  readonly verdicts: Pick<Verdicts, "find" | "reflect">;
  readonly signals: Pick<Signals, "change" | "read">;
  readonly audiences: AudienceVerdicts;
  readonly topic: Topic;
  readonly judge: AudienceJudge;
  readonly clock: Clock;
}

type AudienceItem = Extract<Item, { kind: "follow" | "audience" }>;

/** Days without an event after which an audience is forgotten. */
const DAYS = 400;
/** Versions that may be added by others while this one is being made. */
const ATTEMPTS = 8;

const stateOf = (stored: unknown): AudienceState =>
  stored === undefined ? emptyAudience() : audienceState.parse(stored);

const observed = (state: AudienceState, item: AudienceItem): AudienceState =>
  item.kind === "follow"
    ? observeFollows(state, item.followers, item.account.id)
    : observeSnapshot(state, item, item.account.id);

/**
 * One message of follows, or one snapshot, into its account's state, once, and from there into a new version of the
 * account's verdict where it says something new. A repeat finds the state as it is and judges that again.
 */
export function observeAndJudge(ports: ObserveAndJudge) {
  const { verdicts, signals, audiences, topic, judge, clock } = ports;

  /** @returns undefined where the account was forgotten in between. */
  const judgeAgain = async (
    message: ItemMessage,
    subject: Subject,
    settings: TenantSettings,
    now: Date,
  ): Promise<{ readonly made: Verdict; readonly isNew: boolean } | undefined> => {
    const { tenant, digest } = message;
    const account = subject.id;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = await audiences.latest(tenant, account, now);
      // After the version that it is held against: no version may rest on less than the one before it.
      const stored = await signals.read(tenant, subject, now);
      if (stored === undefined) return undefined;
      const version = (before?.version ?? 0) + 1;
      const receivedAt = new Date(message.receivedAt);
      const made = judge({ tenant, account, version, digest, state: stateOf(stored), receivedAt, now });
      // After a lost race the same may stand there by this very step: the SDK repeats a write whose answer was lost.
      if (before?.verdict && !saysSomethingNew(before.verdict, made))
        return { made: before.verdict, isNew: attempt > 1 };
      if (await audiences.add(made, version, settings.verdictDays)) return { made, isNew: true };
    }
    throw new Error("the audience's versions were contended too long");
  };

  const observe = async (message: ItemMessage, item: AudienceItem, settings: TenantSettings): Promise<void> => {
    const { tenant, ref } = message;
    const subject = { kind: "account", id: item.account.id } as const;
    const now = clock();
    const event = { id: `${ref.kind}#${ref.id}#${ref.revision}`, now, days: DAYS };
    const { kind } = await signals.change(tenant, subject, event, (stored) => observed(stateOf(stored), item));
    const judged = await judgeAgain(message, subject, settings, now);
    // A repeat may be what a crash left between a version and its event.
    if (judged && (judged.isNew || kind === "repeat")) await publishVerdict(topic, judged.made, settings);
  };

  return async (message: ItemMessage): Promise<void> => {
    const { tenant, ref, digest } = message;
    const opened = await openMessage(ports, message, ["follow", "audience"]);
    if (!opened) return;
    const { item, settings } = opened;
    const known = await verdicts.find(tenant, ref.kind, ref.id, clock(), ref.revision);
    // Reflected is published, too. The marks of the state would not do: they are of its latest events only.
    if (!known.reflected.includes(ref.revision)) await observe(message, item, settings);
    const receipt = { tenant, ref, digest, receivedAt: new Date(message.receivedAt) };
    if ((await verdicts.reflect(receipt, settings.verdictDays)) === "conflict")
      throw new Unprocessable("revision_conflict");
  };
}
