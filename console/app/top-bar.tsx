import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Icon from "@cloudscape-design/components/icon";
import type { MouseEvent } from "react";
import { useGo } from "../parts/go.tsx";
import { useMe } from "../session/me.tsx";
import { ROLE_TITLES } from "../session/role-titles.ts";

interface TopBarProps {
  /** Whether the navigation is open, where the screen is narrow. */
  readonly isOpen: boolean;
  onMenu(): void;
  onKeys(): void;
  onPreferences(): void;
}

/** The bar on top: the pages on a narrow screen, the way home, the keys, and the person. */
export function TopBar({ isOpen, onMenu, onKeys, onPreferences }: TopBarProps) {
  const me = useMe();
  const go = useGo();
  const home = (event: MouseEvent): void => {
    event.preventDefault();
    go("/");
  };
  const acts: Readonly<Record<string, () => void>> = {
    me: () => go("/me"),
    preferences: onPreferences,
    out: () => void me.session.signOut(),
  };
  return (
    <header className="top">
      <button type="button" className="menu" aria-expanded={isOpen} aria-controls="pages" onClick={onMenu}>
        <Icon name={isOpen ? "close" : "menu"} />
        <span className="unseen">Pages</span>
      </button>
      <a className="brand" href="/" onClick={home}>
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d="M3 3h14v14H3z" fill="none" stroke="currentColor" strokeWidth="2" />
          <path d="M6 14 14 6" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
        </svg>
        Touchstone
      </a>
      <div className="tools">
        <Button variant="icon" iconName="keyboard" ariaLabel="Keys" onClick={onKeys} />
        <ButtonDropdown
          variant="normal"
          ariaLabel={`${me.id}, ${ROLE_TITLES[me.role].title}`}
          items={[
            { id: "me", text: "You" },
            { id: "preferences", text: "Preferences" },
            { id: "out", text: "Sign out" },
          ]}
          onItemClick={({ detail }) => acts[detail.id]?.()}
        >
          {me.id}
        </ButtonDropdown>
      </div>
    </header>
  );
}
