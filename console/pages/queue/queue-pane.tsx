import Button from "@cloudscape-design/components/button";
import { useRef, useState } from "react";
import { useKeys } from "../../keys/keys-context.tsx";
import { Panel } from "../../keys/panel.tsx";
import { Empty, Failed, Loading } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { CaseRows, type CaseRowsHandle } from "./case-rows.tsx";
import { QueueFilters } from "./queue-filters.tsx";
import { QueuePicker } from "./queue-picker.tsx";
import type { QueueQuery } from "./queue-query.ts";
import { SelectionBar } from "./selection-bar.tsx";
import type { CaseList } from "./use-case-list.ts";
import { useSelection } from "./use-selection.ts";
import "./queue.css";

interface QueuePaneProps {
  readonly query: QueueQuery;
  readonly list: CaseList;
  readonly openId: string | undefined;
  /** Whether the next case is being claimed. */
  readonly isTaking: boolean;
  takeNext(): void;
  open(id: string): void;
  undo(): void;
}

/** The left pane: which queue, narrowed how, and its cases in fair order. */
export function QueuePane({ query, list, openId, isTaking, takeNext, open, undo }: QueuePaneProps) {
  const me = useMe();
  const [at, setAt] = useState(0);
  const rows = useRef<CaseRowsHandle>(null);
  const known = Math.min(at, Math.max(0, list.rows.length - 1));
  const mayTake = me.may("next-case");

  const move = (step: 1 | -1) => {
    const from = document.activeElement?.closest("[data-index]") ? known + step : known;
    const next = Math.max(0, Math.min(list.rows.length - 1, from));
    setAt(next);
    rows.current?.focus(next);
  };
  const chosen = list.rows[known];
  const selection = useSelection();
  const mayDecide = me.may("decide-many");
  useKeys("queue", [
    { keys: ["j", "ArrowDown"], title: "Next case of the list", run: () => move(1), repeats: true },
    { keys: ["k", "ArrowUp"], title: "Case before", run: () => move(-1), repeats: true },
    { keys: "Enter", title: "Open the case", run: () => chosen && open(chosen.id), when: chosen !== undefined },
    { keys: "n", title: "Claim the next case in turn", run: takeNext, when: mayTake },
    { keys: "z", title: "Undo the last decision", run: undo, when: me.may("undo-decision") },
    {
      keys: "s",
      title: "Tick the case, to decide several together",
      run: () => (chosen ? selection.toggle(chosen) : selection.start()),
      when: mayDecide,
    },
    { keys: "Escape", title: "Leave the ticked cases", run: selection.clear, when: selection.isOn },
    { keys: "r", title: "Read the list again", run: list.refresh },
  ]);

  return (
    <Panel scope="queue" label="Queue" initial={openId === undefined} className="queue-pane">
      <div className="queue-head">
        <QueuePicker {...query} />
        {mayTake && (
          <Button
            variant="primary"
            fullWidth
            loading={isTaking}
            loadingText="Claiming the next case"
            onClick={takeNext}
          >
            Next case <kbd>n</kbd>
          </Button>
        )}
        <QueueFilters {...query} {...(mayDecide && { onSelect: selection.isOn ? selection.clear : selection.start })} />
      </div>
      {list.refused && <Failed refused={list.refused} onRetry={list.refresh} />}
      {list.state === "loading" && <Loading what="Loading the queue" lines={10} />}
      {list.state === "ready" && list.rows.length === 0 && !list.hasMore && <NothingWaits query={query} />}
      {list.rows.length > 0 && (
        <CaseRows
          list={list}
          openId={openId}
          at={known}
          setAt={setAt}
          toCase={(id) => `/cases/${id}${query.search}`}
          handle={rows}
          selection={selection}
        />
      )}
      {selection.isOn && <SelectionBar selection={selection} list={list} />}
    </Panel>
  );
}

function NothingWaits({ query: { filters, set } }: Pick<QueuePaneProps, "query">) {
  const names = Object.keys(filters);
  if (names.length === 0)
    return (
      <Empty title="Nothing waits here">This queue is empty. New cases appear by themselves: take a breath.</Empty>
    );
  return (
    <Empty
      title="No case fits the filters"
      action={
        <Button onClick={() => set(Object.fromEntries(names.map((name) => [name, undefined])))}>
          Clear the filters
        </Button>
      }
    />
  );
}
