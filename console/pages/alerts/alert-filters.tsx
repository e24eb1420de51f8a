import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import { useState } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { places } from "../../facts/alerts.ts";
import { labelTitles } from "../../facts/desk.ts";
import { PLACE_WORDS } from "../../parts/alert-words.ts";
import { useTyped } from "../../parts/use-typed.ts";
import { type AlertQuery, isBrand, isLabel } from "./alert-query.ts";

interface AlertFiltersProps {
  readonly query: AlertQuery;
  change(next: Partial<AlertQuery>): void;
}

const ANY = { value: "", label: "Any" };
const DUTIES = [
  ANY,
  { value: "waiting", label: "Nobody has acknowledged" },
  { value: "acknowledged", label: "Acknowledged" },
] as const;
const STATES = [ANY, { value: "open", label: "Going on" }, { value: "ended", label: "Ended" }] as const;
const SPANS = [
  { value: "1", label: "Today (UTC)" },
  { value: "7", label: "7 days" },
  { value: "31", label: "31 days" },
] as const;
const PLACES = [ANY, ...places.map((place) => ({ value: place as string, label: PLACE_WORDS[place] }))];
const LABELS = [ANY, ...Object.entries(labelTitles).map(([value, label]) => ({ value, label }))];

/** Which alerts: of a subscription, a place, a label, a brand; acknowledged or not. */
export function AlertFilters({ query, change }: AlertFiltersProps) {
  const subscriptions = useAnswer("list-subscriptions", {}, { fresh: 60_000 });
  const named = [
    ANY,
    ...(subscriptions.value?.subscriptions ?? []).map(({ id, document }) => ({ value: id, label: document.name })),
  ];
  // One that is deleted, or not loaded yet, is still what the list is narrowed to.
  const { subscription } = query;
  const isKnown = subscription === undefined || named.some(({ value }) => value === subscription);
  return (
    <div className="alerts-filters">
      <Choice
        label="Subscription"
        options={isKnown ? named : [...named, { value: subscription, label: subscription }]}
        value={subscription}
        apply={(value) => change({ subscription: value })}
      />
      <Choice
        label="Duty"
        options={DUTIES}
        value={query.duty}
        apply={(value) => change({ duty: value === "waiting" || value === "acknowledged" ? value : undefined })}
      />
      <Choice
        label="State"
        options={STATES}
        value={query.state}
        apply={(value) => change({ state: value === "open" || value === "ended" ? value : undefined })}
      />
      <Choice
        label="Where"
        options={PLACES}
        value={query.place}
        apply={(value) => change({ place: places.find((one) => one === value) })}
      />
      <Choice
        label="Label"
        options={LABELS}
        value={query.label}
        apply={(value) => change({ label: isLabel(value) ? value : undefined })}
      />
      <BrandField brand={query.brand} apply={(brand) => change({ brand })} />
      <Choice
        label="Began in"
        options={SPANS}
        value={query.days}
        apply={(value) => change({ days: SPANS.find((one) => one.value === value)?.value ?? "7" })}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly options: SelectProps["options"];
  readonly value: string | undefined;
  apply(value: string | undefined): void;
}

const Choice = ({ label, options = [], value = "", apply }: ChoiceProps) => (
  <FormField label={label}>
    <Select
      options={options}
      {...(options.length > 10 && { filteringType: "auto" as const })}
      selectedOption={options.find((one) => one.value === value) ?? null}
      onChange={({ detail }) => apply(detail.selectedOption.value || undefined)}
    />
  </FormField>
);

/** Takes effect on Enter and on leaving it. */
function BrandField({
  brand = "",
  apply,
}: {
  readonly brand: string | undefined;
  apply(brand: string | undefined): void;
}) {
  const [text, type] = useTyped(brand);
  const [wrong, setWrong] = useState(false);
  const show = () => {
    const id = text.trim();
    const fits = id === "" || isBrand(id);
    setWrong(!fits);
    if (fits && id !== brand) apply(id === "" ? undefined : id);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        show();
      }}
    >
      <FormField label="Brand" errorText={wrong ? "The id of a brand, as the platform writes it." : undefined}>
        <Input
          value={text}
          placeholder="Any: type an id"
          spellcheck={false}
          autoComplete={false}
          onBlur={show}
          onChange={({ detail }) => {
            type(detail.value);
            setWrong(false);
          }}
        />
      </FormField>
    </form>
  );
}
