import * as z from "zod";
import { makeProblem, type Problem } from "../contracts/problem.ts";
import type { Route } from "../contracts/route.ts";
import { tenantId } from "../domain/id.ts";
import { subject } from "../domain/subject.ts";
import { type Caller, REFUSALS, type Refused, role } from "../domain/tenant.ts";

/**
 * What the authoriser hands to a function: who calls, or why the credential was not accepted. An HTTP API cannot shape
 * its own 401, so a refusal travels here and the stack turns it into problem+json; without a context nothing is let in.
 */
export type AuthoriserContext = Record<string, string>;

// API Gateway passes on strings only.
const verified = z
  .object({ tenant: tenantId, actor: z.string().min(1), role, brands: z.string().optional() })
  .transform(
    ({ brands, ...caller }): Caller => (brands === undefined ? caller : { ...caller, brands: brands.split(" ") }),
  );
const refused = z.object({ refusal: z.enum(REFUSALS), subject: subject.optional() });

const FIXES: Record<(typeof REFUSALS)[number], string> = {
  wrong_origin: "send it to the address that this deployment's console has",
  missing_key: "send `Authorization: Bearer ` with a key (`ts_…`), or with the access token of whoever signed in",
  malformed_key: "send the whole key as it was shown when it was created, after `Bearer `",
  unknown_key: "create a key for this tenant, or use the right deployment's URL",
  revoked_key: "create a new key and use it instead",
  expired_key: "create a new key and use it instead",
  invalid_token: "sign in again, and send the access token (not the id token) that this deployment's console gets",
  expired_token: "renew the access token, or sign in again",
  not_a_member: "hand the code in `subject` to an admin of your tenant, who makes you a member with it",
  member_suspended: "ask an admin of your tenant",
  sign_in_unavailable: "send it again in a few seconds; keys are not concerned",
};

/** What the authoriser hands on of what it found. */
export const contextOf = (found: Caller | Refused): AuthoriserContext => {
  if ("refusal" in found) return { ...found };
  const { brands, ...caller } = found;
  return { ...caller, ...(brands ? { brands: brands.join(" ") } : {}) };
};

/** @returns the caller (undefined on a public route), or the problem to answer with. */
export function callerOf(
  route: Pick<Route, "callers">,
  context: AuthoriserContext | null | undefined,
): { readonly caller: Caller | undefined } | { readonly refused: Problem } {
  const reason = refused.safeParse(context);
  const code = reason.success ? reason.data.refusal : "missing_key";
  if (code === "wrong_origin") {
    const detail = "The API answers only what comes through the edge in front of it.";
    const errors = [{ pointer: "header:host", detail: "wrong address", fix: FIXES[code] }];
    return { refused: makeProblem(code, detail, errors) };
  }
  if (route.callers === "public") return { caller: undefined };
  const caller = verified.safeParse(context);
  if (caller.success) {
    if (route.callers.includes(caller.data.role)) return { caller: caller.data };
    const detail = `The route is for ${route.callers.join(" and ")}; you are ${caller.data.role}.`;
    const fix = `use a key, or be a member, with the role ${route.callers.join(" or ")}`;
    return {
      refused: makeProblem("forbidden", detail, [{ pointer: "header:authorization", detail: "wrong role", fix }]),
    };
  }
  const detail = "Every route but health needs a key of your tenant, or somebody of it who signed in.";
  const made = makeProblem(code, detail, [
    { pointer: "header:authorization", detail: code.replaceAll("_", " "), fix: FIXES[code] },
  ]);
  const whose = reason.success ? reason.data.subject : undefined;
  return { refused: whose === undefined ? made : { ...made, subject: whose } };
}
