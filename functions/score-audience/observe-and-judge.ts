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
import type { Signals } from "../../shared/store/signals.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";

export interface ObserveAndJudge extends MessagePorts {
  readonly verdicts: Pick<Verdicts, "reflect">;
  readonly signals: Pick<Signals, "change">;
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

  const judgeAgain = async (
    message: ItemMessage,
    account: string,
    state: AudienceState,
    settings: TenantSettings,
    now: Date,
  ): Promise<{ readonly made: Verdict; readonly isNew: boolean }> => {
    const { tenant, digest } = message;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = await audiences.latest(tenant, account, now);
      const version = (before?.version ?? 0) + 1;
      const receivedAt = new Date(message.receivedAt);
      const made = judge({ tenant, account, version, digest, state, receivedAt, now });
      if (before && !saysSomethingNew(before.verdict, made)) return { made: before.verdict, isNew: false };
      if (await audiences.add(made, version, settings.verdictDays)) return { made, isNew: true };
    }
    throw new Error("the audience's versions were contended too long");
  };

  return async (message: ItemMessage): Promise<void> => {
    const { tenant, ref, digest } = message;
    const opened = await openMessage(ports, message, ["follow", "audience"]);
    if (!opened) return;
    const { item, settings } = opened;
    const account = item.account.id;
    const now = clock();
    const event = { id: `${ref.kind}#${ref.id}#${ref.revision}`, now, days: DAYS };
    const { kind, state } = await signals.change(tenant, { kind: "account", id: account }, event, (stored) =>
      observed(stored === undefined ? emptyAudience() : audienceState.parse(stored), item),
    );
    const { made, isNew } = await judgeAgain(message, account, state, settings, now);
    // A repeat may be what a crash left between a version and its event.
    if (isNew || kind === "repeat") await publishVerdict(topic, made, settings);
    const receipt = { tenant, ref, digest, receivedAt: new Date(message.receivedAt) };
    if ((await verdicts.reflect(receipt, settings.verdictDays)) === "conflict")
      throw new Unprocessable("revision_conflict");
  };
}
