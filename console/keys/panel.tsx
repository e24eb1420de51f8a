import { type ReactNode, type Ref, useEffect } from "react";
import { useKeyRegistry } from "./keys-context.tsx";

interface PanelProps {
  /** Its keys are those of `useKeys(scope, …)`. */
  readonly scope: string;
  /** Its name for screen readers: the panel is a landmark. */
  readonly label: string;
  /** Active at once, before anybody has touched a panel. */
  readonly initial?: boolean;
  readonly className?: string;
  readonly ref?: Ref<HTMLElement>;
  readonly children: ReactNode;
}

/** A part of a page with keys of its own; they fire once it was pointed at, has the focus, or was activated. */
export function Panel({ scope, label, initial = false, className, ref, children }: PanelProps) {
  const registry = useKeyRegistry();
  useEffect(() => {
    if (initial) registry.activate(scope);
  }, [registry, scope, initial]);
  const activate = () => registry.activate(scope);
  return (
    <section
      aria-label={label}
      className={className}
      data-panel={scope}
      onFocusCapture={activate}
      onPointerDownCapture={activate}
      ref={ref}
      tabIndex={-1}
    >
      {children}
    </section>
  );
}
