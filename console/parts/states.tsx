import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { type ReactNode, useEffect, useState } from "react";
import type { Refused } from "../api/answered.ts";
import type { Shown } from "../api/use-answer.ts";
import "./parts.css";

/** Quicker answers show nothing in between: a flicker is worse than a moment of nothing. */
const DELAY_MS = 150;

/** Something is under way: grey lines in its place. */
export function Loading({ what = "Loading", lines = 4 }: { readonly what?: string; readonly lines?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-busy="true">
      <span className="unseen">{what}</span>
      {late && (
        <div className="skeleton" aria-hidden="true">
          {Array.from({ length: lines }, (_, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
            <i key={line} />
          ))}
        </div>
      )}
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** There is nothing, and that is no fault. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className="state">
      <strong>{title}</strong>
      {children && <div>{children}</div>}
      {action}
    </div>
  );
}

interface FailedProps {
  readonly refused: Refused;
  onRetry?(): void;
}

/** A refusal or trouble in words, with where it lies and how to mend it where the API says so. */
export function Failed({ refused: { problem, status, code }, onRetry }: FailedProps) {
  const mayHelp = status === 0 || status === 429 || status >= 500 || status === 409;
  return (
    <Alert
      type={status === 403 || status === 404 || status === 409 ? "warning" : "error"}
      header={problem.title}
      statusIconAriaLabel="Problem"
      action={onRetry && mayHelp && code !== "signed_out" ? <Button onClick={onRetry}>Try again</Button> : undefined}
    >
      <div role="alert">{problem.detail}</div>
      {problem.errors && (
        <ul>
          {problem.errors.map(({ pointer, detail, fix }) => (
            <li key={`${pointer} ${detail}`}>
              {pointer !== "" && <code>{pointer}</code>} {detail}
              {fix && <> {fix}</>}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
}

interface AskedProps<T> {
  readonly shown: Shown<T>;
  readonly loading?: ReactNode;
  children(value: T): ReactNode;
}

/** The states of a read: loading, failed, and shown; what is shown stays, under a note, where reading it again failed. */
export function Asked<T>({ shown, loading, children }: AskedProps<T>) {
  const { state, value, refused, refresh } = shown;
  if (state === "idle") return null;
  if (value === undefined) return refused ? <Failed refused={refused} onRetry={refresh} /> : (loading ?? <Loading />);
  return (
    <>
      {refused && <Failed refused={refused} onRetry={refresh} />}
      {children(value)}
    </>
  );
}
