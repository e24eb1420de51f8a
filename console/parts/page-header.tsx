import { type ReactNode, useEffect } from "react";
import "./parts.css";

interface PageHeaderProps {
  readonly title: string;
  /** Of the tab, where it says more than the header: "(3) Queue". */
  readonly tab?: string;
  readonly description?: ReactNode;
  /** Buttons at the end of the line. */
  readonly actions?: ReactNode;
}

/** The heading of a page, once on each: names the tab, and takes the focus when the page is gone to. */
export function PageHeader({ title, tab = title, description, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${tab} · Touchstone`;
  }, [tab]);
  return (
    <header className="page-header">
      <h1 tabIndex={-1} data-page-title>
        {title}
      </h1>
      {actions && <div>{actions}</div>}
      {description && <p>{description}</p>}
    </header>
  );
}
