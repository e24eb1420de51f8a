import { mintKey, parseAuthorization, verifyKey } from "../shared/domain/api-key.ts";
import type { Role } from "../shared/domain/tenant.ts";
import { createTenant } from "../shared/keys/create-tenant.ts";
import { kmsClient } from "../shared/keys/kms.ts";
import { apiKeyStore } from "../shared/store/api-keys.ts";
import { documentClient } from "../shared/store/table.ts";
import { tenantStore } from "../shared/store/tenants.ts";
import type { Cloud } from "./cloud.ts";
import { enrolUsers } from "./identity/enrol.ts";
import { SAMPLE_LINKS } from "./sample/sample-platform.ts";

/** The tenant that `npm start` sends the sample as. */
export const DEMO_TENANT = "demo";

/** Roles that a key is made for. A brand's key would need a brand. */
const SEEDED = ["platform", "moderator", "senior", "lead", "auditor", "admin"] as const satisfies readonly Role[];

/** One machine has no neighbours to protect: the quota must not be what a first try runs into. */
const ITEMS_PER_MINUTE = 1_000_000;

/** Tokens that still hold are used again, so that a shell that has one keeps working after a restart. */
async function tokenFor(role: Role, known: string | undefined, tableName: string): Promise<string> {
  const keys = apiKeyStore({ client: documentClient(), name: tableName });
  const parsed = parseAuthorization(known && `Bearer ${known}`);
  if (known && "id" in parsed) {
    const stored = await keys.get(parsed.tenant, parsed.id);
    if ("role" in verifyKey(stored, parsed, new Date())) return known;
  }
  const { key, token } = mintKey(DEMO_TENANT, role, new Date());
  await keys.add(key);
  return token;
}

/** Sees to it that the demo tenant, its people and a key for each role stand; the SDK finds the cloud by the environment. */
export async function seedDemoTenant(
  { outputs, signIn }: Pick<Cloud, "outputs" | "signIn">,
  known: Readonly<Record<string, string>>,
): Promise<Record<(typeof SEEDED)[number], string>> {
  const { TableDirectory = "", KeyContent = "" } = outputs;
  const directory = { client: documentClient(), name: TableDirectory };
  // Allowed words are kept, too: what flagged ones answer to is half of the story.
  const settings = { itemsPerMinute: ITEMS_PER_MINUTE, keepAllowedContent: true };
  await createTenant({ kms: kmsClient(), keyId: KeyContent, directory }, DEMO_TENANT, settings);
  await tenantStore(directory).link(DEMO_TENANT, SAMPLE_LINKS);
  if (signIn) await enrolUsers(directory, DEMO_TENANT, signIn.issuer);
  const tokens = SEEDED.map(async (role) => [role, await tokenFor(role, known[role], TableDirectory)] as const);
  return Object.fromEntries(await Promise.all(tokens)) as Record<(typeof SEEDED)[number], string>;
}
