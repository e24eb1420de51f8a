import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { type Preferences, prefer, usePreferences } from "./preferences.ts";

type Switch = { [N in keyof Preferences]: Preferences[N] extends boolean ? N : never }[keyof Preferences];

const WELLBEING: readonly (readonly [Switch, title: string, description: string])[] = [
  ["blurText", "Blur words of graphic cases", "Violence, threats to children, self-harm: until you ask for them."],
  ["blurMedia", "Blur pictures and videos", "Until you hold to peek. Nothing ever plays by itself."],
  ["greyMedia", "Show pictures and videos without colour", "Independent of blurring."],
];

/** What one person may set for themselves; each change holds at once. */
export function PreferencesForm() {
  const chosen = usePreferences();
  const toggle = (name: Switch, title: string, description: string) => (
    <Toggle
      key={name}
      checked={chosen[name]}
      description={description}
      onChange={({ detail }) => prefer({ [name]: detail.checked })}
    >
      {title}
    </Toggle>
  );
  return (
    <SpaceBetween size="l">
      <FormField label="Wellbeing" stretch>
        <SpaceBetween size="xs">{WELLBEING.map((one) => toggle(...one))}</SpaceBetween>
      </FormField>
      <FormField label="Theme" stretch>
        <RadioGroup
          ariaLabel="Theme"
          direction="horizontal"
          value={chosen.theme}
          items={[
            { value: "system", label: "As the system" },
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
          ]}
          onChange={({ detail }) => prefer({ theme: detail.value as Preferences["theme"] })}
        />
      </FormField>
      <FormField label="Density" stretch>
        <RadioGroup
          ariaLabel="Density"
          direction="horizontal"
          value={chosen.density}
          items={[
            { value: "compact", label: "Compact" },
            { value: "comfortable", label: "Comfortable" },
          ]}
          onChange={({ detail }) => prefer({ density: detail.value as Preferences["density"] })}
        />
      </FormField>
      <FormField label="Keys and motion" stretch>
        <SpaceBetween size="xs">
          {toggle("shortcuts", "Keys of one letter", "Off, only keys such as Enter and the arrows do something.")}
          <Toggle
            checked={chosen.motion === "reduced"}
            description="Where the system asks for that already, it is so anyway."
            onChange={({ detail }) => prefer({ motion: detail.checked ? "reduced" : "system" })}
          >
            No animations
          </Toggle>
        </SpaceBetween>
      </FormField>
    </SpaceBetween>
  );
}
