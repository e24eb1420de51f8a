import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { escalations, roles } from "../../facts/settings.ts";
import { ActDialog } from "../../parts/act-dialog.tsx";
import { faultsAt } from "../../parts/field-faults.ts";
import { useMe } from "../../session/me.tsx";
import { ListField, listOf, listText } from "./listed.tsx";
import type { Member } from "./members-section.tsx";
import { RoleField } from "./role-field.tsx";

const MEMBERS = roles.filter((role) => role !== "platform");

interface MemberFormProps {
  /** Undefined for a new one. */
  readonly member: Member | undefined;
  /** Names that are members already: adding one of them again would replace them. */
  readonly taken: readonly string[];
  onClose(): void;
}

/** Adds a member, or changes what one may do and knows. */
export function MemberForm({ member, taken, onClose }: MemberFormProps) {
  const me = useMe();
  const { cache } = useApi();
  const { flash } = useFlashes();
  const { act, busy, refused } = useAct("set-member");
  const queues = useAnswer("list-queues", {}, { fresh: 60_000 });
  const [id, setId] = useState(member?.id ?? "");
  const [role, setRole] = useState<Member["role"]>(member?.role ?? "moderator");
  const [languages, setLanguages] = useState(listText(member?.languages));
  const [skills, setSkills] = useState(listText(member?.skills));
  const [worked, setWorked] = useState<readonly string[]>(member?.queues ?? []);
  const [brands, setBrands] = useState(listText(member?.brands));
  const [subject, setSubject] = useState(member?.subject ?? "");
  const [suspended, setSuspended] = useState(member?.suspended ?? false);
  const name = member?.id ?? id.trim();
  const isKey = name.startsWith("key:");
  const isOwn = me.is(member?.id);
  const isTaken = member === undefined && taken.includes(name);
  const { of, others } = faultsAt(refused, {
    id: ["/id"],
    role: ["/role"],
    languages: ["/languages"],
    skills: ["/skills"],
    queues: ["/queues"],
    brands: ["/brands"],
    subject: ["/subject"],
    suspended: ["/suspended"],
  });
  const options = [...new Set([...(queues.value?.queues.map((queue) => queue.name) ?? []), ...worked])].flatMap(
    (queue) => (queue === escalations ? [] : [{ value: queue, label: queue }]),
  );

  const save = async () => {
    if (isTaken) return;
    const answer = await act({
      body: {
        id: name,
        ...(member?.version !== undefined && { version: member.version }),
        role,
        languages: listOf(languages),
        skills: listOf(skills),
        queues: [...worked],
        ...(role === "brand" && !isKey && { brands: listOf(brands) }),
        ...(subject.trim() !== "" && { subject: subject.trim() }),
        ...(suspended && { suspended }),
      },
    });
    if (!answer.ok) {
      if (answer.code === "member_changed") cache.drop("list-members");
      return;
    }
    onClose();
    cache.drop("list-members");
    flash({ type: "success", content: member ? `${name} is changed.` : `${name} is a member now.` });
  };

  return (
    <ActDialog
      title={member ? `Edit ${member.id}` : "Add a member"}
      verb={member ? "Save" : "Add"}
      busy={busy}
      refused={others}
      onClose={onClose}
      onGo={() => void save()}
    >
      {member === undefined && (
        <FormField
          label="Name at the desk"
          description="A pseudonym, as the log and colleagues see it: no name, no address."
          errorText={isTaken ? "There is a member of this name already: edit that one." : of("id")}
          stretch
        >
          <Input value={id} spellcheck={false} autoComplete={false} onChange={({ detail }) => setId(detail.value)} />
        </FormField>
      )}
      <RoleField
        all={MEMBERS}
        value={role}
        disabled={isOwn}
        description={isOwn ? "Your own is changed by another admin." : undefined}
        error={of("role")}
        onChange={setRole}
      />
      {role === "brand" && !isKey && (
        <ListField
          label="Brands"
          description="Ids of the brands whose things they may read, with commas."
          value={brands}
          error={of("brands")}
          onChange={setBrands}
        />
      )}
      <ListField
        label="Languages"
        description="Codes with commas, such as en, de: cases in these are offered first."
        value={languages}
        error={of("languages")}
        onChange={setLanguages}
      />
      {role !== "brand" && role !== "auditor" && (
        <>
          <ListField
            label="Skills"
            description="Such as graphic, medical: open queues that ask for them."
            value={skills}
            error={of("skills")}
            onChange={setSkills}
          />
          <FormField
            label="Queues"
            description="None: every queue that their skills open."
            errorText={of("queues")}
            stretch
          >
            <Multiselect
              expandToViewport
              placeholder="Every queue that their skills open"
              options={options}
              selectedOptions={options.filter(({ value }) => worked.includes(value))}
              deselectAriaLabel={({ label }) => `Take away: ${label}`}
              onChange={({ detail }) => setWorked(detail.selectedOptions.map(({ value = "" }) => value))}
            />
          </FormField>
        </>
      )}
      {!isKey && (
        <FormField
          label="Code of whoever signs in"
          description="64 letters and digits, which the console shows them after signing in. Without it nobody signs in as this member."
          errorText={of("subject")}
          stretch
        >
          <Input
            value={subject}
            disabled={isOwn}
            spellcheck={false}
            autoComplete={false}
            onChange={({ detail }) => setSubject(detail.value)}
          />
        </FormField>
      )}
      {member && !isKey && !isOwn && (
        <FormField errorText={of("suspended")}>
          <Toggle
            checked={suspended}
            description="They are not let in, and everything else stays as it is."
            onChange={({ detail }) => setSuspended(detail.checked)}
          >
            Suspended
          </Toggle>
        </FormField>
      )}
    </ActDialog>
  );
}
