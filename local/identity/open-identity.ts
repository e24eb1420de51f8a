import type { LocalHandler } from "../gateway/gateway.ts";
import { signInPlan } from "../template/kinds/sign-in.ts";
import type { Declarations } from "../template/read.ts";
import type { World } from "../template/world.ts";
import { mountIdentity } from "./mount.ts";
import { identitySecrets } from "./secrets.ts";

export interface LocalSignIn {
  readonly issuer: string;
  readonly clientId: string;
  /** Of every local user. */
  readonly password: string;
}

/**
 * The provider that the stacks' pool and client stand for, or undefined where they declare no client.
 * @throws TemplateRefused where they declare what it cannot do
 */
export async function openIdentity(
  declarations: Declarations,
  world: World,
  dataDir: string,
  log: (line: string) => void,
): Promise<{ readonly handle: LocalHandler; readonly signIn: LocalSignIn } | undefined> {
  const plan = signInPlan(declarations, world);
  if (plan === undefined) return undefined;
  const secrets = await identitySecrets(dataDir);
  const { issuer, clientId } = plan;
  return { handle: mountIdentity(plan, secrets, log), signIn: { issuer, clientId, password: secrets.password } };
}
