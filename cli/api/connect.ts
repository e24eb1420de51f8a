import { readConnection } from "../../local/connection.ts";
import { parseAuthorization } from "../../shared/domain/api-key.ts";
import type { Role } from "../../shared/domain/tenant.ts";
import { CommandFailed, type OptionSpecs } from "../command.ts";
import { DATA_OPTION, dataDirOf } from "../deployment.ts";

/** Options of the commands that call the API. */
export const API_OPTIONS = {
  url: {
    type: "string",
    value: "URL",
    about: "the API to call, with the key in TOUCHSTONE_KEY; without it, the one that `npm start` runs here",
  },
  tenant: { type: "string", value: "NAME", about: "refuse to go on where the key belongs to another tenant" },
  ...DATA_OPTION,
} as const satisfies OptionSpecs;

export interface ApiOptions {
  readonly url: string | undefined;
  readonly tenant: string | undefined;
  readonly data: string | undefined;
}

/** Where the API is and the key to call it with. */
export interface ApiAccess {
  readonly url: string;
  readonly token: string;
  readonly tenant: string;
}

function readUrl(written: string): string {
  const parsed = URL.parse(written);
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    throw new CommandFailed("--url takes the address of the API, such as https://api.example.com");
  return parsed.href.replace(/\/+$/, "").replace(/\/v1$/, "");
}

/**
 * Finds the API and a key of the role: TOUCHSTONE_KEY where it is set, else what `npm start` left for this machine.
 * @throws CommandFailed where there is no API or no key.
 */
export function connect(options: ApiOptions, role: Role): ApiAccess {
  const dataDir = dataDirOf(options.data);
  const local = options.url ? undefined : readConnection(dataDir);
  const url = options.url ? readUrl(options.url) : local?.url;
  if (!url)
    throw new CommandFailed(
      `nothing was started in ${dataDir}: start it with \`npm start\`, or name its --data DIR or --url URL`,
    );
  const own = process.env.TOUCHSTONE_KEY;
  const token = own ?? local?.tokens[role];
  if (!token)
    throw new CommandFailed(
      `put a key into the environment variable TOUCHSTONE_KEY: \`keys create --tenant NAME --role ${role}\` makes one`,
    );
  const parsed = parseAuthorization(`Bearer ${token}`);
  if (!("tenant" in parsed))
    throw new CommandFailed("TOUCHSTONE_KEY holds no API key: `keys create` prints one that begins with ts_");
  const { tenant } = parsed;
  if (options.tenant && options.tenant !== tenant)
    throw new CommandFailed(
      `the key belongs to the tenant ${tenant}: put one of the tenant that you named into TOUCHSTONE_KEY (see \`keys create\`)`,
    );
  return { url, token, tenant };
}
