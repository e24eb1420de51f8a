import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useImperativeHandle, useRef } from "react";
import { CaseRow } from "./case-row.tsx";
import { inOneLine } from "./case-words.ts";
import type { CaseList } from "./use-case-list.ts";
import type { Selection } from "./use-selection.ts";

export interface CaseRowsHandle {
  /** Puts the focus on a row, and the row into view. */
  focus(index: number): void;
}

interface CaseRowsProps {
  readonly list: CaseList;
  readonly openId: string | undefined;
  /** The row that the keys are on. */
  readonly at: number;
  setAt(index: number): void;
  toCase(id: string): string;
  readonly handle: RefObject<CaseRowsHandle | null>;
  readonly selection: Selection;
}

const ROW_HEIGHT = 84;
const OVERSCAN = 6;
/** So many rows before the end the next page is asked for. */
const EARLY = 60;

/** The rows that are in sight, of however many there are. */
export function CaseRows({
  list: { rows, hasMore, more },
  openId,
  at,
  setAt,
  toCase,
  handle,
  selection,
}: CaseRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = useRef<number>(undefined);
  // The same function as long as the rows are the same: with another one all of them are measured anew.
  const keyAt = useCallback((index: number) => rows[index]?.id ?? index, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: keyAt,
    overscan: OVERSCAN,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;

  useEffect(() => {
    if (hasMore && last >= rows.length - EARLY) more();
  }, [hasMore, last, rows.length, more]);

  const rowAt = (index: number) =>
    scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`) ?? undefined;

  // A row that was out of sight is only there once the list has scrolled to it.
  useEffect(() => {
    if (wanted.current === undefined) return;
    const row = rowAt(wanted.current);
    if (!row) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });

  useImperativeHandle(handle, () => ({
    focus(index) {
      virtual.scrollToIndex(index, { align: "auto" });
      const row = rowAt(index);
      if (row) row.focus({ preventScroll: true });
      else wanted.current = index;
    },
  }));

  return (
    <div className="case-rows" ref={scroller}>
      <ul aria-label="Cases" style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, key, start }) => {
          const one = rows[index];
          if (!one) return null;
          return (
            <li
              key={key}
              data-index={index}
              ref={virtual.measureElement}
              aria-setsize={hasMore ? -1 : rows.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              {selection.isOn && (
                <input
                  type="checkbox"
                  className="case-tick"
                  aria-label={`Tick: ${inOneLine(one)}`}
                  checked={selection.has(one.id)}
                  onChange={() => selection.toggle(one)}
                />
              )}
              <CaseRow
                one={one}
                to={toCase(one.id)}
                isOpen={one.id === openId}
                isAt={index === at}
                index={index}
                onFocus={setAt}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
