import { type ReactNode, useRef } from "react";
import { useKeys } from "../keys/keys-context.tsx";
import { Panel } from "../keys/panel.tsx";
import "./card-list.css";

interface CardListProps<One> {
  /** The scope of its keys. */
  readonly scope: string;
  readonly label: string;
  readonly all: readonly One[];
  keyOf(one: One): string;
  /** A card; its first link is where j and k lead. */
  children(one: One): ReactNode;
}

/** Things one under another that one goes through by j and k. */
export function CardList<One>({ scope, label, all, keyOf, children }: CardListProps<One>) {
  const list = useRef<HTMLUListElement>(null);
  const move = (step: 1 | -1) => {
    const cards = [...(list.current?.children ?? [])];
    const at = cards.findIndex((card) => card.contains(document.activeElement));
    const next = Math.max(0, Math.min(cards.length - 1, at < 0 ? 0 : at + step));
    cards[next]?.querySelector<HTMLElement>("a[href]")?.focus();
  };
  useKeys(scope, [
    { keys: "j", title: "Next of the list", run: () => move(1), repeats: true },
    { keys: "k", title: "The one before", run: () => move(-1), repeats: true },
  ]);
  return (
    <Panel scope={scope} label={label} initial>
      <ul className="cards" ref={list}>
        {all.map((one) => (
          <li key={keyOf(one)} className="card">
            {children(one)}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
