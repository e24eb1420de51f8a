import { mintKey } from "../../shared/domain/api-key.ts";
import { ROLES, type Role } from "../../shared/domain/tenant.ts";
import { apiKeyStore } from "../../shared/store/api-keys.ts";
import { tenantStore } from "../../shared/store/tenants.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { findDeployment, OPERATOR_OPTIONS } from "../deployment.ts";
import { print } from "../print.ts";
import { table } from "../views/table.ts";

const DAY = 86_400_000;
const TENANT_OPTION = { tenant: { type: "string", value: "NAME", about: "whose key it is" } } as const;

function needTenant(command: string, tenant: string | undefined): string {
  if (tenant === undefined) throw new CommandFailed(`${command}: say whose with --tenant NAME`);
  return tenant;
}

export const createKey = defineCommand({
  words: ["keys", "create"],
  summary: "Make an API key of a tenant; it is shown once.",
  arguments: [],
  options: {
    ...TENANT_OPTION,
    role: { type: "string", value: "ROLE", about: "what it may do", choices: ROLES },
    brands: { type: "string", value: "A,B", about: "with the role brand: whose cases it may read" },
    days: { type: "string", value: "N", about: "the key ends after N days" },
    ...OPERATOR_OPTIONS,
  },
  async run(_, { tenant: named, role, brands, days, json, ...where }) {
    const tenant = needTenant("keys create", named);
    if (role === undefined) throw new CommandFailed(`keys create: say --role, one of: ${ROLES.join(", ")}`);
    const lasts = days === undefined ? undefined : Number(days);
    if (lasts !== undefined && !(lasts > 0 && lasts <= 36_500))
      throw new CommandFailed("keys create: --days takes a number over 0");
    const { directory } = findDeployment(where);
    if (!(await tenantStore(directory).settings(tenant)))
      throw new CommandFailed("keys create: there is no such tenant: make it with `tenants create NAME`");
    if (role === "brand" && brands === undefined)
      throw new CommandFailed("keys create: say whose with --brands, or the key sees no case");
    const now = new Date();
    const expires = lasts === undefined ? undefined : new Date(now.getTime() + lasts * DAY);
    // The option's choices are the roles.
    const { key, token } = mintKey(tenant, role as Role, now, expires, brands?.split(","));
    await apiKeyStore(directory).add(key);
    print(json, { id: key.id, role: key.role, token }, [token]);
    return EXIT.ok;
  },
});

export const listKeys = defineCommand({
  words: ["keys", "list"],
  summary: "List the API keys of a tenant; what they are themselves is not stored.",
  arguments: [],
  options: { ...TENANT_OPTION, ...OPERATOR_OPTIONS },
  async run(_, { tenant: named, json, ...where }) {
    const tenant = needTenant("keys list", named);
    const { directory } = findDeployment(where);
    const all = (await apiKeyStore(directory).list(tenant)).map(({ secretHash: _hash, ...shown }) => shown);
    const rows = all.map(({ id, role, createdAt, expiresAt, revokedAt }) => {
      const end = revokedAt ? `revoked ${revokedAt}` : expiresAt ? `until ${expiresAt}` : "no end";
      return [id, role, createdAt, end];
    });
    print(json, all, all.length === 0 ? ["this tenant has no keys"] : table(["key", "role", "made", "holds"], rows));
    return EXIT.ok;
  },
});

export const revokeKey = defineCommand({
  words: ["keys", "revoke"],
  summary: "Revoke an API key, at once.",
  arguments: ["ID"],
  options: { ...TENANT_OPTION, ...OPERATOR_OPTIONS },
  async run([id = ""], { tenant: named, json, ...where }) {
    const tenant = needTenant("keys revoke", named);
    const { directory } = findDeployment(where);
    if (!(await apiKeyStore(directory).revoke(tenant, id, new Date())))
      throw new CommandFailed("keys revoke: this tenant has no such key; `keys list` shows their ids", EXIT.refused);
    print(json, { id, revoked: true }, [`revoked ${id}`]);
    return EXIT.ok;
  },
});
