import type { Keys } from "../keys/keys.ts";
import type { Endpoint, Endpoints } from "../store/endpoints.ts";
import { changeEndpoint } from "./change-endpoint.ts";
import { mintSecret, rotated, type SealedSecret, signing } from "./webhook-secret.ts";

export interface SecretPorts {
  readonly endpoints: Pick<Endpoints, "get" | "change">;
  readonly keys: Pick<Keys, "seal" | "open">;
}

const contextOf = (tenant: string, subscription: string): string => `endpoint#${tenant}#${subscription}`;

async function sealSecret({ keys }: SecretPorts, tenant: string, subscription: string, secret: string) {
  return Buffer.from(await keys.seal(tenant, contextOf(tenant, subscription), secret)).toString("base64");
}

/**
 * Gives a subscription a new signing secret; the former ones go on signing for a day.
 * @returns the secret, which nobody can be shown again, or undefined where as many sign already as may.
 */
export async function rotateSecret(
  ports: SecretPorts,
  tenant: string,
  subscription: string,
  now: Date,
): Promise<{ readonly secret: string; readonly secrets: readonly SealedSecret[] } | undefined> {
  const secret = mintSecret();
  const sealed = await sealSecret(ports, tenant, subscription, secret);
  const changed = await changeEndpoint(ports.endpoints, tenant, subscription, (current) => {
    const secrets = rotated(current.secrets, sealed, now);
    return secrets && { ...current, secrets };
  });
  return changed && { secret, secrets: changed.secrets };
}

/**
 * The secrets that sign for a subscription now, opened, the newest first. Where it has none yet one is made, so that
 * nothing goes out unsigned; whoever is to verify it asks for a new one.
 */
export async function secretsOf(
  ports: SecretPorts,
  tenant: string,
  subscription: string,
  known: Endpoint,
  now: Date,
): Promise<readonly string[]> {
  let held = signing(known.secrets, now);
  if (held.length === 0) {
    const sealed = await sealSecret(ports, tenant, subscription, mintSecret());
    const changed = await changeEndpoint(ports.endpoints, tenant, subscription, (current) =>
      signing(current.secrets, now).length > 0
        ? current
        : { ...current, secrets: [{ sealed, since: now.toISOString() }] },
    );
    held = signing(changed?.secrets ?? [], now);
  }
  const context = contextOf(tenant, subscription);
  return Promise.all(held.map(({ sealed }) => ports.keys.open(tenant, context, Buffer.from(sealed, "base64"))));
}
