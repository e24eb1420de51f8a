import type { endOwnership } from "../../shared/alerts/end-ownership.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import { type ApiKey, type KeyView, keyActor, mintKey } from "../../shared/domain/api-key.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { ApiKeys } from "../../shared/store/api-keys.ts";
import type { Audit } from "../../shared/store/audit.ts";

export interface KeepKeys {
  readonly keys: Pick<ApiKeys, "list" | "add" | "revoke">;
  readonly audit: Pick<Audit, "append">;
  /** Lets what a key made tell only what it may still hear. */
  readonly endOwnership: ReturnType<typeof endOwnership>;
}

const DAY = 86_400_000;

const shown = ({ secretHash: _hash, ...rest }: ApiKey): KeyView => rest;

/** A tenant's keys, the newest first. */
export const listKeys =
  ({ keys }: Pick<KeepKeys, "keys">): UseCase<(typeof routes)["list-keys"]> =>
  async ({ caller: { tenant } }) => {
    const all = (await keys.list(tenant)).map(shown);
    return answer({ keys: all.sort((a, b) => b.createdAt.localeCompare(a.createdAt)) });
  };

/** Makes a key. Its token is in the answer and nowhere else. */
export const createKey =
  ({ keys, audit }: Pick<KeepKeys, "keys" | "audit">): UseCase<(typeof routes)["create-key"]> =>
  async ({ caller: { tenant, actor, role }, body, now }) => {
    const ends = body.days === undefined ? undefined : new Date(now.getTime() + body.days * DAY);
    const { key, token } = mintKey(tenant, body.role, now, ends, body.brands);
    // Logged first: a key that nobody heard of must not be.
    const facts = { key: keyActor(key.id), role: key.role };
    await audit.append(tenant, [{ actor, role, action: "key.created", facts }], now);
    await keys.add(key);
    return answer({ key: shown(key), token });
  };

/** Revokes a key: its next request is refused, and what it subscribed to stands still. */
export const revokeKey =
  ({ keys, audit, endOwnership }: KeepKeys): UseCase<(typeof routes)["revoke-key"]> =>
  async ({ caller, params: { id }, now }) => {
    const { tenant, actor, role } = caller;
    if (!(await keys.revoke(tenant, id, now)))
      return refuse("not_found", "This tenant has no such key.", [
        { pointer: "path:id", detail: "no key", fix: "name one that GET /v1/keys lists" },
      ]);
    await endOwnership(caller, keyActor(id), undefined, now);
    const facts = { key: keyActor(id) };
    await audit.append(tenant, [{ actor, role, action: "key.revoked", facts }], now);
    return answer({ id });
  };
