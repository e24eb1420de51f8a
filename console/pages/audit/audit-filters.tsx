import Button from "@cloudscape-design/components/button";
import DatePicker from "@cloudscape-design/components/date-picker";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import { type ReactNode, useState } from "react";
import { auditActions } from "../../facts/explore.ts";
import { useTyped } from "../../parts/use-typed.ts";
import { type AuditQuery, dayAfter, isCaseId, isDay, today } from "./audit-query.ts";
import { actionWords } from "./audit-words.ts";

interface AuditFiltersProps {
  readonly query: AuditQuery;
  change(next: Partial<AuditQuery>): void;
}

const ANY = { value: "", label: "Anything" };
const ACTIONS = [ANY, ...auditActions.map((action) => ({ value: action as string, label: actionWords(action) }))];

/** Which entries of the log: of a day or of a case, by whom, doing what. */
export function AuditFilters({ query, change }: AuditFiltersProps) {
  const [by, setBy] = useState<"day" | "case">(query.case === undefined ? "day" : "case");
  return (
    <div className="audit-filters">
      <FormField label="Entries of">
        <RadioGroup
          direction="horizontal"
          value={by}
          items={[
            { value: "day", label: "A day" },
            { value: "case", label: "A case" },
          ]}
          onChange={({ detail }) => {
            setBy(detail.value === "case" ? "case" : "day");
            if (detail.value === "day" && query.case !== undefined) change({ case: undefined });
          }}
        />
      </FormField>
      {by === "day" ? <DayField day={query.day} change={change} /> : <CaseField query={query} change={change} />}
      <TextField
        label="Who"
        value={query.actor ?? ""}
        placeholder="Anybody"
        apply={(actor) => change({ actor: actor === "" ? undefined : actor.slice(0, 64) })}
      />
      <FormField label="Did what">
        <Select
          options={ACTIONS}
          filteringType="auto"
          selectedOption={ACTIONS.find(({ value }) => value === (query.action ?? "")) ?? ANY}
          onChange={({ detail }) => change({ action: auditActions.find((one) => one === detail.selectedOption.value) })}
        />
      </FormField>
    </div>
  );
}

function DayField({ day, change }: { readonly day: string } & Pick<AuditFiltersProps, "change">) {
  const [typed, type] = useTyped(day);
  return (
    <FormField label="Day (UTC)" errorText={isDay(typed) ? undefined : "A day such as 2026-11-22."}>
      <div className="audit-day">
        <Button
          iconName="angle-left"
          ariaLabel="The day before"
          onClick={() => change({ day: dayAfter(day, -1), case: undefined })}
        />
        <DatePicker
          value={typed}
          placeholder="YYYY-MM-DD"
          inputFormat="iso"
          format="iso"
          openCalendarAriaLabel={(chosen) => `Choose a day${chosen === null ? "" : `, ${chosen} is chosen`}`}
          isDateEnabled={(date) => date.getTime() <= Date.now()}
          onChange={({ detail }) => {
            type(detail.value);
            if (isDay(detail.value)) change({ day: detail.value, case: undefined });
          }}
        />
        <Button
          iconName="angle-right"
          ariaLabel="The day after"
          disabled={day >= today()}
          onClick={() => change({ day: dayAfter(day, 1), case: undefined })}
        />
      </div>
    </FormField>
  );
}

const CaseField = ({ query, change }: AuditFiltersProps) => (
  <TextField
    label="Case"
    value={query.case ?? ""}
    placeholder="22 letters, digits, _ or -"
    faultOf={(id) => (isCaseId(id) ? undefined : "The id of a case: 22 letters, digits, _ or -.")}
    apply={(id) => change({ case: id })}
  />
);

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  faultOf?(text: string): string | undefined;
  apply(text: string): void;
}

/** A field that takes effect on Enter, or with its button. */
function TextField({ label, value, placeholder, faultOf, apply }: TextFieldProps): ReactNode {
  const [text, type] = useTyped(value);
  const [fault, setFault] = useState<string>();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const wrong = faultOf?.(text.trim());
        setFault(wrong);
        if (wrong === undefined) apply(text.trim());
      }}
    >
      <FormField label={label} errorText={fault}>
        <div className="audit-field">
          <Input
            value={text}
            placeholder={placeholder}
            spellcheck={false}
            autoComplete={false}
            onChange={({ detail }) => {
              type(detail.value);
              setFault(undefined);
            }}
          />
          <Button formAction="submit" disabled={text.trim() === value} ariaLabel={`Show entries of this: ${label}`}>
            Show
          </Button>
        </div>
      </FormField>
    </form>
  );
}
