import type { Member } from "../../../shared/domain/member.ts";
import type { Members } from "../../../shared/store/members.ts";
import type { Membership, Subjects } from "../../../shared/store/subjects.ts";

/** Members by tenant and id, and who they are where they sign in, as the stores keep them. */
export interface MemoryMembers {
  readonly members: Members;
  readonly subjects: Subjects;
  /** By subject. */
  readonly tied: Map<string, Membership>;
  /** Puts a member where they stand, whatever stood there. */
  readonly put: (tenant: string, made: Member) => void;
}

/** @param standing members, each tied to the subject that it names */
export function memoryMembers(tenant: string, ...standing: readonly Member[]): MemoryMembers {
  const rows = new Map<string, Member>();
  const tied = new Map<string, Membership>();
  const at = (of: string, id: string): string => `${of} ${id}`;
  for (const one of standing) {
    rows.set(at(tenant, one.id), one);
    if (one.subject) tied.set(one.subject, { tenant, member: one.id });
  }
  const is = (held: Membership | undefined, of: string, member: string): boolean =>
    held?.tenant === of && held.member === member;
  return {
    tied,
    put: (of, made) => void rows.set(at(of, made.id), made),
    members: {
      get: async (of, id) => rows.get(at(of, id)),
      list: async (of) => [...rows].filter(([key]) => key.startsWith(`${of} `)).map(([, row]) => row),
      async set(of, { version = 0, ...made }) {
        if ((rows.get(at(of, made.id))?.version ?? 0) !== version) return undefined;
        const next = { ...made, version: version + 1 };
        rows.set(at(of, made.id), next);
        return next;
      },
      remove: async (of, id) => void rows.delete(at(of, id)),
    },
    subjects: {
      get: async (subject) => tied.get(subject),
      async claim(subject, to, from = to.member) {
        if (tied.has(subject) && !is(tied.get(subject), to.tenant, from)) return false;
        tied.set(subject, to);
        return true;
      },
      async release(subject, { tenant: of, member }) {
        if (is(tied.get(subject), of, member)) tied.delete(subject);
      },
    },
  };
}

/** One who signs in; the letter makes their subject. */
export const person = (id: string, letter: string, more: Partial<Member> = {}): Member => ({
  id,
  role: "moderator",
  languages: ["en"],
  skills: [],
  queues: [],
  subject: letter.repeat(64),
  ...more,
});
