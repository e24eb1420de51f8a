import { tenantId } from "../shared/domain/id.ts";
import { createTenant } from "../shared/keys/create-tenant.ts";
import { CommandFailed } from "./command.ts";
import type { Deployment } from "./deployment.ts";

/** `touchstone tenants create NAME`: its data key and its settings; doing it again changes nothing. */
export async function tenants(
  deployment: Deployment,
  verb: string | undefined,
  name: string | undefined,
): Promise<void> {
  if (verb !== "create") throw new CommandFailed("tenants: say create NAME");
  const parsed = tenantId.safeParse(name);
  if (!parsed.success)
    throw new CommandFailed("tenants create: a name is 1-40 lower-case letters, digits and inner hyphens");
  const made = await createTenant(deployment, parsed.data);
  process.stdout.write(made ? `created ${parsed.data}\n` : `${parsed.data} stood already; nothing was changed\n`);
}
