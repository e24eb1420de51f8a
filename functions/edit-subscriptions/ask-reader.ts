import type { Deliveries } from "../../shared/alerts/deliveries-port.ts";
import { outgoingOf } from "../../shared/alerts/told-facts.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import { logger } from "../../shared/runtime/logger.ts";
import { type Result, refuse } from "../../shared/runtime/result.ts";
import { type Allowances, isAllowed, type Limit, type Use } from "../../shared/store/allowances.ts";

export interface AskReader {
  /**
   * May the address of this subscription be asked? `lately`: it was, for this very subscription, and the link in that mail
   * works. Takes nothing: what is refused to be saved asks nobody.
   */
  may(of: Subscription, now: Date): Promise<"yes" | "lately" | "too_often">;
  /**
   * Asks it, unless it was lately. The same version asked again is the same mail.
   * @param anew also where it was lately: what its reader said then does not hold any more
   */
  ask(of: Subscription, now: Date, anew?: boolean): Promise<void>;
}

export interface AskReaderPorts {
  readonly deliveries: Deliveries;
  readonly allowances: Allowances;
  readonly keys: Pick<Keys, "digest">;
}

const DAY = 86_400;
/** Nobody's mailbox is filled through us, however often subscriptions to it are made, changed and deleted. */
const ASKED_AT_MOST: readonly Limit[] = [
  { most: 5, seconds: DAY },
  { most: 10, seconds: 30 * DAY },
];
/** Of a whole tenant: nor are many a stranger's. */
const ASKED_OF_ALL: readonly Limit[] = [{ most: 50, seconds: DAY }];
const OF_ALL = "mail-asked";
/** Of one brand, or one platform key: what the others may ask is not theirs to use up. */
const ASKED_OF_ONE: readonly Limit[] = [{ most: 20, seconds: DAY }];
const LATELY = 600;

/** As the mailbox counts: a tag after + is of the same one, and hardly any tells capitals apart. */
const mailboxOf = (address: string): string => address.toLowerCase().replace(/\+[^@]*(?=@)/, "");

/** Who shares an owner's limit; undefined for the desk, which has the tenant's. */
function partyOf({ actor, role, brands = [] }: Subscription["owner"]): string | undefined {
  if (role === "platform") return JSON.stringify([actor]);
  return role === "brand" ? JSON.stringify([...brands].sort()) : undefined;
}

/** Asks addresses whether they want a subscription's alerts, a bounded number of times. */
export function askReader({ deliveries, allowances, keys }: AskReaderPorts): AskReader {
  /**
   * Under which name a mailbox's mails are counted, and for whom: links hold for one subscription and one spelling of the
   * address. Digests, since it may be a stranger's.
   */
  const countedAs = async ({ id, tenant, owner, document: { channel } }: Subscription) => {
    const to = channel.type === "email" ? channel.to : "";
    const party = partyOf(owner);
    const [mailbox, by, one] = await Promise.all([
      keys.digest(tenant, OF_ALL, mailboxOf(to)),
      keys.digest(tenant, `${OF_ALL}-by`, JSON.stringify([id, to])),
      party === undefined ? undefined : keys.digest(tenant, `${OF_ALL}-of`, party),
    ]);
    return { name: `${OF_ALL}-${mailbox}`, by, ...(one === undefined ? {} : { party: `${OF_ALL}-of-${one}` }) };
  };

  const isLately = (uses: readonly Use[], asker: string, now: Date): boolean =>
    uses.some(({ at, by }) => by === asker && now.getTime() - at * 1_000 < LATELY * 1_000);

  return {
    async may(of, now) {
      const { tenant } = of;
      const { name, by, party } = await countedAs(of);
      const [own, theirs, all] = await Promise.all([
        allowances.used(tenant, name, 30 * DAY, now),
        party === undefined ? [] : allowances.used(tenant, party, DAY, now),
        allowances.used(tenant, OF_ALL, DAY, now),
      ]);
      if (isLately(own, by, now)) return "lately";
      const may = isAllowed(own, ASKED_AT_MOST, now) && isAllowed(theirs, ASKED_OF_ONE, now);
      return may && isAllowed(all, ASKED_OF_ALL, now) ? "yes" : "too_often";
    },
    async ask(of, now, anew = false) {
      const { id, tenant, version, document } = of;
      const notice = { tenant, subscription: { id, name: document.name } };
      const message = outgoingOf({ id, tenant }, "subscription.confirmation", {
        at: now.toISOString(),
        data: { about: "subscription", notice },
        parts: [version, of.createdAt],
      });
      const { name, by, party } = await countedAs(of);
      const use = { id: message.id, by };
      const before = await allowances.used(tenant, name, LATELY, now);
      if (!anew && !before.some((one) => one.id === message.id) && isLately(before, by, now)) return;
      const taken =
        (await allowances.take(tenant, name, use, ASKED_AT_MOST, now)) &&
        (party === undefined || (await allowances.take(tenant, party, use, ASKED_OF_ONE, now))) &&
        (await allowances.take(tenant, OF_ALL, use, ASKED_OF_ALL, now));
      // Others were faster since it was looked up: it waits, and enabling it asks again.
      if (!taken) return logger.warn("an address was not asked", { subscription: id });
      await deliveries.enqueue(message, now);
    },
  };
}

/** A refusal where an address was asked as often as we ask anybody. */
export const askedTooOften = (): Result<never> =>
  refuse("asked_too_often", "This address, yours together, or your tenant's were asked as often as we ask.", [
    {
      pointer: "/document/channel/to",
      detail:
        "asked at most 5 times a day and 10 in 30 days, a brand's or a key's addresses 20 times a day, a tenant's 50 times",
      fix: "have its reader use the link of a mail that came in the last three days, or try again tomorrow",
    },
  ]);

/** Does this version wait for an answer of its reader that no version before it has asked for? */
export const isToAsk = ({ paused, changedAt }: Subscription): boolean =>
  paused?.why === "unconfirmed" && paused.at === changedAt;
