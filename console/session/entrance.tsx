import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useEffect } from "react";
import type { Problem } from "../../shared/contracts/problem.ts";

interface EntranceProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** A page for whoever is not inside: a title, some words, and what to do next. */
function Entrance({ title, children, actions }: EntranceProps) {
  useEffect(() => {
    document.title = `${title} · Touchstone`;
  }, [title]);
  return (
    <main className="full-page">
      <h1>{title}</h1>
      {children}
      {actions && <div>{actions}</div>}
    </main>
  );
}

/** Signed out by wish. */
export const SignedOut = ({ signIn }: { signIn(): Promise<void> }) => (
  <Entrance
    title="You are signed out"
    actions={
      <Button variant="primary" onClick={() => void signIn()}>
        Sign in
      </Button>
    }
  >
    <p>Close the tab, or sign in again.</p>
  </Entrance>
);

const FAULTS = {
  provider: ["Sign-in cannot be reached", "The identity provider does not answer. Try again in a moment."],
  refused: [
    "Sign-in did not work",
    "The identity provider did not let you in. Try again, or ask an admin of your team.",
  ],
  stale: ["This sign-in is over", "The link was used already, or begun in another tab. Sign in once more."],
} as const;

/** Sign-in did not come to its end. */
export function SignInFailed({ why, signIn }: { readonly why: keyof typeof FAULTS; signIn(): Promise<void> }) {
  const [title, words] = FAULTS[why];
  return (
    <Entrance
      title={title}
      actions={
        <Button variant="primary" onClick={() => void signIn()}>
          Try again
        </Button>
      }
    >
      <p>{words}</p>
    </Entrance>
  );
}

interface LeaveProps {
  onRetry(): void;
  signOut(): void;
}

const RetryOrLeave = ({ onRetry, signOut }: LeaveProps) => (
  <SpaceBetween direction="horizontal" size="xs">
    <Button variant="primary" onClick={onRetry}>
      Try again
    </Button>
    <Button onClick={signOut}>Sign out</Button>
  </SpaceBetween>
);

/** Signed in, and not a member of any team yet. */
export const NotAMember = ({ code, ...leave }: LeaveProps & { readonly code: string }) => (
  <Entrance title="You are not a member yet" actions={<RetryOrLeave {...leave} />}>
    <p>
      You are signed in, but no team has let you in. Give this code to an admin of your team, who enters it under
      Settings, Members. It says who you are without your name or address.
    </p>
    <div className="subject-code">
      <CopyToClipboard
        variant="inline"
        textToCopy={code}
        textToDisplay={code}
        copyButtonAriaLabel="Copy the code"
        copySuccessText="Copied"
        copyErrorText="Could not be copied"
      />
    </div>
  </Entrance>
);

/** The API does not answer, or does not let this person in. */
export const NotLetIn = ({ problem, ...leave }: LeaveProps & { readonly problem: Problem }) => (
  <Entrance title={problem.title} actions={<RetryOrLeave {...leave} />}>
    <p role="alert">{problem.detail}</p>
  </Entrance>
);
