import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { useLocation } from "wouter";

/** @returns what goes to a path of the console. */
export function useGo(): (path: string, options?: { readonly replace?: boolean }) => void {
  const [, navigate] = useLocation();
  return navigate;
}

/** A link inside the console: without loading the page anew, but an ordinary link to whoever opens it in a new tab. */
export function Go({
  to,
  label,
  children,
}: {
  readonly to: string;
  readonly label?: string;
  readonly children: ReactNode;
}) {
  const go = useGo();
  return (
    <Link
      href={to}
      {...(label !== undefined && { ariaLabel: label })}
      onFollow={(event) => {
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </Link>
  );
}
