import type { FollowWindow } from "../../../shared/domain/audience.ts";
import { grouped, hourText, windowKindWords } from "./chart-words.ts";
import { SIGNAL_WORDS } from "./window-words.ts";

/** The windows of a verdict with their numbers, how many of each are consistent with purchase, and what speaks for it. */
export function FollowWindows({ windows }: { readonly windows: readonly FollowWindow[] }) {
  if (windows.length === 0) return <p className="quiet">No window stands out.</p>;
  return (
    <ol className="windows">
      {windows.map((window, index) => (
        <li key={window.start} className="window">
          <span className="window-number" aria-hidden="true">
            {index + 1}
          </span>
          <div>
            <h3 className="why-title">
              {hourText(window.start)} – {hourText(window.end)}: {windowKindWords[window.kind]}
            </h3>
            <p className="window-count">{countOf(window)}</p>
            <ul className="why">
              {(window.signals ?? []).map((signal) => (
                <li key={signal}>{SIGNAL_WORDS[signal]}</li>
              ))}
            </ul>
          </div>
        </li>
      ))}
    </ol>
  );
}

function countOf({ followers, scored, suspicious, added }: FollowWindow): string {
  const judged =
    scored === undefined
      ? ""
      : ` Of ${grouped(scored)} judged profiles ${grouped(suspicious)} are consistent with automation.`;
  return added
    ? `About ${grouped(added.estimate)} (${grouped(added.low)}–${grouped(added.high)}, 95 %) of ${grouped(followers)} followers are consistent with purchase.${judged}`
    : `${grouped(followers)} followers.${judged}`;
}
