import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import type { roles } from "../../facts/settings.ts";
import { ROLE_TITLES } from "../../session/role-titles.ts";

type AnyRole = (typeof roles)[number];

interface RoleFieldProps<Role extends AnyRole> {
  /** Those to choose from. */
  readonly all: readonly Role[];
  readonly value: Role;
  readonly description?: string | undefined;
  readonly disabled?: boolean;
  readonly error: string | undefined;
  onChange(role: Role): void;
}

/** A role, with what it is for. */
export function RoleField<Role extends AnyRole>({
  all,
  value,
  description,
  disabled = false,
  error,
  onChange,
}: RoleFieldProps<Role>) {
  const options = all.map((role) => ({
    value: role as string,
    label: ROLE_TITLES[role].title,
    description: ROLE_TITLES[role].does,
  }));
  return (
    <FormField label="Role" description={description} errorText={error} stretch>
      <Select
        expandToViewport
        disabled={disabled}
        options={options}
        selectedOption={options.find((one) => one.value === value) ?? null}
        onChange={({ detail }) => onChange(all.find((role) => role === detail.selectedOption.value) ?? value)}
      />
    </FormField>
  );
}
