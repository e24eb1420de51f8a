import { randomBytes } from "node:crypto";
import type { Authors } from "../store/authors.ts";
import type { Keys } from "./keys.ts";
import { openWith, sealWith } from "./seal.ts";

/** Sealing with a key of the author's own, so that destroying that key destroys all that they wrote. */
export interface AuthorKeys {
  /** Seals with the author's key, which is made at first use. */
  seal(tenant: string, author: string, context: string, plain: string): Promise<Uint8Array>;
  /** @returns undefined where the key that it was sealed with was destroyed (the author may have a new one). */
  open(tenant: string, author: string, context: string, sealed: Uint8Array): Promise<string | undefined>;
}

const BYTES = 32;
const contextOf = (tenant: string, author: string): string => `authorkey#${tenant}#${author}`;

/** Author keys are asked for each time and never cached: an erasure has to hold at once. */
export function authorKeys(
  authors: Pick<Authors, "sealedKey" | "addKey">,
  keys: Pick<Keys, "seal" | "open">,
): AuthorKeys {
  const find = async (tenant: string, author: string): Promise<Uint8Array | undefined> => {
    const sealed = await authors.sealedKey(tenant, author);
    return sealed && Buffer.from(await keys.open(tenant, contextOf(tenant, author), sealed), "base64");
  };
  const make = async (tenant: string, author: string): Promise<Uint8Array> => {
    const made = randomBytes(BYTES);
    const sealed = await keys.seal(tenant, contextOf(tenant, author), made.toString("base64"));
    if (await authors.addKey(tenant, author, sealed)) return made;
    const first = await find(tenant, author);
    if (!first) throw new Error("the author's key was destroyed while it was being made");
    return first;
  };
  return {
    async seal(tenant, author, context, plain) {
      return sealWith((await find(tenant, author)) ?? (await make(tenant, author)), context, plain);
    },
    async open(tenant, author, context, sealed) {
      const found = await find(tenant, author);
      if (!found) return undefined;
      try {
        return openWith(found, context, sealed);
      } catch {
        return undefined;
      }
    },
  };
}
