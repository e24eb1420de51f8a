import { mintKey } from "../shared/domain/api-key.ts";
import { ROLES, role } from "../shared/domain/tenant.ts";
import { apiKeyStore } from "../shared/store/api-keys.ts";
import { tenantStore } from "../shared/store/tenants.ts";
import { CommandFailed } from "./command.ts";
import type { Deployment } from "./deployment.ts";

export interface KeyOptions {
  readonly tenant: string | undefined;
  readonly role: string | undefined;
  readonly days: string | undefined;
  readonly json: boolean;
}

const print = (json: boolean, value: unknown, lines: readonly string[]): void =>
  void process.stdout.write(json ? `${JSON.stringify(value)}\n` : lines.map((line) => `${line}\n`).join(""));

/** `touchstone keys create|list|revoke`: a token is shown once, when it is made. */
export async function keys(
  deployment: Deployment,
  verb: string | undefined,
  id: string | undefined,
  options: KeyOptions,
): Promise<void> {
  const { tenant, json } = options;
  if (!tenant) throw new CommandFailed("keys: say whose with --tenant NAME");
  const store = apiKeyStore(deployment.directory);
  if (verb === "create") {
    const wanted = role.safeParse(options.role);
    if (!wanted.success) throw new CommandFailed(`keys create: --role takes one of: ${ROLES.join(", ")}`);
    if (!(await tenantStore(deployment.directory).settings(tenant)))
      throw new CommandFailed("keys create: there is no such tenant: make it with `tenants create NAME`");
    const days = options.days === undefined ? undefined : Number(options.days);
    if (days !== undefined && !(days > 0)) throw new CommandFailed("keys create: --days takes a number over 0");
    const now = new Date();
    const expires = days === undefined ? undefined : new Date(now.getTime() + days * 86_400_000);
    const { key, token } = mintKey(tenant, wanted.data, now, expires);
    await store.add(key);
    print(json, { id: key.id, role: key.role, token }, [token]);
  } else if (verb === "list") {
    const all = (await store.list(tenant)).map(({ secretHash: _, ...shown }) => shown);
    const lines = all.map((key) => {
      const end = key.revokedAt ? `revoked ${key.revokedAt}` : key.expiresAt ? `until ${key.expiresAt}` : "no end";
      return `${key.id}  ${key.role.padEnd(10)}  made ${key.createdAt}  ${end}`;
    });
    print(json, all, lines);
  } else if (verb === "revoke") {
    if (!id) throw new CommandFailed("keys revoke: name the key's id (see `keys list`)");
    if (!(await store.revoke(tenant, id, new Date())))
      throw new CommandFailed("keys revoke: this tenant has no such key");
    print(json, { id, revoked: true }, [`revoked ${id}`]);
  } else throw new CommandFailed("keys: say create, list or revoke");
}
