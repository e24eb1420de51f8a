import type { Delivery } from "../../shared/domain/delivery.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";
import { type Result, refuse } from "../../shared/runtime/result.ts";
import type { Allowances, Limit } from "../../shared/store/allowances.ts";

export interface ReplayAllowance {
  readonly allowances: Allowances;
}

const HOUR = 3_600;
/** Mails go to a person: each counts. */
const MAILS: Limit = { most: 20, seconds: HOUR };
/** Of what goes to machines each request counts, for one delivery or for a page of them. */
const REQUESTS: Limit = { most: 600, seconds: HOUR };

const nameOf = ({ id }: Pick<Subscription, "id">): string => `replay-${id}`;
const isByMail = ({ document }: Pick<Subscription, "document">): boolean => document.channel.type === "email";
const asked = ({ id, version }: Pick<Delivery, "id" | "version">, by: string) => ({ id: `${id}.${version}`, by });

/** May one delivery be sent again? The same one, as it stands, is not counted twice. */
export const mayReplay = ({ allowances }: ReplayAllowance, of: Subscription, one: Delivery, now: Date) =>
  allowances.take(of.tenant, nameOf(of), asked(one, of.id), [isByMail(of) ? MAILS : REQUESTS], now);

/** How many deliveries one request for a window may look at; 0 where it may send none again. */
export async function roomForReplays(
  { allowances }: ReplayAllowance,
  of: Subscription,
  request: string,
  most: number,
  now: Date,
): Promise<number> {
  const { tenant, id } = of;
  if (!isByMail(of))
    return (await allowances.take(tenant, nameOf(of), { id: request, by: id }, [REQUESTS], now)) ? most : 0;
  const used = await allowances.used(tenant, nameOf(of), HOUR, now);
  return Math.min(most, Math.max(0, MAILS.most - used.length));
}

/** Those of a window that may be sent again. */
export async function allowedOf(
  ports: ReplayAllowance,
  of: Subscription,
  some: readonly Delivery[],
  now: Date,
): Promise<readonly Delivery[]> {
  if (!isByMail(of)) return some;
  const allowed: Delivery[] = [];
  for (const one of some) if (await mayReplay(ports, of, one, now)) allowed.push(one);
  return allowed;
}

/** A refusal where as much was sent again as may be. */
export const replayedTooOften = (): Result<never> =>
  refuse("replayed_too_often", "As much was sent again for this subscription as may be in an hour.", [
    {
      pointer: "path:/id",
      detail: `at most ${MAILS.most} mails an hour; of other channels ${REQUESTS.most} requests`,
      fix: "go on when the hour is over, or replay a window instead of single deliveries",
    },
  ]);
