import { parseAuthorization, verifyKey } from "../../shared/domain/api-key.ts";
import type { Caller, Refusal } from "../../shared/domain/tenant.ts";
import type { ApiKeys } from "../../shared/store/api-keys.ts";

/** Who calls, by the Authorization header, or why it is not accepted. Read afresh each time: a revoked key dies at once. */
export const verifyCaller =
  (keys: Pick<ApiKeys, "get">) =>
  async (header: string | undefined, now: Date): Promise<Caller | { readonly refusal: Refusal }> => {
    const token = parseAuthorization(header);
    if ("refusal" in token) return token;
    return verifyKey(await keys.get(token.tenant, token.id), token, now);
  };
