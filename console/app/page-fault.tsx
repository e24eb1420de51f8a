import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { Component, type ReactNode } from "react";

interface PageFaultProps {
  /** Another one tries anew: the path. */
  readonly at: string;
  readonly children: ReactNode;
}

interface PageFaultState {
  readonly fault: unknown;
  readonly at: string;
}

/** Holds what a page throws, so that the frame around it stays. What was thrown is not shown: it may quote people. */
export class PageFault extends Component<PageFaultProps, PageFaultState> {
  override state: PageFaultState = { fault: undefined, at: this.props.at };

  static getDerivedStateFromError(fault: unknown): Partial<PageFaultState> {
    return { fault };
  }

  static getDerivedStateFromProps({ at }: PageFaultProps, state: PageFaultState): Partial<PageFaultState> | null {
    return at === state.at ? null : { at, fault: undefined };
  }

  override render(): ReactNode {
    if (this.state.fault === undefined) return this.props.children;
    return (
      <Alert
        type="error"
        header="This page has failed"
        statusIconAriaLabel="Error"
        action={<Button onClick={() => location.reload()}>Reload</Button>}
      >
        <span role="alert">
          Nothing that you sent is lost. It may be that a newer version of the console is there: reload the page.
        </span>
      </Alert>
    );
  }
}
