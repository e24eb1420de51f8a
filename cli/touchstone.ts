// `npm run -s touchstone -- COMMAND`: what operators do from a terminal.
import { parseArgs } from "node:util";
import { CommandFailed } from "./command.ts";
import { convert } from "./convert.ts";
import { findDeployment } from "./deployment.ts";
import { keys } from "./keys.ts";
import { tenants } from "./tenants.ts";

const USAGE = `npm run -s touchstone -- COMMAND [OPTION…]

  tenants create NAME                     create a tenant
  keys create --tenant NAME --role ROLE   make an API key (platform, moderator, brand, admin); shown once
  keys list --tenant NAME                 list a tenant's keys
  keys revoke ID --tenant NAME            revoke a key, at once
  convert FILE --format airline-tweets    a known data set as JSON Lines of items, to standard output

  --outputs FILE   work on AWS: the file that \`cdk deploy --outputs-file FILE\` wrote
  --data DIR       work on this machine: the data folder of \`npm start\` (default .touchstone)
  --days N         keys create: the key ends after N days
  --json           print JSON`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: {
      outputs: { type: "string" },
      data: { type: "string", default: ".touchstone" },
      tenant: { type: "string" },
      role: { type: "string" },
      days: { type: "string" },
      format: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [command, verb, name] = positionals;
  if (values.help || !command) return void process.stdout.write(`${USAGE}\n`);
  if (command === "convert") return convert(verb, values.format);
  const options = { tenant: values.tenant, role: values.role, days: values.days, json: values.json };
  if (command === "keys") return keys(findDeployment(values.outputs, values.data), verb, name, options);
  if (command === "tenants") return tenants(findDeployment(values.outputs, values.data), verb, name);
  throw new CommandFailed("there is no such command; see --help");
}

main().catch((error: unknown) => {
  const known = error instanceof CommandFailed || (error instanceof TypeError && "code" in error);
  const sentence = known ? (error as Error).message : `failed: ${error instanceof Error ? error.name : "unknown"}`;
  process.stderr.write(`touchstone: ${sentence}\n`);
  process.exitCode = known ? 2 : 1;
});
