import type { Subscription } from "../domain/subscription.ts";
import type { Keys } from "./keys.ts";

type Of = Pick<Subscription, "tenant" | "id">;

const contextOf = ({ tenant, id }: Of): string => `address#${tenant}#${id}`;

/** Seals the address of a chat room (base64): whoever knows it can write there. */
export async function sealAddress(keys: Pick<Keys, "seal">, of: Of, address: string): Promise<string> {
  return Buffer.from(await keys.seal(of.tenant, contextOf(of), address)).toString("base64");
}

/** What `sealAddress` sealed. */
export const openAddress = (keys: Pick<Keys, "open">, of: Of, sealed: string): Promise<string> =>
  keys.open(of.tenant, contextOf(of), Buffer.from(sealed, "base64"));
