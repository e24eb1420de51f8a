import type { endOwnership } from "../../shared/alerts/end-ownership.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import { isKey } from "../../shared/domain/member.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { Members } from "../../shared/store/members.ts";
import type { Subjects } from "../../shared/store/subjects.ts";

export interface RemoveMember {
  /** Lets their subscriptions tell only what they may still hear. */
  readonly endOwnership: ReturnType<typeof endOwnership>;
  readonly members: Pick<Members, "get" | "remove">;
  readonly subjects: Pick<Subjects, "release">;
  readonly audit: Pick<Audit, "append">;
}

/**
 * Removes a member, who is out with the next request, and whose subscriptions stand still. Their id stays in the log, and
 * should not be given to another.
 */
export const removeMember =
  ({ members, subjects, audit, endOwnership }: RemoveMember): UseCase<(typeof routes)["remove-member"]> =>
  async ({ caller, params: { id }, now }) => {
    const { tenant, actor, role } = caller;
    if (actor === id)
      return refuse("own_membership", "Nobody could make you a member again but another admin.", [
        { pointer: "path:id", detail: "you", fix: "ask another admin" },
      ]);
    const known = await members.get(tenant, id);
    // Also for one who is gone already: a removal that was cut short left their subscriptions as they were.
    if (!isKey(id) && !known) await endOwnership(caller, id, undefined, now);
    if (!known)
      return refuse("not_found", "This tenant has no such member.", [
        { pointer: "path:id", detail: "no member", fix: "name one that GET /v1/members lists" },
      ]);
    if (known.subject) await subjects.release(known.subject, { tenant, member: id });
    await members.remove(tenant, id);
    if (!isKey(id)) await endOwnership(caller, id, undefined, now);
    const facts = { member: id, role: known.role };
    await audit.append(tenant, [{ actor, role, action: "member.removed", facts }], now);
    return answer({ id });
  };
