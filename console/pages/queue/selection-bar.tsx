import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { BulkDecision } from "./bulk-decision.tsx";
import type { CaseList } from "./use-case-list.ts";
import { MOST_SELECTED, type Selection } from "./use-selection.ts";

interface SelectionBarProps {
  readonly selection: Selection;
  readonly list: CaseList;
}

/** Below the list while cases are being ticked: how many are, and the way to decide them together. */
export function SelectionBar({ selection, list }: SelectionBarProps) {
  const [isDeciding, setDeciding] = useState(false);
  const { cases, clear } = selection;
  const items = cases.reduce((all, { size }) => all + size, 0);
  return (
    <section className="queue-selection" aria-label="Selection">
      <span role="status">
        {cases.length === 0 ? "Tick cases to decide them together (s)" : `${cases.length} ticked`}
        {items > cases.length && `, ${items} items`}
        {cases.length === MOST_SELECTED && "; no more at once"}
      </span>
      <span>
        <Button disabled={cases.length === 0} onClick={() => setDeciding(true)}>
          Decide
        </Button>{" "}
        <Button variant="link" onClick={clear}>
          Leave
        </Button>
      </span>
      {isDeciding && <BulkDecision selection={selection} list={list} onClose={() => setDeciding(false)} />}
    </section>
  );
}
