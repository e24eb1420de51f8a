import Button from "@cloudscape-design/components/button";
import { type ReactNode, useState } from "react";
import { usePreferences } from "../app/preferences.ts";
import "./parts.css";

interface ShieldedProps {
  readonly kind: "text" | "media";
  /** Whether there is anything to shield from: for text, a graphic label. */
  readonly when: boolean;
  /** What is behind it, in words: "Words of a case of graphic violence". */
  readonly what: string;
  readonly children: ReactNode;
}

/**
 * Blurs what is behind it until it is held to peek (with the pointer, or Space or Enter) or shown for good. While it is
 * blurred, screen readers do not come across it either.
 */
export function Shielded({ kind, when, what, children }: ShieldedProps) {
  const { blurText, blurMedia, greyMedia } = usePreferences();
  const [isShown, show] = useState(false);
  const [isPeeking, peek] = useState(false);
  const blurs = when && (kind === "text" ? blurText : blurMedia);
  const grey = kind === "media" && greyMedia ? " grey" : "";
  if (!blurs)
    return (
      <div className={`shield`}>
        <div className={`shown${grey}`}>{children}</div>
      </div>
    );
  const hidden = !isShown && !isPeeking;
  return (
    <div className="shield">
      <div className="shield-bar">
        <span className="quiet">{what}</span>
        {!isShown && (
          <button
            type="button"
            className="peek"
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              peek(true);
            }}
            onPointerUp={() => peek(false)}
            onPointerCancel={() => peek(false)}
            onKeyDown={({ key }) => (key === " " || key === "Enter") && peek(true)}
            onKeyUp={() => peek(false)}
            onBlur={() => peek(false)}
          >
            Hold to peek
          </button>
        )}
        <Button variant="inline-link" onClick={() => show(!isShown)}>
          {isShown ? "Blur again" : "Show"}
        </Button>
      </div>
      <div className={`${hidden ? "behind" : "shown"}${grey}`} inert={hidden}>
        {children}
      </div>
    </div>
  );
}
