import Alert from "@cloudscape-design/components/alert";
import type { ReactNode } from "react";
import { Age } from "./age.tsx";
import { SafeInline } from "./safe-text.tsx";
import { pausedWords, type Subscription } from "./subscription-words.ts";
import "./parts.css";

interface PausedNoticeProps {
  readonly paused: NonNullable<Subscription["paused"]>;
  readonly children?: ReactNode;
}

/** That a subscription stands still, why and since when. */
export const PausedNotice = ({ paused, children }: PausedNoticeProps) => (
  <div className="notice">
    <Alert type={paused.why === "by_hand" ? "info" : "warning"} statusIconAriaLabel="Paused">
      <SafeInline text={pausedWords(paused)} />{" "}
      <span className="quiet">
        (<Age since={paused.at} ago />)
      </span>{" "}
      {children}
    </Alert>
  </div>
);
