import { announceChange, renewWants } from "../../../functions/edit-subscriptions/announce-change.ts";
import { askReader } from "../../../functions/edit-subscriptions/ask-reader.ts";
import { ownerOf } from "../../../functions/edit-subscriptions/owner-of.ts";
import { saveSubscription } from "../../../functions/edit-subscriptions/save-subscription.ts";
import { deleteSubscription, switchSubscription } from "../../../functions/edit-subscriptions/switch-subscription.ts";
import type { AlertWants } from "../../../shared/domain/alert-wants.ts";
import type { ApiKey } from "../../../shared/domain/api-key.ts";
import type { Outgoing } from "../../../shared/domain/outgoing.ts";
import { type Subscription, subscriptionDocument } from "../../../shared/domain/subscription.ts";
import type { Caller } from "../../../shared/domain/tenant.ts";
import { subscriptionNo } from "../alerts/alert-examples.ts";
import { exampleKeys, NOW } from "../domain/examples.ts";
import { memoryAudit } from "./desk-ports.ts";
import { memoryAllowances } from "./memory-allowances.ts";

export const ADMIN: Caller = { tenant: "acme", actor: "key:a", role: "admin" };
export const BRAND: Caller = { tenant: "acme", actor: "key:b", role: "brand", brands: ["shoes"] };
export const MODERATOR: Caller = { tenant: "acme", actor: "key:m", role: "moderator" };
export const ID = subscriptionNo(7);

/** The editing of subscriptions in memory, with the mails that it asks for. */
export function editor(...initial: Subscription[]) {
  const rows = new Map(initial.map((one) => [one.id, one]));
  const gone = new Set<string>();
  const addresses = new Map<string, string>();
  const audit = memoryAudit();
  const wants: AlertWants[] = [];
  const subscriptions = {
    get: async (_: string, id: string) => rows.get(id),
    list: async () => [...rows.values()],
    async save(next: Subscription, address?: string | null) {
      if ((rows.get(next.id)?.version ?? 0) !== next.version - 1 || gone.has(next.id)) return false;
      rows.set(next.id, next);
      if (address) addresses.set(next.id, address);
      if (address === null) addresses.delete(next.id);
      return true;
    },
    async remove(_: string, id: string, version: number) {
      const isMine = rows.get(id)?.version === version;
      if (isMine) gone.add(id);
      return isMine && rows.delete(id);
    },
  };
  const tenants = {
    async setAlerts(_: string, asked: () => Promise<AlertWants>) {
      wants.push(await asked());
    },
  };
  const asked = new Map<string, Outgoing>();
  const allowances = memoryAllowances();
  let lost = () => {};
  const reader = askReader({
    deliveries: {
      async enqueue(message) {
        lost();
        asked.set(message.id, message);
      },
    },
    allowances,
    keys: exampleKeys(),
  });
  const apiKeys = new Map<string, ApiKey>();
  const forgotten: string[] = [];
  const ports = {
    subscriptions,
    endpoints: { remove: async (_: string, id: string) => void forgotten.push(id) },
    announce: announceChange({ subscriptions, tenants, audit }),
    renew: renewWants({ subscriptions, tenants }),
    reader,
    ownerOf: ownerOf({ get: async (_, id) => apiKeys.get(id) }),
  };
  const save = saveSubscription({ ...ports, seal: async (_, address) => `sealed ${address}`, allowedHosts: new Set() });
  const document = (more: Record<string, unknown> = {}) =>
    subscriptionDocument.parse({ name: "Mine", places: ["verdict"], channel: { type: "inbox" }, ...more });
  const request = (caller: Caller, id: string, now = NOW) => ({ caller, params: { id }, query: {}, now });
  return {
    rows,
    addresses,
    allowances,
    apiKeys,
    /** The next handing over fails, once. */
    loseMessage: () => {
      lost = () => {
        lost = () => {};
        throw new Error("the queue is down");
      };
    },
    audit,
    wants,
    save: (caller: Caller, version: number, more: Record<string, unknown> = {}, id = ID, now = NOW) =>
      save({ ...request(caller, id, now), body: { version, document: document(more) } }),
    /** Ids of the messages that asked an address. */
    asked: () => [...asked.values()].map(({ type, subscription }) => [type, subscription]),
    turn: (to: "enabled" | "disabled", caller: Caller, version: number, now = NOW) =>
      switchSubscription(ports, to)({ ...request(caller, ID, now), body: { version } }),
    remove: (caller: Caller, version: number, id = ID) =>
      deleteSubscription(ports)({ ...request(caller, id), body: { version } }),
    /** Subscriptions whose signing secrets were forgotten. */
    forgotten,
  };
}

export const codeOf = (result: { ok: boolean; problem?: { type: string } }): string | undefined =>
  result.problem?.type.replace("urn:touchstone:problem:", "");
export const pointersOf = (result: object): string[] =>
  (result as { problem?: { errors?: { pointer: string }[] } }).problem?.errors?.map(({ pointer }) => pointer) ?? [];
