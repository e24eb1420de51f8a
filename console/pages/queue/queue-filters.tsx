import Button from "@cloudscape-design/components/button";
import Input from "@cloudscape-design/components/input";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import { useState } from "react";
import { labelTitles } from "../../facts/desk.ts";
import { useMe } from "../../session/me.tsx";
import { languageWord } from "./case-words.ts";
import { FILTERS, type Filter, type QueueQuery } from "./queue-query.ts";

const KINDS = { post: "posts", review: "reviews", audience: "followings" };
const HELD = { free: "held by nobody", me: "held by me", others: "held by others" };
/** Offered beside those that the person knows. */
const LANGUAGES = ["ar", "de", "en", "es", "fr", "hi", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "uk", "zh"];

const optionsOf = (all: string, words: Readonly<Record<string, string>>): SelectProps.Option[] => [
  { value: "", label: all },
  ...Object.entries(words).map(([value, label]) => ({ value, label })),
];

interface QueueFiltersProps extends Pick<QueueQuery, "filters" | "set"> {
  /** Begins or ends ticking cases; left out for whoever decides none. */
  onSelect?(): void;
}

/** Narrows the list; a filter that is on can be seen while the others are folded away. */
export function QueueFilters({ filters, set, onSelect }: QueueFiltersProps) {
  const [isOpen, setOpen] = useState(false);
  const { languages } = useMe();
  const active = FILTERS.filter((name) => filters[name] !== undefined);
  const known = [...new Set([...languages, ...LANGUAGES])].map((tag) => [tag, languageWord(tag)] as const);
  const one = (name: Filter, title: string, all: string, words: Readonly<Record<string, string>>) => {
    const options = optionsOf(all, words);
    const value = filters[name] ?? "";
    return (
      <Select
        key={name}
        ariaLabel={title}
        inlineLabelText={title}
        expandToViewport
        filteringType={options.length > 8 ? "auto" : "none"}
        filteringAriaLabel={`Find: ${title}`}
        options={options}
        selectedOption={options.find((option) => option.value === value) ?? { value, label: value }}
        onChange={({ detail }) => set({ [name]: detail.selectedOption.value })}
      />
    );
  };
  return (
    <div className="queue-filters">
      <div className="queue-line">
        <Button
          variant="inline-link"
          iconName={isOpen ? "angle-up" : "angle-down"}
          ariaExpanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {active.length === 0 ? "Filters" : `Filters: ${active.length} on`}
        </Button>
        {active.length > 0 && (
          <Button
            variant="inline-link"
            onClick={() => set(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
          >
            Clear
          </Button>
        )}
        {onSelect && (
          <span className="queue-select">
            <Button variant="inline-link" onClick={onSelect}>
              Select
            </Button>
          </span>
        )}
      </div>
      {isOpen && (
        <div className="queue-filter-fields">
          {one("kind", "Kind", "all kinds", KINDS)}
          {one("label", "Label", "all labels", labelTitles)}
          {one("language", "Language", "all languages", Object.fromEntries(known))}
          {one("held", "Held", "held or free", HELD)}
          <BrandField value={filters.brand ?? ""} onChange={(brand) => set({ brand })} />
        </div>
      )}
    </div>
  );
}

function BrandField({ value, onChange }: { readonly value: string; onChange(brand: string | undefined): void }) {
  const [text, setText] = useState(value);
  const done = () => text.trim() !== value && onChange(text.trim() || undefined);
  return (
    <Input
      ariaLabel="Brand"
      placeholder="Brand, by its id"
      type="search"
      clearAriaLabel="Clear the brand"
      value={text}
      onChange={({ detail }) => {
        setText(detail.value);
        if (detail.value === "" && value !== "") onChange(undefined);
      }}
      onBlur={done}
      onKeyDown={({ detail }) => detail.key === "Enter" && done()}
    />
  );
}
