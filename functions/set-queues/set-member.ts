import type { routes } from "../../shared/contracts/routes.ts";
import { actorOf } from "../../shared/domain/tenant.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { Members } from "../../shared/store/members.ts";

export interface SetMember {
  readonly members: Pick<Members, "set" | "list">;
  readonly audit: Pick<Audit, "append">;
}

/** Who works at the tenant's desk. */
export const listMembers =
  ({ members }: Pick<SetMember, "members">): UseCase<(typeof routes)["list-members"]> =>
  async ({ caller: { tenant } }) =>
    answer({ members: [...(await members.list(tenant))] });

/** Adds a member, or changes one. What a key may do is said by the key itself, not here. */
export const setMember =
  ({ members, audit }: SetMember): UseCase<(typeof routes)["set-member"]> =>
  async ({ caller, body, now }) => {
    const { tenant, role } = caller;
    await members.set(tenant, body);
    const facts = { member: body.id, role: body.role };
    await audit.append(tenant, [{ actor: actorOf(caller), role, action: "member.set", facts }], now);
    return answer(body);
  };
