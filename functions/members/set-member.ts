import { isDeepStrictEqual } from "node:util";
import type { endOwnership } from "../../shared/alerts/end-ownership.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import { isKey, type Member } from "../../shared/domain/member.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { Members } from "../../shared/store/members.ts";
import type { Subjects } from "../../shared/store/subjects.ts";

export interface SetMember {
  /** Lets their subscriptions tell only what they may still hear. */
  readonly endOwnership: ReturnType<typeof endOwnership>;
  readonly members: Pick<Members, "get" | "set">;
  readonly subjects: Subjects;
  readonly audit: Pick<Audit, "append">;
}

/** Ties whoever signs in to a member. False where they are another member, here or at another tenant. */
async function tie(
  { members, subjects }: Pick<SetMember, "members" | "subjects">,
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

/** After a lost race: whoever signs in is tied to this member if the row that won says so, and only then. */
async function tieAsStored(
  { members, subjects }: Pick<SetMember, "members" | "subjects">,
  tenant: string,
  id: string,
  touched: readonly (string | undefined)[],
): Promise<void> {
  const stored = await members.get(tenant, id);
  const as = { tenant, member: id };
  for (const subject of touched) if (subject && subject !== stored?.subject) await subjects.release(subject, as);
  if (stored?.subject) await subjects.claim(stored.subject, as);
}

const changedMeanwhile = () =>
  refuse("member_changed", "Somebody changed this member meanwhile.", [
    {
      pointer: "/version",
      detail: "not the newest",
      fix: "read the members again and make your change to what they say",
    },
  ]);

/** What a change says to the log: who, and what they may do from now on. */
const factsOf = ({ id, role, subject, suspended }: Member) => ({
  member: id,
  role,
  signsIn: suspended ? "suspended" : subject ? "yes" : "no",
});

/**
 * Adds a member, or replaces what is known of one, if that is still what the caller saw. The same change sent again is done
 * again to its end: the first may have been cut short. What a key  may do is said by the key itself, not
 * here.
 */
export const setMember = (ports: SetMember): UseCase<(typeof routes)["set-member"]> => {
  const { members, subjects, audit, endOwnership } = ports;
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
    const version = (body.version ?? 0) + 1;
    const isRepeat = before !== undefined && isDeepStrictEqual(before, { ...body, version });
    if (!isRepeat && (before?.version ?? 0) !== (body.version ?? 0)) return changedMeanwhile();
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
    const made = isRepeat ? before : await members.set(tenant, body);
    if (!made) {
      await tieAsStored(ports, tenant, body.id, [body.subject, before?.subject]);
      return changedMeanwhile();
    }
    if (!isKey(body.id)) await endOwnership(caller, body.id, body.suspended ? undefined : body, now);
    await audit.append(tenant, [{ actor, role, action: "member.set", facts: factsOf(made) }], now);
    return answer(made);
  };
};
