import Icon from "@cloudscape-design/components/icon";
import { type MouseEvent, useEffect } from "react";
import { useGo } from "../parts/go.tsx";
import { useMe } from "../session/me.tsx";
import type { Page } from "./page.ts";
import { mayOpen } from "./page-view.tsx";
import { pages } from "./pages.ts";

interface NavigationProps {
  readonly active: Page | undefined;
  /** On a narrow screen: whether it lies over the page. On others it is always there. */
  readonly isOpen: boolean;
  onClose(): void;
}

/** The pages that the person's role opens. */
export function Navigation({ active, isOpen, onClose }: NavigationProps) {
  const me = useMe();
  const go = useGo();
  const marked = active?.under ?? active?.path;
  useEffect(() => {
    if (!isOpen) return;
    const listener = ({ key }: KeyboardEvent): void => {
      if (key === "Escape") onClose();
    };
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, [isOpen, onClose]);

  const follow = (event: MouseEvent, path: string): void => {
    // With a modifier it is the browser's own: a new tab or window.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onClose();
    go(path);
  };
  return (
    <nav id="pages" aria-label="Pages" className={isOpen ? "open" : undefined}>
      <ul>
        {pages.map(
          (page) =>
            page.nav &&
            mayOpen(me, page) && (
              <li key={page.path}>
                <a
                  href={page.path}
                  aria-current={marked === page.path ? "page" : undefined}
                  onClick={(event) => follow(event, page.path)}
                >
                  <Icon name={page.nav.icon} />
                  <span>{page.title}</span>
                </a>
              </li>
            ),
        )}
      </ul>
    </nav>
  );
}
