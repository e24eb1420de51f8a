import type { Member } from "../../shared/domain/member.ts";
import { subjectOf } from "../../shared/identity/subject-of.ts";
import { memberStore } from "../../shared/store/members.ts";
import { subjectStore } from "../../shared/store/subjects.ts";
import type { Table } from "../../shared/store/table.ts";
import { LOCAL_USERS, type LocalUser, subOf } from "./users.ts";

/** The member that a local user is, at whatever issuer they sign in; undefined for one who is none. */
export function memberOf({ name, role, languages, skills, brands }: LocalUser, issuer: string): Member | undefined {
  if (role === undefined) return undefined;
  const made = { id: name, role, languages: [...languages], skills: [...skills], queues: [] };
  return { ...made, ...(brands && { brands: [...brands] }), subject: subjectOf(issuer, subOf(name)) };
}

/**
 * Makes the local users members of a tenant. Who is one already keeps their role, and is tied to the issuer as it is now,
 * which another port makes another one.
 */
export async function enrolUsers(directory: Table, tenant: string, issuer: string): Promise<void> {
  const [members, subjects] = [memberStore(directory), subjectStore(directory)];
  for (const user of LOCAL_USERS) {
    const made = memberOf(user, issuer);
    if (made?.subject === undefined) continue;
    const as = { tenant, member: made.id };
    const known = await members.get(tenant, made.id);
    if (known?.subject === made.subject || !(await subjects.claim(made.subject, as))) continue;
    if (known?.subject) await subjects.release(known.subject, as);
    await members.set(tenant, known ? { ...known, subject: made.subject } : made);
  }
}
