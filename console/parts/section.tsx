import type { ReactNode } from "react";
import "./section.css";

interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A part of a page under a heading of its own. */
export function Section({ title, children }: SectionProps) {
  return (
    <section className="page-section">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** A fact with its name; `undefined` as what leaves it out. */
export type Fact = readonly [name: string, what: ReactNode];

/** Facts with their names, beside each other as far as there is room; those that are undefined are left out. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="fact-list">
      {facts.map(
        ([name, what]) =>
          what !== undefined && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{what}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
