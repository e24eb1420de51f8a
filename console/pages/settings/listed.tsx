import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";

/** "en, de" of a list, and back: people type commas and spaces as they like. */
export const listText = (all: readonly string[] | undefined): string => (all ?? []).join(", ");
export const listOf = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter((one) => one !== ""))];

interface ListFieldProps {
  readonly label: string;
  readonly description: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
  onChange(text: string): void;
}

/** A list of short codes in one field, with commas between them. */
export const ListField = ({ label, description, value, error, disabled = false, onChange }: ListFieldProps) => (
  <FormField label={label} description={description} errorText={error} stretch>
    <Input
      value={value}
      disabled={disabled}
      spellcheck={false}
      autoComplete={false}
      onChange={({ detail }) => onChange(detail.value)}
    />
  </FormField>
);
