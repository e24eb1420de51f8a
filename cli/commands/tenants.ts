import type * as z from "zod";
import { tenantId } from "../../shared/domain/id.ts";
import { tenantSettings } from "../../shared/domain/tenant.ts";
import { createTenant } from "../../shared/keys/create-tenant.ts";
import { tenantStore } from "../../shared/store/tenants.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { findDeployment, OPERATOR_OPTIONS } from "../deployment.ts";
import { print } from "../print.ts";

function nameOf(command: string, name: string | undefined): string {
  const parsed = tenantId.safeParse(name);
  if (parsed.success) return parsed.data;
  throw new CommandFailed(`${command}: a name is 1-40 lower-case letters, digits and inner hyphens`);
}

function linkOf(option: string, schema: z.ZodType<string | undefined>, template: string | undefined) {
  const parsed = schema.safeParse(template);
  if (parsed.success) return parsed.data;
  throw new CommandFailed(`tenants link: --${option}: ${parsed.error.issues[0]?.message}`);
}

export const createTenantCommand = defineCommand({
  words: ["tenants", "create"],
  summary: "Create a tenant with its data key and settings; doing it again changes nothing.",
  arguments: ["NAME"],
  options: OPERATOR_OPTIONS,
  async run([name], { json, ...where }) {
    const tenant = nameOf("tenants create", name);
    const created = await createTenant(findDeployment(where), tenant);
    print(json, { tenant, created }, [created ? `created ${tenant}` : `${tenant} stood already; nothing was changed`]);
    return EXIT.ok;
  },
});

export const linkTenant = defineCommand({
  words: ["tenants", "link"],
  summary: "Say where the platform shows items and their media, so that moderators can go there from a case.",
  arguments: ["NAME"],
  options: {
    item: { type: "string", value: "URL", about: "address of an item: {id}, {kind} and {channel} are filled in" },
    media: {
      type: "string",
      value: "URL",
      about: "address of a picture, film or sound: {id}, {kind}, {item}, {channel}",
    },
    ...OPERATOR_OPTIONS,
  },
  about: [
    "An address begins with https:// and a host of its own, or with one / where the console's own origin serves it. What is left out is taken away. It takes effect within half a minute.",
  ],
  async run([name], { item, media, json, ...where }) {
    const tenant = nameOf("tenants link", name);
    const { itemUrl, mediaUrl } = tenantSettings.shape;
    const [toItem, toMedia] = [linkOf("item", itemUrl, item), linkOf("media", mediaUrl, media)];
    const links = { ...(toItem ? { itemUrl: toItem } : {}), ...(toMedia ? { mediaUrl: toMedia } : {}) };
    const isThere = await tenantStore(findDeployment(where).directory).link(tenant, links);
    if (!isThere) throw new CommandFailed(`tenants link: there is no tenant ${tenant}`);
    print(json, { tenant, ...links }, [
      `${tenant}: items at ${toItem ?? "no address"}, media at ${toMedia ?? "no address"}`,
    ]);
    return EXIT.ok;
  },
});
