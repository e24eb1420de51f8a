import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { type Column, RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Section } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { ROLE_TITLES } from "../../session/role-titles.ts";
import { listText } from "./listed.tsx";
import { MemberForm } from "./member-form.tsx";
import { RemoveMember } from "./remove-member.tsx";

export type Member = AnswerOf<"list-members">["members"][number];

export const isKey = ({ id }: Pick<Member, "id">): boolean => id.startsWith("key:");

/** Who works at the desk, and as what. */
export function MembersSection() {
  const me = useMe();
  const shown = useAnswer("list-members", {});
  const [editing, edit] = useState<Member | "new">();
  const [removing, remove] = useState<Member>();
  const mayChange = me.may("set-member");
  return (
    <Section title="Members and roles">
      <div className="settings-head">
        <p className="settings-line quiet">
          Members have pseudonyms, never names or addresses. Whoever signs in and is no member yet is shown a code:
          enter it here, and they are in.
        </p>
        {mayChange && (
          <Button variant="primary" onClick={() => edit("new")}>
            Add a member
          </Button>
        )}
      </div>
      <Asked shown={shown}>
        {({ members }) =>
          members.length === 0 ? (
            <Empty title="Nobody is a member yet" />
          ) : (
            <RowTable
              caption="Members"
              columns={[
                ...COLUMNS(me.id),
                ...(mayChange ? [actions(edit, (member) => !me.is(member.id) && remove(member), me.id)] : []),
              ]}
              rows={[...members].sort((a, b) => Number(isKey(a)) - Number(isKey(b)) || a.id.localeCompare(b.id))}
              keyOf={({ id }) => id}
            />
          )
        }
      </Asked>
      {editing && (
        <MemberForm
          member={editing === "new" ? undefined : editing}
          taken={shown.value?.members.map(({ id }) => id) ?? []}
          onClose={() => edit(undefined)}
        />
      )}
      {removing && <RemoveMember member={removing} onClose={() => remove(undefined)} />}
    </Section>
  );
}

const COLUMNS = (mine: string): readonly Column<Member>[] => [
  {
    head: "Member",
    cell: (member) => (
      <>
        <SafeInline text={member.id} /> {member.id === mine && <span className="quiet">(you)</span>}
      </>
    ),
  },
  { head: "Role", cell: ({ role }) => ROLE_TITLES[role].title },
  { head: "Languages", cell: ({ languages }) => listText(languages) || <span className="quiet">none named</span> },
  { head: "Skills", cell: ({ skills }) => skills.length > 0 && listText(skills) },
  {
    head: "Queues or brands",
    cell: ({ queues, brands, role }) =>
      brands ? (
        <SafeInline text={listText(brands)} />
      ) : (
        role !== "auditor" && (listText(queues) || <span className="quiet">all that skills open</span>)
      ),
  },
  {
    head: "Signs in",
    cell: (member) =>
      member.suspended ? (
        <Badge color="red">suspended</Badge>
      ) : isKey(member) ? (
        "by its key"
      ) : member.subject ? (
        "yes"
      ) : (
        <Badge color="grey">no code yet</Badge>
      ),
  },
];

const actions = (edit: (member: Member) => void, remove: (member: Member) => void, mine: string): Column<Member> => ({
  head: "Change",
  cell: (member) => (
    <span className="button-row">
      <Button variant="inline-link" ariaLabel={`Edit ${member.id}`} onClick={() => edit(member)}>
        Edit
      </Button>
      {member.id !== mine && (
        <Button variant="inline-link" ariaLabel={`Remove ${member.id}`} onClick={() => remove(member)}>
          Remove
        </Button>
      )}
    </span>
  ),
});
