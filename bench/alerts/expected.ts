import { eventsOfVerdict } from "../../shared/alerts/alert-event.ts";
import { groupKeysOf } from "../../shared/alerts/group-keys.ts";
import { compileSubscriptions } from "../../shared/alerts/match-subscriptions.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";

/** Of how many verdicts somebody wanted to hear, and which messages are to come of them. */
export interface Expected {
  readonly verdicts: number;
  readonly matched: number;
  /** Subscriptions that matched, all together; some only count in an alert that is open. */
  readonly matches: number;
  /** `SUBSCRIPTION event ITEM` and `SUBSCRIPTION alert SUBJECT`. */
  readonly messages: ReadonlySet<string>;
}

/** Says what verdicts lead to; an alert is told of when it begins, and is open for all that come here. */
export function expecting(subscriptions: readonly Subscription[]): (verdicts: readonly Verdict[]) => Expected {
  const set = compileSubscriptions(subscriptions);
  const open = new Set<string>();
  return (verdicts) => {
    const messages = new Set<string>();
    let matched = 0;
    let matches = 0;
    for (const made of verdicts) {
      const told = new Map<string, string>();
      for (const event of eventsOfVerdict(made))
        for (const { id, document } of set.match(event)) {
          if (told.has(id)) continue;
          const { channel } = document;
          const [{ by, id: subject }] = groupKeysOf(event);
          const isStream = channel.type === "webhook" && channel.stream;
          told.set(
            id,
            isStream ? `${id} event ${made.ref.id}` : channel.type === "webhook" ? `${id} alert ${by} ${subject}` : "",
          );
        }
      if (told.size > 0) matched += 1;
      matches += told.size;
      for (const message of told.values()) {
        if (message === "" || open.has(message)) continue;
        open.add(message);
        messages.add(message);
      }
    }
    return { verdicts: verdicts.length, matched, matches, messages };
  };
}
