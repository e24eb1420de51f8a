import { parseAuthorization, verifyKey } from "../../shared/domain/api-key.ts";
import type { Caller, Refused } from "../../shared/domain/tenant.ts";
import { bearerToken, type verifyAccessToken } from "../../shared/identity/access-token.ts";
import type { ApiKeys } from "../../shared/store/api-keys.ts";
import type { Members } from "../../shared/store/members.ts";
import type { Subjects } from "../../shared/store/subjects.ts";

export interface VerifyCaller {
  readonly keys: Pick<ApiKeys, "get">;
  readonly members: Pick<Members, "get">;
  readonly subjects: Pick<Subjects, "get">;
  readonly verifyToken: ReturnType<typeof verifyAccessToken>;
}

/**
 * Who calls, by the Authorization header, or why it is not accepted. Keys and members are read afresh each time: whoever is
 * revoked, removed or suspended is out at once, and a token says who somebody is, never what they may do.
 */
export const verifyCaller =
  ({ keys, members, subjects, verifyToken }: VerifyCaller) =>
  async (header: string | undefined, now: Date): Promise<Caller | Refused> => {
    const token = bearerToken(header);
    if (token === undefined) {
      const key = parseAuthorization(header);
      if ("refusal" in key) return key;
      return verifyKey(await keys.get(key.tenant, key.id), key, now);
    }
    const verified = await verifyToken(token, now);
    if ("refusal" in verified) return verified;
    const { subject } = verified;
    const as = await subjects.get(subject);
    const who = as && (await members.get(as.tenant, as.member));
    // Both rows have to say so: one alone may be left of a change that was cut short.
    if (!as || who?.subject !== subject) return { refusal: "not_a_member", subject };
    if (who.suspended) return { refusal: "member_suspended" };
    return { tenant: as.tenant, actor: who.id, role: who.role, ...(who.brands && { brands: who.brands }) };
  };
