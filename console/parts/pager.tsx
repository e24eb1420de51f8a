import Button from "@cloudscape-design/components/button";
import type { Pages } from "./use-pages.ts";
import "./pager.css";

interface PagerProps {
  /** What is paged, for screen readers: "Entries of the log". */
  readonly of: string;
  readonly pages: Pages;
  /** The cursor that the shown page answered with; undefined where it is the last. */
  readonly next: string | undefined;
}

/** Leads from the newest to what is older and back; nothing where there is one page only. */
export function Pager({ of, pages, next }: PagerProps) {
  if (pages.number === 1 && next === undefined) return null;
  return (
    <nav className="pager" aria-label={`Pages: ${of}`}>
      <Button iconName="angle-left" disabled={pages.number === 1} onClick={pages.before}>
        Newer
      </Button>
      <span aria-current="page">Page {pages.number}</span>
      <Button
        iconName="angle-right"
        iconAlign="right"
        disabled={next === undefined}
        onClick={() => next !== undefined && pages.next(next)}
      >
        Older
      </Button>
    </nav>
  );
}
