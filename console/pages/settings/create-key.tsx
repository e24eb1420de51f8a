import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAct } from "../../api/use-act.ts";
import { roles } from "../../facts/settings.ts";
import { ActDialog } from "../../parts/act-dialog.tsx";
import { faultsAt } from "../../parts/field-faults.ts";
import { ShownOnce } from "../../parts/shown-once.tsx";
import { ListField, listOf } from "./listed.tsx";
import { RoleField } from "./role-field.tsx";

type Role = (typeof roles)[number];

/** Makes a key, then shows its token, once. */
export function CreateKey({ onClose }: { onClose(): void }) {
  const { cache } = useApi();
  const [made, setMade] = useState<AnswerOf<"create-key">>();
  const { act, busy, refused } = useAct("create-key");
  const [role, setRole] = useState<Role>("platform");
  const [brands, setBrands] = useState("");
  const [days, setDays] = useState("");
  const { of, others } = faultsAt(refused, { role: ["/role"], brands: ["/brands"], days: ["/days"] });
  const isNumber = days.trim() === "" || /^\d{1,4}$/.test(days.trim());
  const make = async () => {
    if (!isNumber) return;
    const answer = await act({
      body: {
        role,
        ...(role === "brand" && { brands: listOf(brands) }),
        ...(days.trim() !== "" && { days: Number(days) }),
      },
    });
    if (!answer.ok) return;
    setMade(answer.value);
    cache.drop("list-keys");
  };
  if (made)
    return (
      <ShownOnce
        title={`key:${made.key.id}`}
        what="token"
        secret={made.token}
        warning="This is the only time that the token is shown. Keep it where secrets are kept; if it is lost, make another key and revoke this one."
        onClose={onClose}
      />
    );
  return (
    <ActDialog
      title="Make a key"
      verb="Make the key"
      busy={busy}
      refused={others}
      onClose={onClose}
      onGo={() => void make()}
    >
      <RoleField all={roles} value={role} error={of("role")} onChange={setRole} />
      {role === "brand" && (
        <ListField
          label="Brands"
          description="Ids of the brands whose things it may read, with commas."
          value={brands}
          error={of("brands")}
          onChange={setBrands}
        />
      )}
      <FormField
        label="Days until it ends"
        description="None: it works until it is revoked."
        errorText={isNumber ? of("days") : "A whole number of days."}
        stretch
      >
        <Input value={days} inputMode="numeric" onChange={({ detail }) => setDays(detail.value)} />
      </FormField>
    </ActDialog>
  );
}
