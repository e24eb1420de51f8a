import Multiselect from "@cloudscape-design/components/multiselect";
import type { KeyboardEvent, RefObject } from "react";
import { labelTitles } from "../../facts/desk.ts";
import type { Label } from "./case-record.ts";
import type { Draft } from "./draft.ts";

/** Out of the closed field, Escape leads back to the case and Control or Command with Enter is the case's again. */
function leave(event: KeyboardEvent<HTMLDivElement>): void {
  const { key, currentTarget, ctrlKey, metaKey } = event;
  const isSending = key === "Enter" && (ctrlKey || metaKey);
  const isLeaving = key === "Escape" && !currentTarget.querySelector("[aria-expanded=true]");
  if (!isSending && !isLeaving) return;
  event.stopPropagation();
  event.preventDefault();
  currentTarget.closest<HTMLElement>("[data-panel]")?.focus();
}

interface LabelChoiceProps {
  readonly labels: readonly Label[];
  change(some: Partial<Draft>): void;
  readonly place: RefObject<HTMLDivElement | null>;
}

const OPTIONS = Object.entries(labelTitles).map(([value, label]) => ({ value, label }));

/** The labels as they should be; they begin as they are. */
export function LabelChoice({ labels, change, place }: LabelChoiceProps) {
  return (
    <div ref={place} className="case-label-choice" onKeyDownCapture={leave}>
      <Multiselect
        ariaLabel="The labels as they should be"
        placeholder="The labels as they should be (l)"
        filteringType="auto"
        filteringAriaLabel="Find a label"
        expandToViewport
        deselectAriaLabel={({ label }) => `Take away: ${label}`}
        options={OPTIONS}
        selectedOptions={OPTIONS.filter(({ value }) => labels.some((one) => one === value))}
        onChange={({ detail }) => change({ labels: detail.selectedOptions.map(({ value }) => value as Label) })}
      />
    </div>
  );
}
