import FormField from "@cloudscape-design/components/form-field";
import { useId } from "react";
import { deliveryStates } from "../../facts/alerts.ts";
import { OneField } from "../../parts/fields.tsx";
import { useTyped } from "../../parts/use-typed.ts";
import { type DeliveryQuery, HOURS, type Span, type State } from "./delivery-query.ts";
import { STATE_WORDS } from "./delivery-words.ts";

interface DeliveryFiltersProps {
  readonly query: DeliveryQuery;
  change(next: Partial<DeliveryQuery>): void;
}

const STATES = [["", "Any"], ...deliveryStates.map((one) => [one, STATE_WORDS[one]] as const)] as const;
const HOUR_WORDS = { "1": "The last hour", "6": "The last 6 hours", "24": "The last day", "168": "The last 7 days" };
const SPANS = [
  ["", "The last 30 days"],
  ...HOURS.map((one) => [one, HOUR_WORDS[one]] as const),
  ["own", "From … until …"],
] as const;
const DAY_MS = 86_400_000;

type Own = Extract<Span, { readonly since: string }>;

const chosenOf = (span: Span): (typeof SPANS)[number][0] => (!span ? "" : "hours" in span ? span.hours : "own");

/** Up to the end of this minute: fields of moments know no seconds. */
function lastDay(): Own {
  const until = Math.ceil(Date.now() / 60_000) * 60_000;
  return { since: new Date(until - DAY_MS).toISOString(), until: new Date(until).toISOString() };
}

/** Which deliveries of a subscription: by state, and by when they were made. */
export function DeliveryFilters({ query: { state, span }, change }: DeliveryFiltersProps) {
  const choose = (chosen: (typeof SPANS)[number][0]): void => {
    if (chosen === "own") change({ span: lastDay() });
    else change({ span: chosen === "" ? undefined : { hours: chosen } });
  };
  return (
    <div className="deliveries-filters">
      <OneField<State | "">
        label="State"
        error={undefined}
        all={STATES}
        value={state ?? ""}
        onChange={(one) => change({ state: one === "" ? undefined : one })}
      />
      <OneField label="Made in" error={undefined} all={SPANS} value={chosenOf(span)} onChange={choose} />
      {span && "since" in span && <OwnSpan span={span} apply={(next) => change({ span: next })} />}
    </div>
  );
}

/** Two moments of the reader's clock; they take effect once both are right. */
function OwnSpan({ span, apply }: { readonly span: Own; apply(next: Own): void }) {
  const [since, setSince] = useTyped(wallOf(span.since));
  const [until, setUntil] = useTyped(wallOf(span.until));
  const wrong = !isMoment(since) || !isMoment(until) || since >= until;
  const show = (): void => {
    const next = wrong ? span : { since: new Date(since).toISOString(), until: new Date(until).toISOString() };
    if (next.since !== span.since || next.until !== span.until) apply(next);
  };
  return (
    <>
      <MomentField label="From" value={since} onChange={setSince} onLeave={show} error={undefined} />
      <MomentField
        label="Until"
        value={until}
        onChange={setUntil}
        onLeave={show}
        error={wrong ? "Two moments, the later one here." : undefined}
      />
    </>
  );
}

/** "2026-11-22T10:05" on the reader's clock, as the browser's own field writes it. */
function wallOf(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const isMoment = (wall: string): boolean => wall !== "" && !Number.isNaN(Date.parse(wall));

interface MomentFieldProps {
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  onChange(wall: string): void;
  onLeave(): void;
}

/** The browser's own: the design system has none that takes a day and a time in one. */
function MomentField({ label, value, error, onChange, onLeave }: MomentFieldProps) {
  const id = useId();
  return (
    <FormField label={label} controlId={id} errorText={error}>
      <input
        id={id}
        type="datetime-local"
        className="deliveries-moment"
        value={value}
        required
        aria-invalid={error !== undefined}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onLeave}
        onKeyDown={({ key }) => key === "Enter" && onLeave()}
      />
    </FormField>
  );
}
