import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import { useId } from "react";
import type { Refused } from "../../api/answered.ts";
import type { AnswerOf } from "../../api/route-types.ts";
import { labelTitles } from "../../facts/desk.ts";
import { faultsAt } from "../../parts/field-faults.ts";
import { ListField } from "./listed.tsx";
import { newRule, type QueueDraft, type RuleDraft } from "./routing-draft.ts";

const KINDS = [
  { value: "post", label: "Posts" },
  { value: "review", label: "Reviews" },
  { value: "audience", label: "Audiences" },
];
const LABELS = Object.entries(labelTitles).map(([value, label]) => ({ value, label }));

interface QueueCardProps {
  readonly draft: QueueDraft;
  readonly index: number;
  readonly count: number;
  readonly refused: Refused | undefined;
  readonly waiting: AnswerOf<"list-queues">["queues"][number]["lanes"] | undefined;
  onChange(draft: QueueDraft): void;
  onMove(step: 1 | -1): void;
  onRemove(): void;
}

/** One queue with its rules. */
export function QueueCard({ draft, index, count, refused, waiting, onChange, onMove, onRemove }: QueueCardProps) {
  const at = `/queues/${index}`;
  const { of } = faultsAt(refused, { name: [`${at}/name`], skill: [`${at}/skill`], rules: [`${at}/rules`] });
  const whole = refused?.problem.errors?.find(({ pointer }) => pointer === at);
  const called = draft.name.trim() || `queue ${index + 1}`;
  const title = useId();
  const wait = waiting?.reduce((sum, lane) => sum + lane.waiting, 0);
  return (
    <section className="settings-queue" aria-labelledby={title}>
      <header>
        <h3 id={title}>{called}</h3>
        {wait !== undefined && <span className="quiet">{wait} waiting</span>}
        <span className="button-row">
          <Button
            iconName="angle-up"
            ariaLabel={`Ask ${called} earlier`}
            disabled={index === 0}
            onClick={() => onMove(-1)}
          />
          <Button
            iconName="angle-down"
            ariaLabel={`Ask ${called} later`}
            disabled={index === count - 1}
            onClick={() => onMove(1)}
          />
          <Button iconName="remove" ariaLabel={`Take ${called} away`} onClick={onRemove} />
        </span>
      </header>
      <div className="settings-fields">
        <FormField
          label="Name"
          description="Small letters, digits, hyphens."
          errorText={of("name") ?? whole?.fix ?? whole?.detail}
        >
          <Input
            value={draft.name}
            spellcheck={false}
            autoComplete={false}
            onChange={({ detail }) => onChange({ ...draft, name: detail.value })}
          />
        </FormField>
        <FormField label="Needs the skill" description="None: everybody is given its cases." errorText={of("skill")}>
          <Input
            value={draft.skill}
            spellcheck={false}
            autoComplete={false}
            onChange={({ detail }) => onChange({ ...draft, skill: detail.value })}
          />
        </FormField>
      </div>
      {draft.rules.map((rule, place) => (
        <RuleFields
          key={rule.key}
          rule={rule}
          title={draft.rules.length > 1 ? `Takes (rule ${place + 1})` : "Takes"}
          at={`${at}/rules/${place}`}
          refused={refused}
          onChange={(next) =>
            onChange({ ...draft, rules: draft.rules.map((one) => (one.key === next.key ? next : one)) })
          }
          onRemove={() => onChange({ ...draft, rules: draft.rules.filter((one) => one.key !== rule.key) })}
        />
      ))}
      {draft.rules.length === 0 && (
        <p className="settings-line quiet">No rule: cases come here only where a policy names this queue.</p>
      )}
      <div>
        <Button
          variant="inline-link"
          ariaLabel={`Add a rule to ${called}`}
          onClick={() => onChange({ ...draft, rules: [...draft.rules, newRule()] })}
        >
          Add a rule
        </Button>
      </div>
    </section>
  );
}

interface RuleFieldsProps {
  readonly rule: RuleDraft;
  readonly title: string;
  /** The pointer of the rule in the request. */
  readonly at: string;
  readonly refused: Refused | undefined;
  onChange(rule: RuleDraft): void;
  onRemove(): void;
}

/** All that is named has to fit; of each list one is enough. */
function RuleFields({ rule, title, at, refused, onChange, onRemove }: RuleFieldsProps) {
  const { of } = faultsAt(refused, {
    kinds: [`${at}/kinds`],
    labels: [`${at}/labels`],
    languages: [`${at}/languages`],
    brands: [`${at}/brands`],
    productLines: [`${at}/productLines`],
  });
  const whole = refused?.problem.errors?.find(({ pointer }) => pointer === at);
  const choice = (field: "kinds" | "labels", label: string, options: readonly { value: string; label: string }[]) => (
    <FormField label={label} errorText={of(field)}>
      <Multiselect
        expandToViewport
        placeholder="Any"
        filteringType={options.length > 8 ? "auto" : "none"}
        filteringAriaLabel="Find a label"
        options={options}
        selectedOptions={options.filter(({ value }) => rule[field].includes(value))}
        deselectAriaLabel={(option) => `Take away: ${option.label}`}
        onChange={({ detail }) => onChange({ ...rule, [field]: detail.selectedOptions.map(({ value = "" }) => value) })}
      />
    </FormField>
  );
  const list = (field: "languages" | "brands" | "productLines", label: string, hint: string) => (
    <ListField
      label={label}
      description={hint}
      value={rule[field]}
      error={of(field)}
      onChange={(text) => onChange({ ...rule, [field]: text })}
    />
  );
  return (
    <fieldset className="settings-rule">
      <legend>{title}</legend>
      <div className="settings-fields">
        {choice("kinds", "Kinds", KINDS)}
        {choice("labels", "Labels", LABELS)}
        {list("languages", "Languages", "Such as en, de. None: any.")}
        {list("brands", "Brands", "Ids with commas. None: any.")}
        {list("productLines", "Product lines", "Ids with commas. None: any.")}
      </div>
      {whole && (
        <p className="settings-fault" role="alert">
          {whole.fix ?? whole.detail}
        </p>
      )}
      <div>
        <Button variant="inline-link" ariaLabel={`Take this rule away: ${title}`} onClick={onRemove}>
          Take this rule away
        </Button>
      </div>
    </fieldset>
  );
}
