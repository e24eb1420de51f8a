import * as z from "zod";
import { makeProblem, type Problem } from "../contracts/problem.ts";
import type { Route } from "../contracts/route.ts";
import { tenantId } from "../domain/id.ts";
import { type Caller, REFUSALS, type Refusal, role } from "../domain/tenant.ts";

/**
 * What the authoriser hands to a function: who calls, or why the credential was not accepted. An HTTP API cannot shape
 * its own 401, so a refusal travels here and the stack turns it into problem+json; without a context nothing is let in.
 */
export type AuthoriserContext = Record<string, string>;

// API Gateway passes on strings only.
const verified = z
  .object({ tenant: tenantId, keyId: z.string().min(1), role, brands: z.string().optional() })
  .transform(
    ({ brands, ...caller }): Caller => (brands === undefined ? caller : { ...caller, brands: brands.split(" ") }),
  );
const refused = z.object({ refusal: z.enum(REFUSALS) });

const FIXES: Record<(typeof REFUSALS)[number], string> = {
  missing_key: "send `Authorization: Bearer ts_…`",
  malformed_key: "send the whole key as it was shown when it was created, after `Bearer `",
  unknown_key: "create a key for this tenant, or use the right deployment's URL",
  revoked_key: "create a new key and use it instead",
  expired_key: "create a new key and use it instead",
};

/** What the authoriser hands on of what it found. */
export const contextOf = (found: Caller | { readonly refusal: Refusal }): AuthoriserContext => {
  if ("refusal" in found) return { refusal: found.refusal };
  const { brands, ...caller } = found;
  return { ...caller, ...(brands ? { brands: brands.join(" ") } : {}) };
};

/** @returns the caller (undefined on a public route), or the problem to answer with. */
export function callerOf(
  route: Pick<Route, "callers">,
  context: AuthoriserContext | null | undefined,
): { readonly caller: Caller | undefined } | { readonly refused: Problem } {
  if (route.callers === "public") return { caller: undefined };
  const caller = verified.safeParse(context);
  if (caller.success) {
    if (route.callers.includes(caller.data.role)) return { caller: caller.data };
    const detail = `The route is for ${route.callers.join(" and ")} keys; this key is for ${caller.data.role}.`;
    const fix = `use a key with the role ${route.callers.join(" or ")}`;
    return {
      refused: makeProblem("forbidden", detail, [{ pointer: "header:authorization", detail: "wrong role", fix }]),
    };
  }
  const reason = refused.safeParse(context);
  const code = reason.success ? reason.data.refusal : "missing_key";
  const detail = "Every route but health needs a key of your tenant.";
  return {
    refused: makeProblem(code, detail, [
      { pointer: "header:authorization", detail: code.replaceAll("_", " "), fix: FIXES[code] },
    ]),
  };
}
