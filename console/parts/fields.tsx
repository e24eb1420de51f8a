import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import Select from "@cloudscape-design/components/select";
import Toggle from "@cloudscape-design/components/toggle";
import { useMemo } from "react";

interface FieldProps {
  readonly label: string;
  readonly description?: string;
  readonly error: string | undefined;
}

interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly placeholder?: string;
  readonly isNumber?: boolean;
  onChange(text: string): void;
}

/** One line to type in. */
export const TextField = ({
  label,
  description,
  error,
  value,
  placeholder = "",
  isNumber = false,
  onChange,
}: TextFieldProps) => (
  <FormField label={label} description={description} errorText={error} stretch>
    <Input
      value={value}
      placeholder={placeholder}
      spellcheck={false}
      autoComplete={false}
      {...(isNumber && { inputMode: "numeric" as const })}
      onChange={({ detail }) => onChange(detail.value)}
    />
  </FormField>
);

interface ChoiceProps<One extends string> extends FieldProps {
  readonly all: readonly (readonly [value: One, title: string])[];
}

interface SeveralProps<One extends string> extends ChoiceProps<One> {
  readonly value: readonly One[];
  /** What none chosen means. */
  readonly none: string;
  onChange(chosen: One[]): void;
}

/** Any number of some. */
export function SeveralField<One extends string>({
  label,
  description,
  error,
  all,
  value,
  none,
  onChange,
}: SeveralProps<One>) {
  const options = all.map(([one, title]) => ({ value: one, label: title }));
  return (
    <FormField label={label} description={description} errorText={error} stretch>
      <Multiselect
        placeholder={none}
        options={options}
        {...(options.length > 10 && { filteringType: "auto" as const })}
        selectedOptions={options.filter((one) => value.includes(one.value))}
        deselectAriaLabel={(one) => `Take away: ${one.label}`}
        onChange={({ detail }) =>
          onChange(
            all.map(([one]) => one).filter((one) => detail.selectedOptions.some((chosen) => chosen.value === one)),
          )
        }
      />
    </FormField>
  );
}

interface OneProps<One extends string> extends ChoiceProps<One> {
  readonly value: One;
  onChange(chosen: One): void;
}

/** One of some. */
export function OneField<One extends string>({ label, description, error, all, value, onChange }: OneProps<One>) {
  const options = all.map(([one, title]) => ({ value: one as string, label: title }));
  return (
    <FormField label={label} description={description} errorText={error} stretch>
      <Select
        expandToViewport
        options={options}
        placeholder="Choose one"
        {...(options.length > 10 && { filteringType: "auto" as const })}
        selectedOption={options.find((one) => one.value === value) ?? null}
        onChange={({ detail }) => {
          const chosen = all.find(([one]) => one === detail.selectedOption.value);
          if (chosen) onChange(chosen[0]);
        }}
      />
    </FormField>
  );
}

interface ZoneProps extends FieldProps {
  readonly value: string;
  onChange(zone: string): void;
}

/** A time zone by its IANA name. */
export function ZoneField({ value, ...rest }: ZoneProps) {
  const all = useMemo(
    () => [...new Set([value, "UTC", ...Intl.supportedValuesOf("timeZone")])].map((zone) => [zone, zone] as const),
    [value],
  );
  return <OneField {...rest} value={value} all={all} />;
}

interface SwitchedProps {
  readonly label: string;
  readonly checked: boolean;
  readonly description?: string;
  onChange(checked: boolean): void;
}

/** Something that is on or off. */
export const Switched = ({ label, checked, description, onChange }: SwitchedProps) => (
  <Toggle checked={checked} description={description} onChange={({ detail }) => onChange(detail.checked)}>
    {label}
  </Toggle>
);
