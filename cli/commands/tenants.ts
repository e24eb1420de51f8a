import { tenantId } from "../../shared/domain/id.ts";
import { createTenant } from "../../shared/keys/create-tenant.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { findDeployment, OPERATOR_OPTIONS } from "../deployment.ts";
import { print } from "../print.ts";

export const createTenantCommand = defineCommand({
  words: ["tenants", "create"],
  summary: "Create a tenant with its data key and settings; doing it again changes nothing.",
  arguments: ["NAME"],
  options: OPERATOR_OPTIONS,
  async run([name], { json, ...where }) {
    const parsed = tenantId.safeParse(name);
    if (!parsed.success)
      throw new CommandFailed("tenants create: a name is 1-40 lower-case letters, digits and inner hyphens");
    const tenant = parsed.data;
    const created = await createTenant(findDeployment(where), tenant);
    print(json, { tenant, created }, [created ? `created ${tenant}` : `${tenant} stood already; nothing was changed`]);
    return EXIT.ok;
  },
});
