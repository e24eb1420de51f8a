import type { routes } from "../../shared/contracts/routes.ts";
import type { Member } from "../../shared/domain/member.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { Members } from "../../shared/store/members.ts";
import type { Subjects } from "../../shared/store/subjects.ts";

export interface SetMember {
  readonly members: Pick<Members, "get" | "set">;
  readonly subjects: Subjects;
  readonly audit: Pick<Audit, "append">;
}

/** Ties whoever signs in to a member. False where they are another member, here or at another tenant. */
async function tie(
  { members, subjects }: SetMember,
  tenant: string,
  member: string,
  subject: string,
): Promise<boolean> {
  if (await subjects.claim(subject, { tenant, member })) return true;
  const holder = await subjects.get(subject);
  if (holder?.tenant !== tenant || (await members.get(tenant, holder.member))?.subject === subject) return false;
  // Left by a change that was cut short: the member whose row it is never came to be them.
  return subjects.claim(subject, { tenant, member }, holder.member);
}

/** What a change says to the log: who, and what they may do from now on. */
const factsOf = ({ id, role, subject, suspended }: Member) => ({
  member: id,
  role,
  signsIn: suspended ? "suspended" : subject ? "yes" : "no",
});

/** Adds a member, or replaces what is known of one. What a key may do is said by the key itself, not here. */
export const setMember = (ports: SetMember): UseCase<(typeof routes)["set-member"]> => {
  const { members, subjects, audit } = ports;
  return async ({ caller, body, now }) => {
    const { tenant, role, actor } = caller;
    const before = await members.get(tenant, body.id);
    const own = before !== undefined && actor === body.id;
    if (own && (body.role !== role || body.subject !== before.subject || body.suspended))
      return refuse("own_membership", "Whoever takes their own rights away cannot give them back.", [
        {
          pointer: "/id",
          detail: "you",
          fix: "ask another admin, or leave your role, subject and suspension as they are",
        },
      ]);
    if (body.subject && !(await tie(ports, tenant, body.id, body.subject)))
      return refuse("subject_taken", "One who signs in is one member, of one tenant.", [
        {
          pointer: "/subject",
          detail: "somebody's already",
          fix: "take it from that member first, or ask for the code again",
        },
      ]);
    // Before the member's row: whatever is cut short here leaves nobody more rights than they had.
    if (before?.subject && before.subject !== body.subject)
      await subjects.release(before.subject, { tenant, member: body.id });
    await members.set(tenant, body);
    await audit.append(tenant, [{ actor, role, action: "member.set", facts: factsOf(body) }], now);
    return answer(body);
  };
};
