import Multiselect from "@cloudscape-design/components/multiselect";
import type { RefObject } from "react";
import { labelTitles } from "../../facts/desk.ts";
import type { Label } from "./case-record.ts";
import type { Draft } from "./draft.ts";

interface LabelChoiceProps {
  readonly labels: readonly Label[];
  change(some: Partial<Draft>): void;
  readonly place: RefObject<HTMLDivElement | null>;
}

const OPTIONS = Object.entries(labelTitles).map(([value, label]) => ({ value, label }));

/** The labels as they should be; they begin as they are. */
export function LabelChoice({ labels, change, place }: LabelChoiceProps) {
  return (
    <div ref={place} className="label-choice">
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
