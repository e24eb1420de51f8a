import type { AttemptPorts } from "../../../shared/delivery/attempt-delivery.ts";
import { WELL } from "../../../shared/delivery/endpoint-health.ts";
import { lookAfter } from "../../../shared/domain/delivery.ts";
import type { Subscription } from "../../../shared/domain/subscription.ts";
import type { DeliveryStore, StoredDelivery } from "../../../shared/store/deliveries.ts";
import type { Endpoint } from "../../../shared/store/endpoints.ts";

/** Milliseconds that a read or a write takes. */
export const STORE_MS = 5;

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Row extends StoredDelivery {
  readonly due?: { readonly at: Date; readonly turns: number };
}

/** What the tables hold, in memory: what a write does is done when its time is over, as a whole. */
export function virtualStore() {
  const rows = new Map<string, Row>();
  const health = new Map<string, Endpoint>();
  const subscriptions = new Map<string, Subscription>();
  const counted = { writes: 0 };
  const keyOf = ({ tenant, id }: { readonly tenant: string; readonly id: string }) => `${tenant}#${id}`;

  const write = async <T>(change: () => T): Promise<T> => {
    counted.writes += 1;
    await wait(STORE_MS);
    return change();
  };
  const read = async <T>(look: () => T): Promise<T> => {
    await wait(STORE_MS);
    return look();
  };

  const deliveries: DeliveryStore = {
    add: (delivery, sealed) =>
      write(() => {
        if (rows.has(keyOf(delivery))) return false;
        rows.set(keyOf(delivery), { delivery, sealed, due: { at: lookAfter(delivery), turns: 0 } });
        return true;
      }),
    get: (of) => read(() => rows.get(keyOf(of))),
    change: (next, due) =>
      write(() => {
        const row = rows.get(keyOf(next));
        if (row?.delivery.version !== next.version - 1) return false;
        const waits = next.state === "waiting" ? { due: { at: due ?? lookAfter(next), turns: 0 } } : {};
        rows.set(keyOf(next), { delivery: next, sealed: row.sealed, ...waits });
        return true;
      }),
    putOff: (of, due) =>
      write(() => {
        const row = rows.get(keyOf(of));
        if (row?.delivery.version !== of.version) return false;
        rows.set(keyOf(of), { ...row, due: { at: due, turns: of.turns + 1 } });
        return true;
      }),
    log: () => Promise.reject(new Error("nobody asks for the log")),
    dueEndpoints: (now) =>
      read(() => {
        const due = [...rows.values()].filter((row) => row.due && row.due.at <= now);
        const lines = due.map(({ delivery: { tenant, subscription } }) => ({ tenant, subscription }));
        return [...new Map(lines.map((line) => [`${line.tenant}#${line.subscription}`, line])).values()];
      }),
    due: (of, now, limit) =>
      read(() =>
        [...rows.values()]
          .filter(({ delivery, due }) => delivery.subscription === of.subscription && due && due.at <= now)
          .sort((one, other) => Number(one.due?.at) - Number(other.due?.at))
          .slice(0, limit)
          .map(({ delivery: { id, version }, due }) => ({ ...of, id, version, turns: due?.turns ?? 0 })),
      ),
  };
  const endpoints: AttemptPorts["endpoints"] = {
    get: (_, id) =>
      read(
        () =>
          health.get(id) ?? {
            secrets: [{ sealed: "AAAA", since: new Date().toISOString() }],
            health: WELL,
            version: 0,
          },
      ),
    change: (_, id, next) =>
      write(() => {
        if ((health.get(id)?.version ?? 0) !== next.version) return false;
        health.set(id, { ...next, version: next.version + 1 });
        return true;
      }),
  };
  return {
    deliveries,
    endpoints,
    subscriptions: {
      get: (_: string, id: string) => read(() => subscriptions.get(id)),
      list: (tenant: string) => read(() => [...subscriptions.values()].filter((one) => one.tenant === tenant)),
      pause: (_: string, id: string, version: number, paused: NonNullable<Subscription["paused"]>) =>
        write(() => {
          const found = subscriptions.get(id);
          if (found?.version !== version || found.paused) return false;
          subscriptions.set(id, { ...found, paused });
          return true;
        }),
    },
    /** Without a request: how a delivery stands, how a subscription does. */
    standing: (tenant: string, id: string) => rows.get(keyOf({ tenant, id }))?.delivery,
    subscription: (id: string) => subscriptions.get(id),
    keep: (made: Subscription) => void subscriptions.set(made.id, made),
    counted,
  };
}
